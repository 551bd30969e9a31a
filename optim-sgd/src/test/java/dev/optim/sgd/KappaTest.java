package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import dev.optim.schedule.Schedule;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KappaTest {

  private static final int ROWS = 2;
  private static final int COLUMNS = 3;
  private static final int N = ROWS * COLUMNS;
  private static final double TOLERANCE = 1e-9;

  /** The eleven whose conjugate has a closed form without singular values. */
  static List<Kappa> eleven() {
    return Rules.KAPPAS.subList(0, 11);
  }

  /** K. */
  private static double value(Kappa kappa, double[] z) {
    if (kappa instanceof Kappas.L1) {
      return Arrays.stream(z).map(Math::abs).sum();
    } else if (kappa instanceof Kappas.L2) {
      return norm(z, 0, N);
    } else if (kappa instanceof Kappas.Lp lp) {
      return norm(z, lp.p());
    } else if (kappa instanceof Kappas.LInfinity) {
      return Arrays.stream(z).map(Math::abs).max().orElse(0);
    } else if (kappa instanceof Kappas.HalfSquaredL2) {
      return Arrays.stream(z).map(v -> v * v / 2).sum();
    } else if (kappa instanceof Kappas.Huber h) {
      return Arrays.stream(z)
          .map(Math::abs)
          .map(v -> v <= h.e() ? v * v / 2 / h.e() : v - h.e() / 2)
          .sum();
    } else if (kappa instanceof Kappas.DeadZone d) {
      return Arrays.stream(z).map(v -> Math.max(Math.abs(v) - d.e(), 0)).sum();
    } else if (kappa instanceof Kappas.TopK top) {
      return Arrays.stream(z).map(v -> -Math.abs(v)).sorted().limit(top.k()).map(v -> -v).sum();
    } else if (kappa instanceof Kappas.PseudoHuber p) {
      return Arrays.stream(z).map(v -> Math.sqrt(v * v + p.e() * p.e()) - p.e()).sum();
    } else if (kappa instanceof Kappas.LogCosh l) {
      return Arrays.stream(z).map(v -> l.e() * logCosh(v / l.e())).sum();
    } else {
      return norm(z, 0, COLUMNS) + norm(z, COLUMNS, N);
    }
  }

  private static double logCosh(double v) {
    return Math.abs(v) + StrictMath.log1p(StrictMath.exp(-2 * Math.abs(v))) - StrictMath.log(2);
  }

  /** K*: the price of y inside its domain, infinite outside. */
  private static double conjugate(Kappa kappa, double[] y) {
    double largest = Arrays.stream(y).map(Math::abs).max().orElse(0);
    double sum = Arrays.stream(y).map(Math::abs).sum();
    double squares = Arrays.stream(y).map(v -> v * v).sum();
    if (kappa instanceof Kappas.L1) {
      return within(largest, 1);
    } else if (kappa instanceof Kappas.L2) {
      return within(norm(y, 0, N), 1);
    } else if (kappa instanceof Kappas.Lp lp) {
      return within(norm(y, lp.p() / (lp.p() - 1)), 1);
    } else if (kappa instanceof Kappas.LInfinity) {
      return within(sum, 1);
    } else if (kappa instanceof Kappas.HalfSquaredL2) {
      return squares / 2;
    } else if (kappa instanceof Kappas.Huber h) {
      return within(largest, 1) + h.e() / 2 * squares;
    } else if (kappa instanceof Kappas.DeadZone d) {
      return within(largest, 1) + d.e() * sum;
    } else if (kappa instanceof Kappas.TopK top) {
      return within(largest, 1) + within(sum, top.k());
    } else if (kappa instanceof Kappas.PseudoHuber p) {
      return within(largest, 1)
          + Arrays.stream(y).map(v -> p.e() * (1 - Math.sqrt(Math.max(0, 1 - v * v)))).sum();
    } else if (kappa instanceof Kappas.LogCosh l) {
      return within(largest, 1)
          + l.e() / 2 * Arrays.stream(y).map(v -> xLogX(1 + v) + xLogX(1 - v)).sum();
    } else {
      return within(norm(y, 0, COLUMNS), 1) + within(norm(y, COLUMNS, N), 1);
    }
  }

  private static double xLogX(double x) {
    return x <= 0 ? 0 : x * StrictMath.log(x);
  }

  private static double within(double value, double bound) {
    return value <= bound + TOLERANCE ? 0 : Double.POSITIVE_INFINITY;
  }

  private static double norm(double[] z, int from, int to) {
    return Kernels.norm(z, from, to);
  }

  private static double norm(double[] z, double p) {
    double sum = Arrays.stream(z).map(v -> StrictMath.pow(Math.abs(v), p)).sum();
    return StrictMath.pow(sum, 1 / p);
  }

  private static double[] gradient(Kappa kappa, double[] z, int rows, int columns) {
    double[] work = Arrays.copyOf(z, z.length + kappa.workspace(rows, columns));
    kappa.gradient(work, rows, columns);
    return Arrays.copyOf(work, z.length);
  }

  /** K(z) + K*(grad K(z)) = z . grad K(z). */
  @ParameterizedTest
  @MethodSource("eleven")
  void theGradientIsASubgradient(Kappa kappa) {
    RandomStream random = RandomStream.of(8);
    double[] z = new double[N];
    for (int trial = 0; trial < 200; trial++) {
      random.fillGaussian(z);
      double[] y = gradient(kappa, z, ROWS, COLUMNS);
      double gap = value(kappa, z) + conjugate(kappa, y) - Kernels.dot(z, y);
      assertThat(Math.abs(gap)).isLessThan(1e-14);
    }
  }

  /**
   * The paper's Lyapunov function falls in every step but for the curvature of f: H+ - H <= L/2 |x+
   * - x|^2, with the step size of implicit decay e and that of the rule e / (1 + e w).
   */
  @ParameterizedTest
  @MethodSource("eleven")
  void theLyapunovFunctionFalls(Kappa kappa) {
    double[] curvature = {4, 2, 1, 0.5, 0.25, 3};
    double[] minimum = {2, -1, 0.5, -0.3, 1.5, 0.1};
    double b1 = 0.9;
    double b2 = 0.99;
    double wd = 0.8;
    for (double e : new double[] {0.2, 0.05, 0.01, 0.002}) {
      LionK rule =
          LionK.of(0, kappa)
              .withStepSize(Schedule.constant(e / (1 + e * wd)))
              .withBetas(b1, b2)
              .withWeightDecay(wd);
      Parameters layout = Parameters.builder().add("x", ROWS, COLUMNS).build();
      DoubleUpdater updater = UpdatePlan.of(rule).doubles(layout);
      double[] x = new double[N];
      double[] g = new double[N];
      double c = e * b1 / (e * wd * (1 - b1) + 1 - b2);
      double before = Double.NaN;
      for (int step = 0; step < 2000; step++) {
        double[] old = x.clone();
        for (int i = 0; i < N; i++) {
          g[i] = curvature[i] * (x[i] - minimum[i]);
        }
        updater.step(x, g);
        double[] m = updater.checkpoint().doubles("x/momentum");
        double loss = 0;
        double moved = 0;
        double inner = 0;
        double[] y = new double[N];
        for (int i = 0; i < N; i++) {
          loss += curvature[i] / 2 * (x[i] - minimum[i]) * (x[i] - minimum[i]);
          moved += (x[i] - old[i]) * (x[i] - old[i]);
          inner -= wd * m[i] * x[i];
          y[i] = wd * x[i];
        }
        double price = conjugate(kappa, y);
        double lyapunov = loss + price / wd + c * (price + value(kappa, m) - inner);
        if (step > 0) {
          assertThat(lyapunov - before).isLessThanOrEqualTo(4.0 / 2 * moved + 1e-10 * e);
        }
        before = lyapunov;
      }
    }
  }

  /**
   * Whatever the gradients, the excess of wd x over the domain of K* shrinks by 1 - stepSize wd a
   * step: for every function whose gradient is bounded.
   */
  @ParameterizedTest
  @MethodSource("all")
  void weightDecayContractsToTheDomain(Kappa kappa) {
    double lr = 0.05;
    double wd = 2;
    Parameters layout = Parameters.builder().add("x", ROWS, COLUMNS).build();
    DoubleUpdater updater = UpdatePlan.of(LionK.of(lr, kappa).withWeightDecay(wd)).doubles(layout);
    RandomStream random = RandomStream.of(5);
    double[] x = new double[N];
    double[] g = new double[N];
    double[] h = new double[N];
    random.fillGaussian(x);
    for (int step = 0; step < 300; step++) {
      double before = excess(kappa, x, wd);
      random.fillGaussian(g);
      random.fillGaussian(h);
      for (int i = 0; i < N; i++) {
        g[i] = g[i] / h[i] * (step % 2 == 0 ? 1e8 : 1e-8);
      }
      updater.step(x, g);
      assertThat(excess(kappa, x, wd)).isLessThanOrEqualTo((1 - lr * wd) * before + 1e-13);
    }
  }

  static List<Kappa> all() {
    return Rules.KAPPAS.stream().filter(k -> !(k instanceof Kappas.HalfSquaredL2)).toList();
  }

  /** By how much the norm of wd x whose unit ball is the domain of K* is larger than 1. */
  private static double excess(Kappa kappa, double[] x, double wd) {
    double largest = wd * Arrays.stream(x).map(Math::abs).max().orElse(0);
    double sum = wd * Arrays.stream(x).map(Math::abs).sum();
    double norm;
    if (kappa instanceof Kappas.L2) {
      norm = wd * norm(x, 0, N);
    } else if (kappa instanceof Kappas.Lp lp) {
      norm = wd * norm(x, lp.p() / (lp.p() - 1));
    } else if (kappa instanceof Kappas.LInfinity) {
      norm = sum;
    } else if (kappa instanceof Kappas.TopK top) {
      norm = Math.max(largest, sum / top.k());
    } else if (kappa instanceof Kappas.GroupL2) {
      norm = wd * Math.max(norm(x, 0, COLUMNS), norm(x, COLUMNS, N));
    } else if (kappa instanceof Kappas.Nuclear) {
      norm = wd * largestSingularValue(x);
    } else {
      norm = largest;
    }
    return Math.max(0, norm - 1);
  }

  /** From the eigenvalues of the product with the transpose, which has two rows. */
  private static double largestSingularValue(double[] x) {
    double a = Kernels.squaredNorm(x, 0, COLUMNS);
    double b = Kernels.dot(x, 0, x, COLUMNS, COLUMNS);
    double c = Kernels.squaredNorm(x, COLUMNS, N);
    return Math.sqrt((a + c) / 2 + Math.sqrt((a - c) * (a - c) / 4 + b * b));
  }

  @Test
  void theSignIsLion() {
    Training training = Training.SMALL;
    double[] lion = training.run(training.doubles(Lion.of(0.01).withWeightDecay(0.1)), 20);
    double[] lionK =
        training.run(training.doubles(LionK.of(0.01, new Kappas.L1()).withWeightDecay(0.1)), 20);
    assertThat(lionK).isEqualTo(lion);
  }

  @Test
  void autoScaledGradientsHaveARootMeanSquareOfOne() {
    double[] z = {3, -4, 0, 0, 1, 1, 1, 1};
    double[] whole = gradient(new AutoScaled(new Kappas.L2()), z, 2, 4);
    assertThat(Kernels.squaredNorm(whole, 0, 8)).isCloseTo(8, offset(1e-14));
    double[] rows = gradient(new AutoScaled(new Kappas.GroupL2()), z, 2, 4);
    assertThat(rows).containsExactly(new double[] {1.2, -1.6, 0, 0, 1, 1, 1, 1}, offset(1e-15));
    assertThat(Kernels.squaredNorm(rows, 0, 4)).isCloseTo(4, offset(1e-14));
    assertThat(new AutoScaled(new Kappas.Nuclear()).workspace(2, 4))
        .isEqualTo(new Kappas.Nuclear().workspace(2, 4));
    assertThatThrownBy(() -> new AutoScaled(new Kappas.Huber(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kappa is Huber[e=1.0]");
  }

  @Test
  void tiesGoToTheFirst() {
    double[] z = {1, -3, 3, -3, 0, 2};
    assertThat(gradient(new Kappas.LInfinity(), z, 1, 6)).containsExactly(0, -1, 0, 0, 0, 0);
    assertThat(gradient(new Kappas.TopK(2), z, 1, 6)).containsExactly(0, -1, 1, 0, 0, 0);
    assertThat(gradient(new Kappas.TopK(9), z, 1, 6)).containsExactly(1, -1, 1, -1, 0, 1);
  }

  @Test
  void zeroStaysZero() {
    for (Kappa kappa : Rules.KAPPAS) {
      assertThat(gradient(kappa, new double[N], ROWS, COLUMNS)).containsOnly(0);
    }
  }

  /** Orthonormal rows or columns, positive semidefinite against z, also for z of low rank. */
  @Test
  void thePolarFactorIsOrthogonal() {
    RandomStream random = RandomStream.of(12);
    for (int[] shape : new int[][] {{3, 7}, {7, 3}, {5, 5}, {1, 4}, {4, 1}}) {
      int rows = shape[0];
      int columns = shape[1];
      double[] z = new double[rows * columns];
      random.fillGaussian(z);
      double[] q = gradient(new Kappas.Nuclear(), z, rows, columns);
      int r = Math.min(rows, columns);
      for (int i = 0; i < r; i++) {
        for (int j = 0; j < r; j++) {
          double dot = 0;
          for (int k = 0; k < Math.max(rows, columns); k++) {
            dot +=
                rows <= columns
                    ? q[i * columns + k] * q[j * columns + k]
                    : q[k * columns + i] * q[k * columns + j];
          }
          assertThat(Math.abs(dot - (i == j ? 1 : 0))).isLessThan(1e-13);
        }
      }
      // the polar factor of the polar factor is itself
      double[] again = gradient(new Kappas.Nuclear(), q, rows, columns);
      for (int i = 0; i < q.length; i++) {
        assertThat(Math.abs(again[i] - q[i])).isLessThan(1e-13);
      }
    }
    double[] rankOne = {1, 2, 2, 2, 4, 4};
    double[] q = gradient(new Kappas.Nuclear(), rankOne, 2, 3);
    for (int i = 0; i < 6; i++) {
      double expected = rankOne[i] / Math.sqrt(45);
      assertThat(Math.abs(q[i] - expected)).isLessThan(1e-14);
    }
  }
}
