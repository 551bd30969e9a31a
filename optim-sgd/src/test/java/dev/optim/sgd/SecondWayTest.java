package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import dev.optim.schedule.Schedule;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rules without recorded runs, against another way to compute them: moving averages as weighted
 * sums over the whole history, Schedule-Free with x, y and z as the paper has them,
 * orthogonalisation by its effect on singular values.
 */
class SecondWayTest {

  private static final int STEPS = 40;
  private static final Training LINE = new Training(Parameters.vector(5), 21);

  /** (1 - b) sum over i = 1..t of b^(t-i) a_i: what a moving average from 0 has become. */
  private static double average(double b, int t, IntToDoubleFunction a) {
    double sum = 0;
    for (int i = 1; i <= t; i++) {
      sum += StrictMath.pow(b, t - i) * a.applyAsDouble(i);
    }
    return (1 - b) * sum;
  }

  private static double g(int t, int k) {
    return t == 0 ? Double.NaN : LINE.gradient(t - 1)[k];
  }

  @Test
  void adaBelief() {
    double lr = 0.02;
    double wd = 0.3;
    double eps = 1e-4;
    DoubleUpdater updater =
        LINE.doubles(AdaBelief.of(lr).withBetas(0.8, 0.95).withEpsilon(eps).withWeightDecay(wd));
    double[] x = LINE.start();
    double[] y = LINE.start();
    for (int t = 1; t <= STEPS; t++) {
      updater.step(x, LINE.gradient(t - 1));
      for (int k = 0; k < 5; k++) {
        int kk = k;
        double m = average(0.8, t, i -> g(i, kk));
        double s =
            average(
                0.95,
                t,
                i -> StrictMath.pow(g(i, kk) - average(0.8, i, j -> g(j, kk)), 2) + eps / 0.05);
        double mHat = m / (1 - StrictMath.pow(0.8, t));
        double sHat = s / (1 - StrictMath.pow(0.95, t));
        y[k] = y[k] - lr * wd * y[k] - lr * mHat / (Math.sqrt(sHat) + eps);
        assertThat(x[k]).isCloseTo(y[k], offset(1e-12));
      }
    }
  }

  @Test
  void adan() {
    double lr = 0.02;
    double wd = 0.3;
    double b1 = 0.9;
    double b2 = 0.8;
    double b3 = 0.95;
    double eps = 1e-4;
    DoubleUpdater updater =
        LINE.doubles(Adan.of(lr).withBetas(b1, b2, b3).withEpsilon(eps).withWeightDecay(wd));
    double[] x = LINE.start();
    double[] y = LINE.start();
    for (int t = 1; t <= STEPS; t++) {
      updater.step(x, LINE.gradient(t - 1));
      for (int k = 0; k < 5; k++) {
        int kk = k;
        IntToDoubleFunction change = i -> i == 1 ? 0 : g(i, kk) - g(i - 1, kk);
        double m = average(b1, t, i -> g(i, kk)) / (1 - StrictMath.pow(b1, t));
        double v = average(b2, t, change) / (1 - StrictMath.pow(b2, t));
        double n =
            average(b3, t, i -> StrictMath.pow(g(i, kk) + b2 * change.applyAsDouble(i), 2))
                / (1 - StrictMath.pow(b3, t));
        y[k] = (y[k] - lr * (m + b2 * v) / (Math.sqrt(n) + eps)) / (1 + lr * wd);
        assertThat(x[k]).isCloseTo(y[k], offset(1e-12));
      }
    }
  }

  @Test
  void scheduleFreeSgd() {
    Schedule stepSize = Schedule.constant(0.1).withWarmUp(10);
    double wd = 0.2;
    double beta = 0.9;
    DoubleUpdater updater =
        LINE.doubles(ScheduleFreeSgd.of(0).withStepSize(stepSize).withWeightDecay(wd));
    double[] parameters = LINE.start();
    double[] x = LINE.start();
    double[] y = LINE.start();
    double[] z = LINE.start();
    double weights = 0;
    double[] evaluated = new double[5];
    for (int t = 1; t <= STEPS; t++) {
      double[] g = LINE.gradient(t - 1);
      updater.step(parameters, g);
      updater.evaluationPoint(parameters, evaluated);
      double lr = stepSize.at(t - 1);
      weights += lr * lr;
      double c = lr * lr / weights;
      for (int k = 0; k < 5; k++) {
        z[k] = z[k] - lr * (g[k] + wd * y[k]);
        x[k] = (1 - c) * x[k] + c * z[k];
        y[k] = (1 - beta) * z[k] + beta * x[k];
        assertThat(parameters[k]).isCloseTo(y[k], offset(1e-12));
        assertThat(evaluated[k]).isCloseTo(x[k], offset(1e-12));
      }
    }
  }

  @Test
  void scheduleFreeAdamW() {
    double wd = 0.2;
    double b1 = 0.85;
    double b2 = 0.95;
    double eps = 1e-6;
    ScheduleFreeAdamW rule =
        ScheduleFreeAdamW.of(0.05).withBetas(b1, b2).withEpsilon(eps).withWeightDecay(wd);
    DoubleUpdater updater = LINE.doubles(rule);
    double[] parameters = LINE.start();
    double[] x = LINE.start();
    double[] y = LINE.start();
    double[] z = LINE.start();
    double weights = 0;
    double[] evaluated = new double[5];
    for (int t = 1; t <= STEPS; t++) {
      double[] g = LINE.gradient(t - 1);
      updater.step(parameters, g);
      updater.evaluationPoint(parameters, evaluated);
      double lr = 0.05 * Math.sqrt(1 - StrictMath.pow(b2, t));
      weights += lr * lr; // the corrected step size rises, so each is the largest so far
      double c = lr * lr / weights;
      for (int k = 0; k < 5; k++) {
        int kk = k;
        double v = average(b2, t, i -> g(i, kk) * g(i, kk));
        z[k] = z[k] - lr * g[k] / (Math.sqrt(v) + eps) - lr * wd * y[k];
        x[k] = (1 - c) * x[k] + c * z[k];
        y[k] = (1 - b1) * z[k] + b1 * x[k];
        assertThat(parameters[k]).isCloseTo(y[k], offset(1e-12));
        assertThat(evaluated[k]).isCloseTo(x[k], offset(1e-12));
      }
    }
  }

  /** The iteration maps each singular value by 3.4445 s - 4.775 s^3 + 2.0315 s^5. */
  @Test
  void newtonSchulzActsOnSingularValues() {
    RandomStream random = RandomStream.of(3);
    for (int[] shape : new int[][] {{3, 5}, {5, 3}, {4, 4}, {1, 6}, {6, 1}}) {
      int rows = shape[0];
      int columns = shape[1];
      int r = Math.min(rows, columns);
      double[] u = orthogonal(random, rows);
      double[] v = orthogonal(random, columns);
      double[] sigma = new double[r];
      double[] mapped = new double[r];
      double frobenius = 0;
      for (int k = 0; k < r; k++) {
        sigma[k] = 1 + k * k;
        frobenius += sigma[k] * sigma[k];
      }
      for (int k = 0; k < r; k++) {
        double s = sigma[k] / (Math.sqrt(frobenius) + 1e-7);
        for (int i = 0; i < 5; i++) {
          s = 3.4445 * s - 4.7750 * s * s * s + 2.0315 * s * s * s * s * s;
        }
        mapped[k] = s;
        assertThat(s).isBetween(0.65, 1.25);
      }
      double[] z = new double[rows * columns + NewtonSchulz.workspace(rows, columns)];
      System.arraycopy(compose(u, sigma, v, rows, columns), 0, z, 0, rows * columns);
      NewtonSchulz.replace(z, rows, columns, 5);
      double[] expected = compose(u, mapped, v, rows, columns);
      for (int i = 0; i < expected.length; i++) {
        assertThat(z[i]).isCloseTo(expected[i], offset(1e-11));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void muon(boolean nesterov) {
    Parameters layout = Parameters.builder().add("w", 4, 3).add("b", 4).build();
    Training training = new Training(layout, 5);
    Muon rule = Muon.of(0.1).withMomentum(0.8, nesterov).withWeightDecay(0.5);
    double[] x = training.run(training.doubles(rule), 6);
    double[] y = training.start();
    for (int t = 1; t <= 6; t++) {
      int now = t;
      double[] u = new double[12 + NewtonSchulz.workspace(4, 3)];
      for (int k = 0; k < 12; k++) {
        int kk = k;
        double m = average(0.8, now, i -> training.gradient(i - 1)[kk]);
        u[k] = nesterov ? 0.2 * training.gradient(now - 1)[k] + 0.8 * m : m;
      }
      NewtonSchulz.replace(u, 4, 3, 5);
      for (int k = 0; k < 12; k++) {
        y[k] = (1 - 0.1 * 0.5) * y[k] - 0.1 * Math.sqrt(4.0 / 3) * u[k];
      }
    }
    for (int k = 0; k < 12; k++) {
      assertThat(x[k]).isCloseTo(y[k], offset(1e-12));
    }
    DoubleUpdater adamW = UpdatePlan.of(rule.others()).doubles(layout);
    double[] others = training.run(adamW, 6);
    for (int k = 12; k < 16; k++) {
      assertThat(x[k]).isEqualTo(others[k]);
    }
  }

  @Test
  void powers() {
    for (double base : new double[] {0, 0.5, 0.9, 0.999, 0.9999}) {
      for (long t : new long[] {1, 2, 3, 7, 100, 1000, 12_345, 10_000_000_000L}) {
        double exact = StrictMath.pow(base, t);
        assertThat(Powers.of(base, t)).isCloseTo(exact, offset(1e-16 + t * 2e-16 * exact));
        assertThat(1 - Powers.of(base, t)).isCloseTo(1 - exact, offset(1e-13));
      }
    }
  }

  /** U diag(sigma) V^T. */
  private static double[] compose(double[] u, double[] sigma, double[] v, int rows, int columns) {
    double[] a = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        for (int k = 0; k < sigma.length; k++) {
          a[i * columns + j] += u[i * rows + k] * sigma[k] * v[j * columns + k];
        }
      }
    }
    return a;
  }

  /** An orthogonal matrix, by Gram and Schmidt twice. */
  private static double[] orthogonal(RandomStream random, int n) {
    double[] q = new double[n * n];
    random.fillGaussian(q);
    for (int i = 0; i < n; i++) {
      for (int twice = 0; twice < 2; twice++) {
        for (int j = 0; j < i; j++) {
          double dot = Kernels.dot(q, i * n, q, j * n, n);
          Kernels.axpy(-dot, q, j * n, q, i * n, n);
        }
      }
      Kernels.scale(1 / Kernels.norm(q, i * n, (i + 1) * n), q, i * n, (i + 1) * n);
    }
    return q;
  }

  /** The average is a quotient by it, and lost to rounding long before it is 0. */
  @Test
  void scheduleFreeRefusesATinyMomentum() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScheduleFreeSgd.of(1).withMomentum(1e-3))
        .withMessageContaining("[0.01, 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScheduleFreeAdamW.of(1).withBetas(1e-46, 0.9))
        .withMessageContaining("1.0E-46");
  }
}
