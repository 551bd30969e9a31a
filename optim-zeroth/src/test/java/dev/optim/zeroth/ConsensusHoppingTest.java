package dev.optim.zeroth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.optim.Start;
import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The two sides of the relaxation: down the gradient where f is smooth, over barriers where not.
 */
class ConsensusHoppingTest {

  /**
   * The mean of a Gaussian cloud tilted by exp(-alpha f) is c - alpha sigma^2 grad f, for linear f.
   */
  @Test
  void followsTheDescentDirection() {
    double[] c = {1.5, -0.5, 0.25};
    double[] gradient = {2 * c[0], 8 * c[1], 2};
    AskTell run = ConsensusHopping.of(50_000, 4, 0.05).open(Start.at(c), RandomStream.of(1));

    run.tell(
        Arrays.stream(run.ask())
            .mapToDouble(x -> x[0] * x[0] + 4 * x[1] * x[1] + 2 * x[2])
            .toArray());

    double[] step = run.center();
    Kernels.axpy(-1, c, step, 0, 3);
    double cosine =
        -Kernels.dot(step, gradient) / Kernels.norm(step, 0, 3) / Kernels.norm(gradient, 0, 3);
    assertThat(cosine).isGreaterThan(0.999);
    assertThat(Kernels.norm(step, 0, 3) / (4 * 0.05 * 0.05 * Kernels.norm(gradient, 0, 3)))
        .isCloseTo(1, within(0.08));
  }

  @Test
  void crossesBarriersWhereGradientDescentStays() {
    double[] start = {2.1, -1.9};
    double[] descended = start.clone();
    double[] gradient = new double[2];
    for (int i = 0; i < 10_000; i++) {
      Functions.RASTRIGIN.gradient(descended, gradient);
      Kernels.axpy(-1e-3, gradient, descended, 0, 2);
    }
    AskTell run = ConsensusHopping.of(100, 5, 0.5).open(Start.at(start), RandomStream.of(2));
    for (int i = 0; i < 200; i++) {
      run.tell(Arrays.stream(run.ask()).mapToDouble(Functions::rastrigin).toArray());
    }

    assertThat(Functions.rastrigin(descended)).isGreaterThan(7);
    assertThat(run.center()[0]).isCloseTo(0, within(0.25));
    assertThat(run.center()[1]).isCloseTo(0, within(0.25));
  }

  @Test
  void staysWhereNothingIsKnown() {
    AskTell run = ConsensusHopping.of(5, 1, 0.1).open(Start.at(1, 2), RandomStream.of(1));
    double[][] first = run.ask();
    run.tell(new double[] {Double.NaN, 3, Double.NaN, Double.NaN, Double.NaN});
    double[][] second = run.ask();

    run.tell(new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN});

    assertThat(run.center()).containsExactly(first[1]);
    assertThat(run.ask()[0]).isNotEqualTo(second[0]);
  }
}
