package dev.optim.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.optim.Minimizer;
import dev.optim.Result;
import dev.optim.Run;
import dev.optim.RunWarning;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.StopReason;
import dev.optim.random.RandomStream;
import dev.optim.schedule.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The penalty method beyond its traces: centres, batches, checkpoints, bad input. */
class PenaltyMethodTest {

  private static final BilevelProblem LINE = ToyProblems.line().build();

  private static Run run(PenaltyMethod method, BilevelProblem problem, double... start) {
    return method.start(problem, Start.at(start), RandomStream.of(3));
  }

  @Test
  void theDoubleLoopSolvesASmallProblemToItsBias() {
    PenaltyMethod method = PenaltyMethod.doubleLoop(0.02, 0.2, Sigma.decreasing(0.1, 0.5));
    Result result = Minimizer.minimize(method, LINE, Start.at(1), Stop.iterations(20_000));
    assertThat(result.point()[0]).isCloseTo(0.5, within(1e-3));
    assertThat(result.point()[1]).isCloseTo(0.5, within(1e-3));
  }

  @Test
  void theBiasIsProportionalToSigma() {
    // psi_s(x) = x^2 + (1 - x)^2 / (1 + s) is least at 1 / (2 + s): off by s / (2 (2 + s))
    double[] sigmas = {0.08, 0.04, 0.02, 0.01};
    double[] distances = new double[sigmas.length];
    for (int i = 0; i < sigmas.length; i++) {
      PenaltyMethod method =
          PenaltyMethod.doubleLoop(0.2 * sigmas[i], 0.25, Sigma.fixed(sigmas[i]))
              .withInnerSteps(20);
      Result result = Minimizer.minimize(method, LINE, Start.at(1), Stop.iterations(6000));
      distances[i] = 0.5 - result.point()[0];
      assertThat(result.point()[0]).isCloseTo(1 / (2 + sigmas[i]), within(1e-9));
    }
    for (int i = 1; i < sigmas.length; i++) {
      double slope =
          StrictMath.log(distances[i] / distances[i - 1])
              / StrictMath.log(sigmas[i] / sigmas[i - 1]);
      assertThat(slope).isCloseTo(1, within(0.05));
    }
  }

  @Test
  void anInfeasibleStartIsProjectedAndSaid() {
    BilevelProblem boxed =
        ToyProblems.line().upperBox(new double[] {0}, new double[] {0.25}).build();
    Result result =
        Minimizer.minimize(
            PenaltyMethod.f2sa(0.01, 0.1, 1, 0), boxed, Start.at(2), Stop.iterations(1));
    assertThat(result.warnings())
        .singleElement()
        .isInstanceOf(RunWarning.class)
        .extracting(Throwable::getMessage)
        .isEqualTo("the start is not feasible and was projected: a coordinate moved by 1.75");
  }

  @Test
  void centresKeepTheSameSolution() {
    PenaltyMethod method =
        PenaltyMethod.doubleLoop(0.02, 0.2, Sigma.decreasing(0.1, 0.5)).withCentres(0.5, 0.5);
    Result result = Minimizer.minimize(method, LINE, Start.at(1), Stop.iterations(20_000));
    assertThat(result.point()[0]).isCloseTo(0.5, within(1e-3));
  }

  @Test
  void centresFollowTheirOwnPoints() {
    double sigma = 0.2;
    double rho = 0.5;
    PenaltyMethod method =
        PenaltyMethod.doubleLoop(0.05, 0.1, Sigma.fixed(sigma))
            .withInnerSteps(3)
            .withCentres(rho, 0.3);
    Run run = run(method, LINE, 1, 0.4);
    double x = 1;
    double y = 0.4;
    double z = 0.4;
    double centreY = 0.4;
    double centreZ = 0.4;
    for (int k = 0; k < 6; k++) {
      double last = 0;
      for (int t = 0; t < 3; t++) {
        double dz = 0.1 * (2 * (x + z - 1) + (z - centreZ) / rho);
        double dy = 0.1 * (sigma * 2 * y + 2 * (x + y - 1) + (y - centreY) / rho);
        z -= dz;
        y -= dy;
        last = Math.sqrt(dz * dz + dy * dy);
      }
      centreY += 0.3 * (y - centreY);
      centreZ += 0.3 * (z - centreZ);
      double dx = 0.05 * (2 * x + (2 * y - 2 * z) / sigma);
      x -= dx;
      run.advance();
      assertThat(run.iterate().point()[0]).isCloseTo(x, within(1e-12));
      assertThat(run.iterate().point()[1]).isCloseTo(y, within(1e-12));
      assertThat(run.iterate().metric(BilevelMetrics.RESIDUAL))
          .isCloseTo(Math.abs(dx) / 0.05 + last / (0.1 * sigma), within(1e-10));
      double gap = (x + y - 1) * (x + y - 1) - (x + z - 1) * (x + z - 1);
      assertThat(run.iterate().metric(BilevelMetrics.GAP)).isCloseTo(gap, within(1e-12));
    }
  }

  @Test
  void everyStepHasASampleOfItsOwnAtBothPoints() {
    SumOfShifts sum = new SumOfShifts(12);
    BilevelProblem problem = BilevelProblem.of(1, 1).upper(LINE.upper()).lower(sum).build();
    run(
            PenaltyMethod.doubleLoop(0.01, 0.1, Sigma.fixed(0.1))
                .withInnerSteps(3)
                .withBatches(0, 2),
            problem,
            1)
        .advance();
    // of 12 terms four batches of two have none in common
    assertThat(sum.asked).hasSize(8);
    for (int step = 0; step < 4; step++) {
      assertThat(sum.asked.get(2 * step)).as("z and y").isEqualTo(sum.asked.get(2 * step + 1));
    }
    assertThat(new HashSet<>(sum.asked)).hasSize(4);
  }

  @Test
  void theLowerSetIsKept() {
    BilevelProblem boxed =
        ToyProblems.line().lowerBox(new double[] {0.75}, new double[] {2}).build();
    PenaltyMethod method = PenaltyMethod.doubleLoop(0.02, 0.2, Sigma.decreasing(0.1, 0.5));
    Result result = Minimizer.minimize(method, boxed, Start.at(1), Stop.iterations(20_000));
    // y = max(0.75, 1 - x): from x = 1 down the cheapest is x = 0, y = 1, or x = 0.25, y = 0.75
    assertThat(result.point()[1]).isGreaterThanOrEqualTo(0.75);
    assertThat(result.point()[0]).isCloseTo(0.25, within(2e-2));
  }

  @Test
  void miniBatchesReachTheSolutionAndArePartOfACheckpoint() {
    SumOfShifts sum = new SumOfShifts(12);
    BilevelProblem problem = BilevelProblem.of(1, 1).upper(LINE.upper()).lower(sum).build();
    PenaltyMethod method =
        PenaltyMethod.singleLoop(0.002, 0.1, Sigma.fixed(0.05), 0.2).withBatches(0, 4);
    Run first = run(method, problem, 1);
    for (int k = 0; k < 30; k++) {
      first.advance();
    }
    Run second = run(method, problem, 1);
    second.restore(first.checkpoint());
    for (int k = 0; k < 30; k++) {
      first.advance();
      second.advance();
    }
    assertThat(second.checkpoint()).isEqualTo(first.checkpoint());
    for (int k = 0; k < 20_000; k++) {
      first.advance();
    }
    assertThat(first.iterate().point()[0]).isCloseTo(0.5, within(0.05));
    assertThat(first.iterate().evaluations().terms()).isPositive();
    assertThatThrownBy(() -> run(method.withBatches(4, 4), problem, 1))
        .hasMessageContaining("upperBatch is 4, must be 0");
    assertThatThrownBy(
            () -> run(PenaltyMethod.f2sa(0.1, 0.1, 1, 0), problem, 1).restore(first.checkpoint()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBadNumberIsATypedOutcome() {
    LevelObjective.Partial bad = (x, y, out) -> out[0] = Double.NaN;
    BilevelProblem problem =
        ToyProblems.line().upper(LevelObjective.of((x, y) -> 0, bad, bad)).build();
    Run run = run(PenaltyMethod.f2sa(0.1, 0.1, 1, 0.1), problem, 0.5, 0.25);
    assertThat(run.advance()).contains(StopReason.NON_FINITE);
    assertThat(run.iterate().point()).containsExactly(0.5, 0.25);
    Result wild =
        Minimizer.minimize(
            PenaltyMethod.doubleLoop(10, 10, Sigma.fixed(0.1)),
            LINE,
            Start.at(1),
            Stop.iterations(10_000));
    assertThat(wild.reason()).isEqualTo(StopReason.DIVERGED);
    assertThat(wild.point()[0]).isBetween(-1e13, 1e13);
  }

  @Test
  void hyperParametersAreRefusedByName() {
    assertThatThrownBy(() -> Sigma.fixed(0)).hasMessageContaining("sigma is 0.0");
    assertThatThrownBy(() -> Sigma.fixed(-1)).hasMessageContaining("sigma is -1.0");
    assertThatThrownBy(() -> Sigma.ofMultiplier(0, 1)).hasMessageContaining("first is 0.0");
    assertThatThrownBy(() -> PenaltyMethod.doubleLoop(0, 1, Sigma.fixed(1)))
        .hasMessageContaining("alpha is 0.0");
    assertThatThrownBy(() -> PenaltyMethod.singleLoop(1, 1, Sigma.fixed(1), 0.5).withInnerSteps(2))
        .hasMessageContaining("momentum is 0.5");
    Run fromSchedule = run(PenaltyMethod.doubleLoop(0.1, 0.1, Schedule.constant(0)), LINE, 1);
    assertThatThrownBy(fromSchedule::advance).hasMessageContaining("sigma is 0.0");
    assertThatThrownBy(() -> run(PenaltyMethod.f2sa(1, 1, 1, 0), LINE, 1, 1, 1))
        .hasMessageContaining("start has dimension 3");
    assertThatThrownBy(() -> run(PenaltyMethod.f2sa(1, 1, 1, 0), ToyProblems.llc(1), 1, 1, 1))
        .hasMessageContaining("no coupling constraints");
  }

  /** The mean over i of (x + y - 1 - shift_i)^2, the shifts adding up to zero. */
  private record SumOfShifts(int terms, List<String> asked) implements LevelSum {

    SumOfShifts(int terms) {
      this(terms, new ArrayList<>());
    }

    private double residual(double[] x, double[] y, int term) {
      return x[0] + y[0] - 1 - (term - (terms - 1) / 2.0) / terms;
    }

    @Override
    public double value(double[] x, double[] y) {
      double sum = 0;
      for (int i = 0; i < terms; i++) {
        sum += residual(x, y, i) * residual(x, y, i);
      }
      return sum / terms;
    }

    @Override
    public void gradientX(double[] x, double[] y, int[] batch, double[] out) {
      asked.add(Arrays.toString(batch));
      out[0] = 0;
      for (int i : batch) {
        out[0] += 2 * residual(x, y, i) / batch.length;
      }
    }

    @Override
    public void gradientY(double[] x, double[] y, int[] batch, double[] out) {
      gradientX(x, y, batch, out);
    }

    @Override
    public void gradientX(double[] x, double[] y, double[] out) {
      out[0] = 2 * (x[0] + y[0] - 1);
    }

    @Override
    public void gradientY(double[] x, double[] y, double[] out) {
      gradientX(x, y, out);
    }
  }
}
