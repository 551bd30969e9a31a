package dev.optim.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.DifferentiableObjective;
import dev.optim.Start;
import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.CostUnit;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.report.Metric;
import dev.optim.sgd.Sgd;
import dev.optim.update.Parameters;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a run that ends with a bad number: which one it was. */
class TrialTest {

  @Test
  void aGradientThatIsNoNumberIsNamedThoughTheValueIsOne() {
    Outcome outcome =
        run(
            DifferentiableObjective.of(
                x -> 3,
                (x, out) -> {
                  out[0] = x[0];
                  out[1] = Double.NaN;
                }));

    assertThat(outcome).isInstanceOf(Outcome.Diverged.class);
    assertThat(outcome.reason())
        .isEqualTo("diverged after 0 iterations: value is 3.0, but gradient[1] is NaN");
  }

  @Test
  void aBadNumberFarFromTheLastPointIsNotTakenForItsValue() {
    Outcome outcome =
        run(
            DifferentiableObjective.of(
                x -> 3,
                (x, out) -> {
                  out[0] = x[0] < 0.9 ? Double.NaN : x[0];
                  out[1] = x[1];
                }));

    assertThat(outcome.reason())
        .isEqualTo(
            "diverged after 0 iterations: value is 3.0, but a value, gradient or point after it is"
                + " not finite");
  }

  @Test
  void aValueThatIsNoNumberIsNamed() {
    Outcome outcome =
        run(
            DifferentiableObjective.of(
                x -> Double.NaN, (x, out) -> System.arraycopy(x, 0, out, 0, 2)));

    assertThat(outcome.reason()).isEqualTo("diverged after 0 iterations: value is NaN");
  }

  /** Gradient descent from somewhere in [1, 1.5]^2, which halves the point. */
  private static Outcome run(DifferentiableObjective objective) {
    Problem<DifferentiableObjective> problem =
        new Problem<>(
            "p",
            "a problem",
            "A problem.",
            Parameters.vector(2),
            Start.uniform(2, 1, 1.5),
            new Budget(CostUnit.GRADIENTS, 20, 4),
            List.of(Metric.loss("value")),
            () -> new Problem.Instance<>(objective, x -> new double[] {objective.value(x)}));
    return new Trial<>(problem, Sgd.of(0.5), 1, Duration.ofSeconds(30)).run();
  }
}
