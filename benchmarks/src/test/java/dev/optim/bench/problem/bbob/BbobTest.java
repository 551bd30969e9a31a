package dev.optim.bench.problem.bbob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BbobTest {

  static Stream<BbobFunction.Differentiable> differentiable() {
    return Stream.of(Bbob.values())
        .map(definition -> definition.instance(3, 5))
        .filter(BbobFunction.Differentiable.class::isInstance)
        .map(BbobFunction.Differentiable.class::cast);
  }

  @Test
  void allButThePlateausAndTheRuggedOneHaveAGradient() {
    assertThat(differentiable())
        .hasSize(22)
        .extracting(BbobFunction::definition)
        .doesNotContain(Bbob.STEP_ELLIPSOID, Bbob.KATSUURA);
  }

  /** Inside of the box and outside, where there may be a penalty. */
  @ParameterizedTest
  @MethodSource("differentiable")
  void theGradientIsRight(BbobFunction.Differentiable f) {
    for (long seed = 0; seed < 20; seed++) {
      double[] x = new double[5];
      RandomStream.of(seed).fillGaussian(x);
      double reach = seed % 2 == 0 ? 1.5 : 4;
      for (int i = 0; i < x.length; i++) {
        x[i] *= reach;
      }
      double[] gradient = new double[5];
      f.gradient(x, gradient);
      for (int i = 0; i < x.length; i++) {
        assertThat(difference(f, x, i, gradient[i])).as("%s by x[%d]", f, i).isLessThan(1e-4);
      }
      assertThat(f.valueAndGradient(x, new double[5])).isEqualTo(f.value(x));
    }
  }

  /**
   * How far a derivative is from the nearest of some central differences: waves are of all sizes.
   */
  private static double difference(BbobFunction f, double[] x, int i, double derivative) {
    double least = Double.POSITIVE_INFINITY;
    for (double h = 1e-4; h > 5e-10; h /= 10) {
      double[] left = x.clone();
      double[] right = x.clone();
      left[i] -= h;
      right[i] += h;
      double numeric = (f.excess(right) - f.excess(left)) / (right[i] - left[i]);
      double scale = Math.max(1, Math.max(Math.abs(numeric), Math.abs(derivative)));
      least = Math.min(least, Math.abs(numeric - derivative) / scale);
    }
    return least;
  }

  @ParameterizedTest
  @EnumSource
  void theOptimumIsWhereTheSmallestValueIs(Bbob definition) {
    for (int n : new int[] {2, 3, 7}) {
      BbobFunction f = definition.instance(42, n);
      double[] optimum = f.optimum();
      assertThat(f.excess(optimum)).isCloseTo(0, within(1e-9));
      assertThat(Kernels.maxAbs(optimum, 0, n)).isLessThanOrEqualTo(5);
      for (long seed = 0; seed < 50; seed++) {
        double[] x = new double[n];
        RandomStream random = RandomStream.of(seed);
        for (int i = 0; i < n; i++) {
          x[i] =
              seed % 2 == 0
                  ? 10 * random.nextDouble() - 5
                  : optimum[i] + 0.1 * random.nextGaussian();
        }
        assertThat(f.excess(x)).isGreaterThanOrEqualTo(0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("differentiable")
  void theGradientAtTheOptimumIsANumber(BbobFunction.Differentiable f) {
    double[] gradient = new double[5];
    f.gradient(f.optimum(), gradient);
    assertThat(gradient).doesNotContain(Double.NaN);
  }

  @Test
  void numbersAndNames() {
    assertThat(IntStream.rangeClosed(1, 24).mapToObj(Bbob::of)).containsExactly(Bbob.values());
    assertThat(Bbob.of(8)).isEqualTo(Bbob.ROSENBROCK);
    assertThat(Bbob.ROSENBROCK.instance(2, 10)).hasToString("bbob-f8-i2-d10");
  }

  @Test
  void badArgumentsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bbob.of(25))
        .withMessage("number is 25, must be in 1..24");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bbob.SPHERE.instance(0, 5))
        .withMessage("instance is 0, must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bbob.SPHERE.instance(1, 1))
        .withMessage("dimension is 1, must be at least 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bbob.SPHERE.instance(1, 5).value(new double[4]))
        .withMessage("x has length 4, expected 5");
  }
}
