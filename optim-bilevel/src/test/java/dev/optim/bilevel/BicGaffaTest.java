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
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** BiC-GAFFA: its recursion by hand, known optima with coupled constraints, bad input. */
class BicGaffaTest {

  private static final BicGaffa PRESET = BicGaffa.defaults();

  /** x^2 + y^2 over y = max(1 - x, x): y >= x is the coupling. Solved by (1/2, 1/2). */
  private static BilevelProblem.Builder coupled() {
    return ToyProblems.line()
        .coupling(
            LinearCoupling.atMost(new double[][] {{1}}, new double[][] {{-1}}, new double[] {0}));
  }

  @Test
  void anIterationIsTheRecursionOfThePaper() {
    double alpha = 0.03;
    double eta = 0.07;
    double gamma1 = 0.8;
    double gamma2 = 1.7;
    BicGaffa method = new BicGaffa(alpha, eta, gamma1, gamma2, 2, 0.4, 50);
    double x = 0.9;
    double y = 0.3;
    double theta = 0.2;
    double lambda = 0.1;
    double z = 0.6;
    Run run = method.start(coupled().build(), Start.at(x, y, theta, lambda, z), RandomStream.of(0));
    for (int k = 0; k < 5; k++) {
      run.advance();
      double c = 2 * StrictMath.pow(k + 1, 0.4);
      // f_x = f_y = 2 (x + y - 1), g = x - y, F_x = 2x, F_y = 2y
      double thetaNext = theta - eta * (2 * (x + theta - 1) - z + (theta - y) / gamma1);
      double lambdaNext = Math.min(Math.max(z + gamma2 * (x - y), 0), 50);
      double dx = 2 * x / c + 2 * (x + y - 1) + lambdaNext - 2 * (x + thetaNext - 1) - z;
      double dy = 2 * y / c + 2 * (x + y - 1) - lambdaNext - (y - thetaNext) / gamma1;
      double dz = (lambdaNext - z) / gamma2 - (x - thetaNext);
      x -= alpha * dx;
      y -= alpha * dy;
      z = Math.min(Math.max(z - alpha * dz, 0), 50);
      theta = thetaNext;
      lambda = lambdaNext;
      GoldenMath.assertClose(
          "iterate " + k,
          run.checkpoint().doubles("state"),
          new double[] {x, y, theta, lambda, z},
          1e-13);
    }
  }

  @Test
  void aCoupledInequalityHoldsInTheLimit() {
    BilevelProblem problem = coupled().build();
    Run run = PRESET.start(problem, Start.at(2, -1), RandomStream.of(0));
    for (int k = 0; k < 40_000; k++) {
      assertThat(run.advance()).isEmpty();
    }
    assertThat(run.iterate().point()[0]).isCloseTo(0.5, within(5e-3));
    assertThat(run.iterate().point()[1]).isCloseTo(0.5, within(5e-3));
    assertThat(run.iterate().metric(BilevelMetrics.INFEASIBILITY)).isLessThan(5e-3);
    assertThat(run.iterate().metric(BilevelMetrics.GAP)).isBetween(-1e-4, 1e-3);
  }

  @Test
  void theLinearToyProblemIsSolvedWithoutAProjection() {
    int n = 10;
    BicGaffa method = new BicGaffa(0.02, BicGaffa.AUTOMATIC, 10, 0.1, 1, 0.49, 1000);
    Result result =
        Minimizer.minimize(
            method, ToyProblems.llc(n), Start.at(new double[3 * n]), Stop.iterations(20_000));
    double[] x = Arrays.copyOf(result.point(), n);
    double[] optimum = GoldenMath.filled(n, -0.3);
    assertThat(GoldenMath.relativeError(x, optimum)).isLessThan(0.05);
  }

  @Test
  void theResidualAndTheGapStopARun() {
    Result result =
        Minimizer.minimize(
            PRESET.withPenalty(10, 0),
            coupled().build(),
            Start.at(1, 1),
            BilevelMetrics.converged(1e-6, 0.1).or(Stop.iterations(100_000)));
    assertThat(result.reason()).isEqualTo(StopReason.CONVERGED);
    assertThat(result.point()[0]).isCloseTo(0.5, within(0.05));
  }

  @Test
  void aStepAboveItsLimitIsSaidAndDiverges() {
    Result result =
        Minimizer.minimize(
            PRESET.withSteps(0.02, 2), coupled().build(), Start.at(1, 1), Stop.iterations(10_000));
    assertThat(result.reason()).isEqualTo(StopReason.DIVERGED);
    // L = 2, gamma1 = 1
    assertThat(result.warnings())
        .singleElement()
        .isInstanceOf(RunWarning.class)
        .asString()
        .contains("eta is 2.0, must be below 0.66");
  }

  @Test
  void whatItCannotTakeIsRefused() {
    LinearCoupling row =
        LinearCoupling.atMost(new double[][] {{1}}, new double[][] {{1}}, new double[] {1});
    BilevelProblem upper = ToyProblems.line().upperConstraints(row).build();
    assertThatThrownBy(() -> PRESET.start(upper, Start.at(0, 0), RandomStream.of(0)))
        .hasMessageContaining("no upper constraints");
    assertThatThrownBy(() -> PRESET.withSteps(0, 1)).hasMessageContaining("alpha is 0.0");
    assertThatThrownBy(() -> PRESET.withSteps(1, -1)).hasMessageContaining("eta is -1.0");
    assertThatThrownBy(() -> PRESET.withProximal(0, 1)).hasMessageContaining("gamma1 is 0.0");
    assertThatThrownBy(() -> PRESET.withPenalty(1, 0.5))
        .hasMessage("penaltyExponent is 0.5, must be in [0, 1/2)");
    assertThatThrownBy(() -> PRESET.withMultiplierBound(Double.NaN))
        .hasMessageContaining("multiplierBound is NaN");
  }
}
