package dev.optim.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.optim.Minimizer;
import dev.optim.Result;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.StopReason;
import dev.optim.random.RandomStream;
import dev.optim.testing.HeavyBall;
import org.junit.jupiter.api.Test;

/** A method for x around a lower level that is solved anew: what is counted, trusted, refused. */
class NestedMethodTest {

  private static final NestedMethod METHOD = NestedMethod.of(HeavyBall.of(0.02));

  @Test
  void everyGradientOfTheLowerLevelIsCounted() {
    int[] calls = {0};
    LevelObjective.Partial residual = (x, y, out) -> out[0] = 2 * (x[0] + y[0] - 1);
    BilevelProblem problem =
        ToyProblems.line()
            .lower(
                LevelObjective.of(
                    (x, y) -> (x[0] + y[0] - 1) * (x[0] + y[0] - 1),
                    (x, y, out) -> {
                      calls[0]++;
                      residual.at(x, y, out);
                    },
                    (x, y, out) -> {
                      calls[0]++;
                      residual.at(x, y, out);
                    }))
            .build();
    Run run = METHOD.start(problem, Start.at(0.3), RandomStream.of(0));
    for (int k = 0; k < 20; k++) {
      run.advance();
      int before = calls[0];
      long upper = 2L * (k + 2); // both partial gradients of F at each point
      assertThat(run.iterate().evaluations().gradients()).isEqualTo(before + upper);
      run.iterate().point();
      run.iterate().metric(BilevelMetrics.LOWER_VALUE);
      assertThat(run.iterate().evaluations().gradients()).isEqualTo(before + upper);
    }
  }

  @Test
  void theLowerStartIsTaken() {
    Run run = METHOD.start(ToyProblems.line().build(), Start.at(0.3, 0.7), RandomStream.of(0));
    assertThat(run.iterate().point()).containsExactly(0.3, 0.7);
    assertThat(run.iterate().value()).isCloseTo(0.09 + 0.49, within(1e-15));
  }

  @Test
  void aSingularLowerLevelIsATypedOutcome() {
    LevelObjective.Partial zero = (x, y, out) -> out[0] = 0;
    BilevelProblem flat =
        ToyProblems.line().lower(LevelObjective.of((x, y) -> 0, zero, zero)).build();
    Result result = Minimizer.minimize(METHOD, flat, Start.at(1, 1), Stop.iterations(10));
    assertThat(result.reason()).isEqualTo(StopReason.EVALUATION_FAILED);
    assertThat(result.failure().orElseThrow())
        .hasMessageContaining("adjoint system's relative residual is 1.0");
    assertThat(result.point()).containsExactly(1, 1);
  }

  @Test
  void whatItCannotTakeIsRefused() {
    double[] zero = new double[1];
    double[] one = {1};
    assertThatThrownBy(
            () ->
                METHOD.start(
                    ToyProblems.line().upperBox(zero, one).build(),
                    Start.at(0),
                    RandomStream.of(0)))
        .hasMessageContaining("x is constrained");
    assertThatThrownBy(
            () ->
                METHOD.start(
                    ToyProblems.line().lowerBox(zero, one).build(),
                    Start.at(0),
                    RandomStream.of(0)))
        .hasMessageContaining("the lower level is constrained");
    assertThatThrownBy(() -> METHOD.withTolerances(0, 1, 1))
        .hasMessageContaining("innerTolerance is 0.0");
    assertThatThrownBy(() -> METHOD.withTolerances(1, 1, Double.NaN))
        .hasMessageContaining("trusted is NaN");
  }
}
