package dev.optim.bench.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RuggedTest {

  @Test
  void minimaAreAtTheOrigin() {
    double[] origin = new double[7];
    double[] away = {1, -1, 0.5, 0.1, 2, -0.3, 0};

    assertThat(Rugged.rastrigin(origin)).isZero();
    assertThat(Rugged.ackley(origin)).isCloseTo(0, within(1e-15));
    assertThat(Rugged.griewank(origin)).isZero();
    assertThat(Rugged.rastrigin(away)).isPositive();
    assertThat(Rugged.ackley(away)).isPositive();
    assertThat(Rugged.griewank(away)).isPositive();
  }

  @Test
  void theBarriersFunctionHasItsGradient() {
    double[] x = {2.1, -1.9};
    double[] gradient = new double[2];
    Rugged.rastrigin().gradient(x, gradient);
    for (int i = 0; i < 2; i++) {
      double[] left = x.clone();
      double[] right = x.clone();
      left[i] -= 1e-6;
      right[i] += 1e-6;
      assertThat(gradient[i])
          .isCloseTo((Rugged.rastrigin(right) - Rugged.rastrigin(left)) / 2e-6, within(1e-5));
    }
  }
}
