package dev.optim.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.optim.Minimizer;
import dev.optim.Optimizer;
import dev.optim.Result;
import dev.optim.Run;
import dev.optim.RunWarning;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.StopReason;
import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import dev.optim.testing.HeavyBall;
import java.util.List;
import org.junit.jupiter.api.Test;

/** LV-HBA beyond its traces: preset, step rule, stop, checkpoints, bad input. */
class LvHbaTest {

  private static final LvHba PRESET = LvHba.defaults();

  private static Run run(LvHba method, BilevelProblem problem, double... start) {
    return method.start(problem, Start.at(start), RandomStream.of(0));
  }

  @Test
  void thePresetSolvesASmallProblem() {
    BilevelProblem problem = ToyProblems.line().build();
    Result result = Minimizer.minimize(PRESET, problem, Start.at(1, 1), Stop.iterations(100_000));
    assertThat(result.point()[0]).isCloseTo(0.5, within(5e-3));
    assertThat(result.point()[1]).isCloseTo(0.5, within(5e-3));
    assertThat(result.reason()).isEqualTo(StopReason.ITERATION_BUDGET);
  }

  @Test
  void theResidualAndTheGapStopARun() {
    Result result =
        Minimizer.minimize(
            PRESET.withPenalty(10, 0),
            ToyProblems.line().build(),
            Start.at(1, 1),
            BilevelMetrics.converged(1e-6, 0.1).or(Stop.iterations(100_000)));
    assertThat(result.reason()).isEqualTo(StopReason.CONVERGED);
    // a fixed penalty c stops an O(1/c) from the solution
    assertThat(result.point()[0]).isCloseTo(0.5, within(0.05));
  }

  @Test
  void theStepRuleFindsTheNormOfTheCoupling() {
    BilevelProblem problem = ToyProblems.llc(50);
    Oracle oracle = new Oracle(problem);
    StepRule rule = new StepRule(oracle, new double[50], new double[100], 1, 10, 10);
    // |g_y| = sqrt(2n) = 10
    assertThat(rule.limit()).isCloseTo(0.2 / (100 + 0.01), within(1e-9));
    assertThat(rule.automatic()).isCloseTo(0.5 * rule.limit(), within(1e-9));
  }

  @Test
  void theResidualIsThatOfTheLastStepWheneverItIsRead() {
    LvHba method = new LvHba(0.01, 0.02, 0.03, 2, 0.5, 3, 0.4, 1000, false);
    Run run = run(method, ToyProblems.llc(2), ToyProblems.llcStart(2, 10, 1, -1));
    assertThat(run.iterate().metric(BilevelMetrics.RESIDUAL)).isInfinite();
    for (int k = 1; k <= 5; k++) {
      double[] from = run.checkpoint().doubles("state");
      run.advance();
      double[] to = run.checkpoint().doubles("state");
      double c = 3 * StrictMath.pow(k, 0.4);
      // x and y are 0..5, theta 6..9, lambda 10, z 11
      double expected =
          c * (distance(from, to, 0, 6) / 0.01 + distance(from, to, 11, 12) / 0.02)
              + 2 * distance(from, to, 6, 11) / 0.03;
      assertThat(run.iterate().metric(BilevelMetrics.RESIDUAL))
          .isCloseTo(expected, within(1e-10 * expected));
      assertThat(run.iterate().metric(BilevelMetrics.PENALTY)).isCloseTo(c, within(1e-12));
    }
  }

  @Test
  void theGapIsThatOfTheProximalLagrangian() {
    // f = (x + y - 1)^2 at (1, 1); theta = 1/3 is least for f(1, theta) + (theta - 1)^2 / 2
    Run plain = run(PRESET, ToyProblems.line().build(), 1, 1, 1 / 3.0);
    assertThat(plain.iterate().metric(BilevelMetrics.GAP)).isCloseTo(2 / 3.0, within(1e-12));
    // lambda = 0.5, z = 0.2: 0.3^2 / 2 more, and 0.5 (5 - x - theta)
    LinearCoupling row =
        LinearCoupling.atMost(new double[][] {{1}}, new double[][] {{1}}, new double[] {5});
    Run coupled = run(PRESET, ToyProblems.line().coupling(row).build(), 1, 1, 1 / 3.0, 0.5, 0.2);
    double expected = 2 / 3.0 + 0.045 + 0.5 * (11 / 3.0);
    assertThat(coupled.iterate().metric(BilevelMetrics.GAP)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void theLimitKnowsTheCurvatureOfTheLowerLevel() {
    // without coupling the limit is 2 / (L + 1/gamma1), L = 2
    BilevelProblem problem = ToyProblems.line().build();
    assertThat(run(PRESET.withSteps(0.05, 0.05, 0.7), problem, 1, 1).warnings())
        .singleElement()
        .asString()
        .contains("eta is 0.7, must be below 0.666");
    assertThat(run(PRESET.withSteps(0.05, 0.05, 0.66), problem, 1, 1).warnings()).isEmpty();
  }

  @Test
  void multipliersStayWithinTheirBound() {
    // beta beyond gamma2 would carry z past lambda
    LvHba method = new LvHba(0.05, 1.9, 0.05, 1, 1, 1, 0.3, 0.25, false);
    Run run = run(method, ToyProblems.llc(2), 1, 1, 1, 1, 1, 1);
    double largest = 0;
    for (int k = 0; k < 100; k++) {
      run.advance();
      double[] state = run.checkpoint().doubles("state");
      largest = Math.max(largest, Math.max(Math.abs(state[10]), Math.abs(state[11])));
    }
    assertThat(largest).isEqualTo(0.25);
  }

  private static double distance(double[] a, double[] b, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  @Test
  void aRestoredRunGoesOnBitForBit() {
    BilevelProblem problem = ToyProblems.llc(5);
    Run first = run(PRESET, problem, ToyProblems.llcStart(5, 10, 1, -1));
    for (int k = 0; k < 20; k++) {
      first.advance();
    }
    Run second = run(PRESET, problem, ToyProblems.llcStart(5, 10, 1, -1));
    second.restore(first.checkpoint());
    for (int k = 0; k < 20; k++) {
      first.advance();
      second.advance();
    }
    assertThat(second.checkpoint()).isEqualTo(first.checkpoint());
    assertThatThrownBy(
            () ->
                run(PRESET.withPenalty(2, 0.4), problem, ToyProblems.llcStart(5, 10, 1, -1))
                    .restore(first.checkpoint()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBadNumberIsATypedOutcomeAndChangesNothing() {
    LevelObjective.Partial zero = (x, y, out) -> out[0] = 0;
    BilevelProblem problem =
        ToyProblems.line()
            .upper(
                LevelObjective.of(
                    (x, y) -> 0, (x, y, out) -> out[0] = x[0] < 0 ? Double.NaN : 1, zero))
            .build();
    Run run = run(PRESET, problem, 0.2, 1);
    double[] before = run.iterate().point();
    while (run.advance().isEmpty()) {
      before = run.iterate().point();
      assertThat(run.iterate().iteration()).isLessThan(100_000);
    }
    assertThat(run.advance()).contains(StopReason.NON_FINITE);
    assertThat(run.iterate().point()).isEqualTo(before);
  }

  @Test
  void aGradientThatIsNotWrittenOrThrowsIsNoticed() {
    LevelObjective.Partial nothing = (x, y, out) -> {};
    LevelObjective.Partial zero = (x, y, out) -> out[0] = 0;
    LevelObjective.Partial tooLong = (x, y, out) -> out[1] = 0;
    BilevelProblem problem =
        ToyProblems.line().upper(LevelObjective.of((x, y) -> 0, nothing, zero)).build();
    for (Optimizer<BilevelProblem> method :
        List.of(
            PRESET,
            BicGaffa.defaults(),
            PenaltyMethod.doubleLoop(0.02, 0.2, Sigma.fixed(0.1)),
            NestedMethod.of(HeavyBall.of(0.02)))) {
      Result cut = Minimizer.minimize(method, problem, Start.at(0, 0), Stop.iterations(10));
      assertThat(cut.reason()).as(method.toString()).isEqualTo(StopReason.NON_FINITE);
      assertThat(cut.warnings())
          .singleElement()
          .asString()
          .contains(
              "upper.gradientX is NaN in coordinate 0 where the run ended; an element not written"
                  + " counts as NaN");
    }
    BilevelProblem throwing =
        ToyProblems.line().upper(LevelObjective.of((x, y) -> 0, tooLong, nothing)).build();
    Result result = Minimizer.minimize(PRESET, throwing, Start.at(0, 0), Stop.iterations(10));
    assertThat(result.reason()).isEqualTo(StopReason.EVALUATION_FAILED);
    assertThat(result.failure().orElseThrow()).isInstanceOf(ArrayIndexOutOfBoundsException.class);
  }

  @Test
  void aStepAboveTheLimitIsAWarningThatNamesTheLimit() {
    // the authors' published parameters of this problem
    LvHba published = new LvHba(0.008, 0.02, 0.01, 10, 10, 0.025, 0.3, 1000, false);
    Result result =
        Minimizer.minimize(
            published,
            ToyProblems.llc(100),
            Start.at(ToyProblems.llcStart(100, 10, 1, -1)),
            Stop.iterations(1));
    assertThat(result.warnings())
        .singleElement()
        .isInstanceOf(RunWarning.class)
        .asString()
        .containsPattern("eta is 0.01, must be below 9.99\\d*E-4");
    Result sensible =
        Minimizer.minimize(
            published.withProximal(10, 0.1),
            ToyProblems.llc(100),
            Start.at(ToyProblems.llcStart(100, 10, 1, -1)),
            Stop.iterations(1));
    assertThat(sensible.warnings()).isEmpty();
  }

  @Test
  void aStepAboveTheLimitDivergesIntoATypedOutcome() {
    LvHba wild = PRESET.withSteps(0.05, 0.05, 1).withMultiplierBound(Double.POSITIVE_INFINITY);
    Result result =
        Minimizer.minimize(
            wild,
            ToyProblems.llc(50),
            Start.at(ToyProblems.llcStart(50, 10, 1, -1)),
            Stop.iterations(100_000));
    assertThat(result.reason()).isEqualTo(StopReason.DIVERGED);
    assertThat(Kernels.maxAbs(result.point(), 0, 150)).isLessThan(1e15);
    assertThatThrownBy(result::orThrow).hasMessageContaining("DIVERGED");
  }

  @Test
  void anInfeasibleStartIsProjectedAndAnEmptySetRefused() {
    LinearCoupling row =
        LinearCoupling.atMost(new double[][] {{1}}, new double[][] {{1}}, new double[] {-1});
    Run run = run(PRESET, ToyProblems.line().coupling(row).build(), 1, 1);
    assertThat(run.iterate().point()).containsExactly(-0.5, -0.5);
    assertThat(run.warnings())
        .singleElement()
        .asString()
        .contains("the start is not feasible and was projected: a coordinate moved by 1.5");
    assertThat(run.iterate().metric(BilevelMetrics.INFEASIBILITY)).isLessThan(1e-15);
    double[] zero = new double[1];
    double[] one = {1};
    BilevelProblem empty =
        ToyProblems.line().upperBox(zero, one).lowerBox(zero, one).coupling(row).build();
    assertThatThrownBy(() -> run(PRESET, empty, 0, 0))
        .hasMessageContaining("the constraints leave no point");
    assertThatThrownBy(() -> run(PRESET, empty, 0, 0, 0, 0))
        .hasMessageContaining("start has dimension 4, must be n = 1 (x), n + m = 2");
  }

  @Test
  void hyperParametersAreRefusedByName() {
    assertThatThrownBy(() -> PRESET.withSteps(0, 1, 1)).hasMessageContaining("alpha is 0.0");
    assertThatThrownBy(() -> PRESET.withSteps(1, 1, -1)).hasMessageContaining("eta is -1.0");
    assertThatThrownBy(() -> PRESET.withPenalty(1, 0.5))
        .hasMessage("penaltyExponent is 0.5, must be in [0, 1/2)");
    assertThatThrownBy(() -> PRESET.withPenalty(Double.NaN, 0.1))
        .hasMessageContaining("penalty is NaN");
    assertThatThrownBy(() -> PRESET.withMultiplierBound(0))
        .hasMessageContaining("multiplierBound is 0.0");
    assertThatThrownBy(() -> run(PRESET.withFeasibleTheta(), ToyProblems.line().build(), 0, 0))
        .hasMessageContaining("innerProjection");
  }

  @Test
  void callsAreCountedAndMetricsAreNot() {
    Run run = run(PRESET, ToyProblems.llc(3), ToyProblems.llcStart(3, 10, 1, -1));
    long before = run.iterate().evaluations().gradients();
    run.advance();
    for (String metric : run.iterate().metrics()) {
      assertThat(run.iterate().metric(metric)).isNotNaN();
    }
    assertThat(run.iterate().evaluations().gradients() - before).isEqualTo(8);
  }
}
