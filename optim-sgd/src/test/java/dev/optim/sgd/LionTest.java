package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.optim.random.RandomStream;
import dev.optim.schedule.Schedule;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.NonFinite;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LionTest {

  @Test
  void everyCoordinateMovesByTheStepSize() {
    Training training = Training.SMALL;
    DoubleUpdater updater = training.doubles(Lion.of(0.01));
    for (int step = 0; step < 10; step++) {
      double[] x = new double[training.layout().length()];
      updater.step(x, training.gradient(step));
      for (double value : x) {
        assertThat(Math.abs(value)).isEqualTo(0.01);
      }
    }
  }

  @Test
  void theSizeOfTheGradientDoesNotMatter() {
    Training training = Training.SMALL;
    double[] x = training.run(training.doubles(Lion.of(0.01).withWeightDecay(1)), 20);
    for (double factor : new double[] {0x1p-40, 0.5, 8, 0x1p60}) {
      DoubleUpdater updater = training.doubles(Lion.of(0.01).withWeightDecay(1));
      double[] y = training.start();
      for (int step = 0; step < 20; step++) {
        double[] g = training.gradient(step);
        multiply(factor, g);
        updater.step(y, g);
      }
      assertThat(y).isEqualTo(x);
    }
  }

  private static void multiply(double factor, double[] g) {
    for (int i = 0; i < g.length; i++) {
      g[i] *= factor;
    }
  }

  /** The excess over 1/weightDecay shrinks by 1 - stepSize weightDecay, whatever the gradient. */
  @Test
  void weightDecayIsABoxThatContracts() {
    double wd = 2;
    double lr = 0.05;
    int n = 200;
    RandomStream random = RandomStream.of(5);
    DoubleUpdater updater =
        UpdatePlan.of(Lion.of(lr).withWeightDecay(wd)).doubles(Parameters.vector(n));
    double[] x = new double[n];
    random.fillGaussian(x);
    double[] g = new double[n];
    double[] h = new double[n];
    for (int step = 0; step < 300; step++) {
      double before = excess(x, wd);
      random.fillGaussian(g);
      random.fillGaussian(h);
      for (int i = 0; i < n; i++) {
        g[i] = g[i] / h[i] * (step % 2 == 0 ? 1e8 : 1e-8);
      }
      updater.step(x, g);
      assertThat(excess(x, wd)).isLessThanOrEqualTo((1 - lr * wd) * before + 1e-14);
    }
    assertThat(excess(x, wd)).isLessThan(1e-12);
  }

  private static double excess(double[] x, double wd) {
    double excess = 0;
    for (double value : x) {
      excess = Math.max(excess, Math.abs(value) - 1 / wd);
    }
    return excess;
  }

  /** min 1/2 |x - c|^2 subject to |x| <= 1/weightDecay. */
  @Test
  void convergesToTheConstrainedMinimum() {
    double[] c = {3, -3, 0.2, -0.1};
    double[] solution = {1, -1, 0.2, -0.1};
    for (double lr : new double[] {0.01, 0.001}) {
      double[] x = minimise(c, Schedule.constant(lr), 20_000);
      for (int i = 0; i < x.length; i++) {
        assertThat(x[i]).isCloseTo(solution[i], offset(1.2 * lr));
      }
    }
    double[] x = minimise(c, Schedule.polynomial(0.1, 0, 2, 20_000), 20_000);
    for (int i = 0; i < x.length; i++) {
      assertThat(x[i]).isCloseTo(solution[i], offset(1e-8));
    }
  }

  private static double[] minimise(double[] c, Schedule stepSize, int steps) {
    Lion lion = Lion.defaults().withStepSize(stepSize).withWeightDecay(1);
    DoubleUpdater updater = UpdatePlan.of(lion).doubles(Parameters.vector(c.length));
    double[] x = new double[c.length];
    double[] g = new double[c.length];
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < c.length; i++) {
        g[i] = x[i] - c[i];
      }
      updater.step(x, g);
    }
    return x;
  }

  @Test
  void theOrderOfCoordinatesDoesNotMatter() {
    Training training = new Training(Parameters.vector(1000), 9);
    int[] order = RandomStream.of(4).permutation(1000);
    DoubleUpdater updater = training.doubles(Lion.of(0.01));
    DoubleUpdater shuffled = training.doubles(Lion.of(0.01));
    double[] x = training.start();
    double[] y = permute(x, order);
    for (int step = 0; step < 10; step++) {
      updater.step(x, training.gradient(step));
      shuffled.step(y, permute(training.gradient(step), order));
    }
    assertThat(y).isEqualTo(permute(x, order));
  }

  private static double[] permute(double[] a, int[] order) {
    double[] out = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      out[i] = a[order[i]];
    }
    return out;
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.MIN_VALUE, 1e-300, 1e-45, 1, 1e38, 1e300, Double.MAX_VALUE})
  void signs(double value) {
    assertThat(Signs.of(value)).isEqualTo(1);
    assertThat(Signs.of(-value)).isEqualTo(-1);
    assertThat(Signs.positive(value)).isEqualTo(1);
    assertThat(Signs.positive(-value)).isZero();
    assertThat(Signs.of(0.0 * value)).isZero();
    assertThat(Signs.of(Double.NaN)).isNaN();
    assertThat(Signs.count(1.0) - Signs.count(0.0)).isEqualTo(1);
    float single = Math.min(Float.MAX_VALUE, Math.max(Float.MIN_VALUE, (float) value));
    assertThat(Signs.of(single)).isEqualTo(1);
    assertThat(Signs.of(-single)).isEqualTo(-1);
    assertThat(Signs.positive(single)).isEqualTo(1);
    assertThat(Signs.positive(-single)).isZero();
    assertThat(Signs.of(0f)).isZero();
    assertThat(Signs.of(Float.NaN)).isNaN();
    assertThat(Signs.count(1f) - Signs.count(0f)).isEqualTo(1);
  }

  @Test
  void aFactorOfOneIsNotCautious() {
    Training training = Training.SMALL;
    assertThat(training.run(training.doubles(Lion.of(0.01).withCautiousFactor(1)), 5))
        .isEqualTo(training.run(training.doubles(Lion.of(0.01)), 5));
    double[] nearlyOne =
        training.run(training.doubles(Lion.of(0.01).withCautiousFactor(1 - 1e-12)), 5);
    double[] x = training.run(training.doubles(Lion.of(0.01)), 5);
    for (int i = 0; i < x.length; i++) {
      assertThat(nearlyOne[i]).isCloseTo(x[i], offset(1e-12));
    }
  }

  /** Trusted gradients only: the other policies refuse the step. */
  @Test
  void aNanStaysInItsCoordinateOfACautiousStep() {
    int n = 3000;
    double[] x = new double[n];
    double[] g = new double[n];
    RandomStream.of(5).fillGaussian(g, 0, n);
    DoubleUpdater clean = trustingCautious(n);
    clean.step(x, g);
    double[] bad = g.clone();
    bad[17] = Double.NaN;
    double[] y = new double[n];
    trustingCautious(n).step(y, bad);

    assertThat(y[17]).isNaN();
    for (int i = 0; i < n; i++) {
      if (i != 17) {
        assertThat(y[i]).isCloseTo(x[i], offset(1e-6));
      }
    }
  }

  private static DoubleUpdater trustingCautious(int n) {
    return UpdatePlan.of(Lion.of(1e-3).withCautiousFactor(0.5))
        .withNonFinite(NonFinite.TRUST)
        .doubles(Parameters.vector(n));
  }
}
