package dev.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.testing.Quadratic;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationsTest {

  private final Evaluations evaluations = new Evaluations();

  @Test
  void countsEachQuestionOnce() {
    FiniteSum sum = evaluations.counting(new Quadratic(7));
    double[] x = {1, 2};
    double[] out = new double[2];
    sum.value(x);
    sum.gradient(x, out);
    sum.valueAndGradient(x, out);
    sum.value(x, new int[] {1});
    sum.valueAndGradient(x, new int[] {1, 3, 3}, out);
    sum.termGradients(x, new int[] {0, 6}, new double[2][2]);
    evaluations.counting((c, top) -> new int[] {0}).best(new double[][] {x}, 1);
    assertThat(evaluations.counts()).isEqualTo(new Evaluations.Counts(4, 5, 7 + 7 + 3 + 2, 1));
  }

  @Test
  void aBatchOfPointsReachesTheObjectiveWhole() {
    int[] calls = {0};
    Objective batched =
        new Objective() {
          @Override
          public double value(double[] x) {
            throw new AssertionError("one at a time");
          }

          @Override
          public void values(double[][] points, double[] out) {
            calls[0]++;
            out[1] = points[1][0];
          }
        };
    double[] out = new double[2];
    evaluations.counting(batched).values(new double[][] {{3}, {4}}, out);
    assertThat(calls[0]).isEqualTo(1);
    assertThat(out[1]).isEqualTo(4);
    assertThat(evaluations.counts().values()).isEqualTo(2);
  }

  @Test
  void countsFromManyThreads() {
    Objective objective = evaluations.counting((Objective) x -> x[0]);
    double sum =
        IntStream.range(0, 10_000)
            .parallel()
            .mapToDouble(i -> objective.value(new double[] {i}))
            .sum();
    assertThat(sum).isEqualTo(49_995_000);
    assertThat(evaluations.counts().values()).isEqualTo(10_000);
  }

  @Test
  void theUsersCodeGetsACopy() {
    double[] x = {1, 2};
    int[] batch = {3, 4};
    double[][] candidates = {{1}, {2}};
    evaluations
        .counting(
            (Objective)
                p -> {
                  Arrays.fill(p, 9);
                  return 0;
                })
        .value(x);
    evaluations
        .counting(
            (c, top) -> {
              c[0][0] = 9;
              return new int[] {0};
            })
        .best(candidates, 1);
    assertThat(x).containsExactly(1, 2);
    FiniteSum rude =
        new FiniteSum() {
          @Override
          public int terms() {
            return 9;
          }

          @Override
          public double value(double[] p) {
            return 0;
          }

          @Override
          public void gradient(double[] p, double[] out) {}

          @Override
          public double valueAndGradient(double[] p, int[] indices, double[] out) {
            Arrays.fill(p, 9);
            Arrays.fill(indices, 0);
            return 0;
          }
        };
    evaluations.counting(rude).valueAndGradient(x, batch, new double[2]);
    assertThat(x).containsExactly(1, 2);
    assertThat(batch).containsExactly(3, 4);
    assertThat(candidates[0]).containsExactly(1);
  }

  @Test
  void exceptionsAreWrappedOnceAndErrorsPass() {
    RuntimeException boom = new IllegalStateException("boom");
    Objective failing =
        x -> {
          throw boom;
        };
    Objective twice = evaluations.counting(new Evaluations().counting(failing));
    assertThatThrownBy(() -> twice.value(new double[1]))
        .isInstanceOf(EvaluationException.class)
        .hasCause(boom)
        .hasMessageContaining("value");
    Error error = new StackOverflowError();
    Objective fatal =
        x -> {
          throw error;
        };
    assertThatThrownBy(() -> evaluations.counting(fatal).value(new double[1])).isSameAs(error);
  }
}
