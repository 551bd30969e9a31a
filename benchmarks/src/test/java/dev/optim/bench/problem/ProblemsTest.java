package dev.optim.bench.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.optim.DifferentiableObjective;
import dev.optim.GradientCheck;
import dev.optim.Start;
import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemsTest {

  static Stream<Problem<? extends DifferentiableObjective>> problems() {
    return Stream.of(
        Problems.digitsSoftmax(),
        Problems.digitsMlp(),
        Problems.cancerLogistic(),
        Problems.rosenbrock());
  }

  /**
   * Along a random direction, within what the kinks of 44,800 rectified units allow; coordinate by
   * coordinate, and closer, it is checked on fewer samples.
   */
  @ParameterizedTest
  @MethodSource("problems")
  void theGradientIsRightNearTheStart(Problem<? extends DifferentiableObjective> problem) {
    DifferentiableObjective oracle = problem.open().oracle();
    double[] start = problem.start().sample(RandomStream.of(1));
    double[] direction = new double[start.length];
    for (long seed = 0; seed < 10; seed++) {
      RandomStream.of(seed).fillGaussian(direction);
      double norm = Kernels.norm(direction, 0, direction.length);
      Kernels.scale(1 / norm, direction, 0, direction.length);
      GradientCheck.at(along(oracle, start, direction), new double[] {0.01}).orThrow(1e-4);
    }
  }

  private static DifferentiableObjective along(
      DifferentiableObjective oracle, double[] from, double[] direction) {
    return new DifferentiableObjective() {
      @Override
      public double value(double[] t) {
        return oracle.value(point(t[0]));
      }

      @Override
      public void gradient(double[] t, double[] out) {
        double[] gradient = new double[from.length];
        oracle.valueAndGradient(point(t[0]), gradient);
        out[0] = Kernels.dot(gradient, direction);
      }

      private double[] point(double t) {
        double[] point = from.clone();
        Kernels.axpy(t, direction, point, 0, point.length);
        return point;
      }
    };
  }

  @ParameterizedTest
  @MethodSource("problems")
  void everyInstanceMeasuresTheSame(Problem<? extends DifferentiableObjective> problem) {
    double[] start = problem.start().sample(RandomStream.of(1));
    Problem.Instance<? extends DifferentiableObjective> first = problem.open();
    double[] measured = first.measurement().at(start);

    assertThat(measured).hasSameSizeAs(problem.metrics());
    assertThat(measured[0]).isEqualTo(first.oracle().value(start));
    assertThat(problem.open().measurement().at(start)).isEqualTo(measured);
    assertThat(first.oracle())
        .satisfiesAnyOf(
            oracle -> assertThat(oracle).isInstanceOf(Rosenbrock.class),
            oracle -> assertThat(oracle).isNotSameAs(problem.open().oracle()));
  }

  @Test
  void theNetworkStartsAtRandomAndTheConvexProblemsAtZero() {
    double[] one = Problems.digitsMlp().start().sample(RandomStream.of(1));
    double[] other = Problems.digitsMlp().start().sample(RandomStream.of(2));

    assertThat(one).isNotEqualTo(other);
    assertThat(Problems.digitsMlp().start().sample(RandomStream.of(1))).isEqualTo(one);
    double squares = 0;
    for (int i = 0; i < 2048; i++) {
      squares += one[i] * one[i];
    }
    assertThat(squares / 2048).isCloseTo(2.0 / 64, within(0.005));
    for (int i = 2048; i < 2080; i++) {
      assertThat(one[i]).isZero();
    }
    assertThat(Problems.digitsSoftmax().start().spread()).isZero();
    assertThat(Problems.digitsMlp().start().spread()).isEqualTo(Math.sqrt(2.0 / 32));
  }

  @Test
  void rosenbrocksMinimumIsAtOnes() {
    Rosenbrock rosenbrock = new Rosenbrock();
    double[] gradient = new double[10];
    double[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

    assertThat(rosenbrock.valueAndGradient(ones, gradient)).isZero();
    assertThat(gradient).containsOnly(0);
    assertThat(rosenbrock.value(new double[] {-1.2, 1})).isCloseTo(24.2, within(1e-13));
    assertThat(Problems.rosenbrock().open().measurement().at(ones)).containsExactly(0, 0);
    for (long seed = 0; seed < 5; seed++) {
      double[] x = new double[7];
      RandomStream.of(seed).fillGaussian(x);
      GradientCheck.at(rosenbrock, x).orThrow(1e-7);
    }
  }

  @Test
  void aBudgetIsMeasuredFromItsStartToItsEnd() {
    Budget budget = new Budget(CostUnit.GRADIENTS, 10, 4);

    assertThat(new long[] {budget.point(0), budget.point(1), budget.point(2), budget.point(4)})
        .containsExactly(0, 2, 5, 10);
    assertThat(budget.dividedBy(2)).isEqualTo(new Budget(CostUnit.GRADIENTS, 5, 2));
    assertThat(budget.dividedBy(100)).isEqualTo(new Budget(CostUnit.GRADIENTS, 1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Budget(CostUnit.VALUES, 3, 4))
        .withMessage("points is 4, must be in 1..3");
  }

  @Test
  void aStartOfTheWrongDimensionIsRefused() {
    Problem<DifferentiableObjective> p = Problems.rosenbrock();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Problem<>(
                    p.name(),
                    p.summary(),
                    p.description(),
                    p.layout(),
                    Start.at(1, 2),
                    p.budget(),
                    p.metrics(),
                    p.instances()))
        .withMessage("start has length 2, expected 10");
  }
}
