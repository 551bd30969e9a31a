package dev.optim.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.random.RandomStream;
import org.junit.jupiter.api.Test;

/**
 * An equality and an inequality in one coupling: the lower level is the point nearest to (x, x)
 * with y1 + y2 = 1 and y1 &lt;= x/2. Where the inequality binds, y = (x/2, 1 - x/2), the equality's
 * multiplier is x - y2 and the inequality's 1 - x.
 */
class MixedRowsTest {

  private static BilevelProblem problem(double wanted) {
    LinearCoupling equal =
        LinearCoupling.equal(new double[][] {{0}}, new double[][] {{1, 1}}, new double[] {1});
    LinearCoupling most =
        LinearCoupling.atMost(new double[][] {{-0.5}}, new double[][] {{1, 0}}, new double[1]);
    return BilevelProblem.of(1, 2)
        .upper(
            LevelObjective.of(
                (x, y) -> (x[0] - wanted) * (x[0] - wanted) + (y[1] - 1) * (y[1] - 1),
                (x, y, out) -> out[0] = 2 * (x[0] - wanted),
                (x, y, out) -> {
                  out[0] = 0;
                  out[1] = 2 * (y[1] - 1);
                }))
        .lower(
            LevelObjective.of(
                (x, y) -> 0.5 * (y[0] - x[0]) * (y[0] - x[0]) + 0.5 * (y[1] - x[0]) * (y[1] - x[0]),
                (x, y, out) -> out[0] = 2 * x[0] - y[0] - y[1],
                (x, y, out) -> {
                  out[0] = y[0] - x[0];
                  out[1] = y[1] - x[0];
                }))
        .coupling(equal.and(most))
        .checkGradients(new double[] {0.3}, new double[] {0.2, -0.4}, 1e-6)
        .build();
  }

  /** The whole state after a run. */
  private static double[] solve(Optimizer<BilevelProblem> method, double wanted) {
    Run run = method.start(problem(wanted), Start.at(1), RandomStream.of(0));
    for (int k = 0; k < 60_000; k++) {
      assertThat(run.advance()).isEmpty();
    }
    assertThat(run.iterate().metric(BilevelMetrics.INFEASIBILITY)).isLessThan(5e-3);
    return run.checkpoint().doubles("state");
  }

  private static void assertSolved(Optimizer<BilevelProblem> method, double tolerance) {
    // 2 (x - 0.4) + x / 2 = 0
    double[] binding = solve(method, 0.4);
    assertThat(binding[0]).isCloseTo(0.32, within(tolerance));
    assertThat(binding[1]).isCloseTo(0.16, within(tolerance));
    assertThat(binding[2]).isCloseTo(0.84, within(tolerance));
    // lambda follows x, y1, y2, theta1, theta2
    assertThat(binding[5]).as("of the equality").isCloseTo(-0.52, within(10 * tolerance));
    assertThat(binding[6]).as("of the inequality").isCloseTo(0.68, within(10 * tolerance));
    double[] slack = solve(method, 2);
    assertThat(slack[0]).isCloseTo(2, within(tolerance));
    assertThat(slack[1]).isCloseTo(0.5, within(tolerance));
    assertThat(slack[2]).isCloseTo(0.5, within(tolerance));
    assertThat(slack[5]).as("of the equality").isCloseTo(1.5, within(10 * tolerance));
    assertThat(slack[6]).as("of the inequality").isCloseTo(0, within(10 * tolerance));
  }

  @Test
  void lvHba() {
    assertSolved(LvHba.defaults().withPenalty(1, 0.49), 1e-2);
  }

  @Test
  void bicGaffa() {
    assertSolved(BicGaffa.defaults().withPenalty(1, 0.49), 1e-2);
  }
}
