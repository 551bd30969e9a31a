package dev.optim.secondorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.state.Checkpoint;
import dev.optim.testing.HeavyBall;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.Elements;
import dev.optim.update.FloatUpdater;
import dev.optim.update.GradientTransform;
import dev.optim.update.NonFinite;
import dev.optim.update.NonFiniteGradientException;
import dev.optim.update.Parameters;
import dev.optim.update.StepOutcome;
import dev.optim.update.UpdatePlan;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MfacTransformTest {

  private static final Parameters LAYOUT =
      Parameters.builder().add("weight", 4, 5).add("bias", 4).add("scale").build();
  private static final int D = 25;
  private static final MfacTransform MFAC =
      new MfacTransform(WindowSettings.of(3, 0.1).withStorage(Storage.FLOAT64), 0);

  @Test
  void multipliesTheGradientBeforeAnyRule() {
    DoubleUpdater updater = plan(MFAC).doubles(LAYOUT);
    FisherWindow window = FisherWindow.of(D, MFAC.window());
    double[] x = new double[D];
    double[] expected = new double[D];
    double[] product = new double[D];
    double[] ball = new double[D];
    for (double[] g : Samples.gradients(8, D, 1)) {
      double[] before = g.clone();
      assertThat(updater.step(x, g)).isEqualTo(StepOutcome.APPLIED);
      assertThat(g).isEqualTo(before);
      window.addAndMultiply(g, product);
      for (int i = 0; i < D; i++) {
        ball[i] = 0.9 * ball[i] + product[i];
        expected[i] -= ball[i];
      }
      assertThat(x).isEqualTo(expected);
    }
  }

  @Test
  void theDecayEntersTheWindow() {
    DoubleUpdater updater = plan(MFAC.withWeightDecay(0.5)).doubles(LAYOUT);
    FisherWindow window = FisherWindow.of(D, MFAC.window());
    double[] x = Samples.vector(D, 9);
    double[] product = new double[D];
    double[] ball = new double[D];
    for (double[] g : Samples.gradients(5, D, 1)) {
      double[] decayed = new double[D];
      double[] expected = x.clone();
      Arrays.setAll(decayed, i -> g[i] + 0.5 * x[i]);
      window.addAndMultiply(decayed, product);
      Arrays.setAll(ball, i -> 0.9 * ball[i] + product[i]);
      Arrays.setAll(expected, i -> expected[i] - ball[i]);
      updater.step(x, g);
      assertThat(x).isEqualTo(expected);
    }
  }

  @Test
  void factorsOfEarlierTransformsAreMultipliedIn() {
    double[] g = Samples.vector(D, 1);
    double[] clipped = g.clone();
    double norm = Math.sqrt(Samples.dot(g, g));
    Arrays.setAll(clipped, i -> g[i] / norm);
    double[] x = new double[D];
    double[] y = new double[D];
    UpdatePlan.of(HeavyBall.of(1))
        .withTransform(GradientTransform.clipByGlobalNorm(1))
        .withTransform(MFAC)
        .doubles(LAYOUT)
        .step(x, g);
    plan(MFAC).doubles(LAYOUT).step(y, clipped);
    assertThat(Samples.deviation(x, y)).isLessThan(1e-15);
  }

  @Test
  void aTensorWithoutAGradientCountsAsZeroAndStays() {
    double[] g = Samples.vector(D, 1);
    double[] zeroed = g.clone();
    Arrays.fill(zeroed, 20, 24, 0);
    Arrays.fill(g, 20, 24, Double.NaN);
    double[] x = new double[D];
    double[] y = new double[D];
    boolean[] present = {true, false, true};
    MfacTransform decayed = MFAC.withWeightDecay(0.1);
    Arrays.fill(x, 20, 24, 3);
    plan(decayed).doubles(LAYOUT).step(x, g, present);
    plan(decayed).doubles(LAYOUT).step(y, zeroed);
    assertThat(Arrays.copyOfRange(x, 20, 24)).containsOnly(3);
    assertThat(Arrays.copyOf(x, 20)).isEqualTo(Arrays.copyOf(y, 20));
    assertThat(x[24]).isEqualTo(y[24]);
  }

  @Test
  void singlePrecisionFollowsDouble() {
    FloatUpdater floats = plan(MFAC).floats(LAYOUT);
    DoubleUpdater doubles = plan(MFAC).doubles(LAYOUT);
    float[] x = new float[D];
    double[] y = new double[D];
    for (double[] g : Samples.gradients(8, D, 1)) {
      float[] single = new float[D];
      for (int i = 0; i < D; i++) {
        single[i] = (float) g[i];
      }
      floats.step(x, single);
      doubles.step(y, g);
    }
    for (int i = 0; i < D; i++) {
      assertThat((double) x[i]).isCloseTo(y[i], Offset.offset(1e-5));
    }
  }

  @Test
  void buffersGiveTheBitsOfArrays() {
    DoubleUpdater arrays = plan(MFAC).doubles(LAYOUT);
    DoubleUpdater buffers = plan(MFAC).doubles(LAYOUT);
    double[] x = new double[D];
    double[] y = new double[D];
    for (double[] g : Samples.gradients(5, D, 1)) {
      arrays.step(x, g);
      buffers.step(DoubleBuffer.wrap(y), DoubleBuffer.wrap(g));
      assertThat(y).isEqualTo(x);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void givesTheSameBitsOnAnyNumberOfThreads(int threads) {
    Parameters layout = Parameters.builder().add("a", 30_000).add("b", 10_001).build();
    MfacTransform transform = MfacTransform.of(3, 1e-3).withWeightDecay(1e-3);
    FloatUpdater one = plan(transform).floats(layout);
    FloatUpdater several = plan(transform).withThreads(threads).floats(layout);
    float[] x = new float[40_001];
    float[] y = new float[40_001];
    for (double[] g : Samples.gradients(5, 40_001, 1)) {
      float[] single = new float[40_001];
      for (int i = 0; i < single.length; i++) {
        single[i] = (float) g[i];
      }
      one.step(x, single);
      several.step(y, single);
      assertThat(y).isEqualTo(x);
    }
  }

  @ParameterizedTest
  @EnumSource(Storage.class)
  void goesOnFromACheckpointBitForBit(Storage storage) {
    MfacTransform transform = new MfacTransform(WindowSettings.of(3, 0.1).withStorage(storage), 0);
    double[][] g = Samples.gradients(20, D, 1);
    DoubleUpdater original = plan(transform).doubles(LAYOUT);
    double[] x = new double[D];
    for (int k = 0; k < 8; k++) {
      original.step(x, g[k]);
    }
    DoubleUpdater resumed = plan(transform).doubles(LAYOUT);
    resumed.restore(original.checkpoint());
    double[] y = x.clone();
    for (int k = 8; k < 20; k++) {
      original.step(x, g[k]);
      resumed.step(y, g[k]);
      assertThat(y).isEqualTo(x);
    }
    assertThatThrownBy(
            () -> plan(MfacTransform.of(4, 0.1)).doubles(LAYOUT).restore(original.checkpoint()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBadGradientIsSkippedAndTheWindowKept() {
    double[][] g = Samples.gradients(6, D, 1);
    DoubleUpdater trusting = plan(MFAC).withNonFinite(NonFinite.TRUST).doubles(LAYOUT);
    DoubleUpdater clean = plan(MFAC).doubles(LAYOUT);
    double[] x = new double[D];
    double[] y = new double[D];
    for (double[] gradient : g) {
      double[] bad = gradient.clone();
      bad[7] = Double.NaN;
      assertThat(trusting.step(x, bad)).isEqualTo(StepOutcome.SKIPPED);
      trusting.step(x, gradient);
      clean.step(y, gradient);
      assertThat(x).isEqualTo(y);
    }
    assertThat(trusting.skipped()).isEqualTo(6);
  }

  /** Refused steps, before the window is full, when it is, and when its columns are moved. */
  @ParameterizedTest
  @CsvSource({"1, WINDOW", "3, WINDOW", "1, COUNT", "3, COUNT", "4, COUNT"})
  void aStepRefusedBehindItLeavesTheWindow(int m, Divisor divisor) {
    WindowSettings settings =
        WindowSettings.of(m, 0.1).withStorage(Storage.FLOAT64).withDivisor(divisor);
    MfacTransform transform = new MfacTransform(settings, 0);
    Refusing never = new Refusing();
    Refusing often = new Refusing();
    DoubleUpdater clean = plan(transform).withTransform(never).doubles(LAYOUT);
    UpdatePlan plan = plan(transform).withTransform(often);
    DoubleUpdater updater = plan.doubles(LAYOUT);
    double[] x = new double[D];
    double[] y = new double[D];
    double[][] others = Samples.gradients(2, D, 2);
    for (double[] gradient : Samples.gradients(5 * m + 2, D, 1)) {
      Checkpoint before = updater.checkpoint();
      often.skips = true;
      assertThat(updater.step(x, others[0])).isEqualTo(StepOutcome.SKIPPED);
      assertThat(updater.step(x, others[1])).isEqualTo(StepOutcome.SKIPPED);
      often.skips = false;
      often.fails = true;
      assertThatThrownBy(() -> updater.step(x, others[0])).hasMessage("fails");
      often.fails = false;
      assertThat(updater.checkpoint().part("transform.0.")).isEqualTo(before.part("transform.0."));
      updater.step(x, gradient);
      clean.step(y, gradient);
      assertThat(x).isEqualTo(y);
    }
  }

  @Test
  void aRestoredWindowIsNotTakenBack() {
    Refusing refusing = new Refusing();
    double[][] g = Samples.gradients(8, D, 1);
    DoubleUpdater updater = plan(MFAC).withTransform(refusing).doubles(LAYOUT);
    double[] x = new double[D];
    for (int k = 0; k < 5; k++) {
      updater.step(x, g[k]);
    }
    Checkpoint saved = updater.checkpoint();
    double[] y = x.clone();
    updater.step(x, g[5]);
    refusing.skips = true;
    updater.step(x.clone(), g[6]);
    refusing.skips = false;
    updater.restore(saved);
    updater.step(y, g[5]);
    assertThat(y).isEqualTo(x);
  }

  @Test
  void aStepHeldBackBehindItKeepsItsGradient() {
    DoubleUpdater updater =
        plan(MFAC).withTransform(GradientTransform.accumulate(2)).doubles(LAYOUT);
    FisherWindow window = FisherWindow.of(D, MFAC.window());
    double[][] g = Samples.gradients(2, D, 1);
    double[] x = new double[D];
    double[] first = new double[D];
    double[] second = new double[D];
    assertThat(updater.step(x, g[0])).isEqualTo(StepOutcome.HELD);
    updater.step(x, g[1]);
    window.addAndMultiply(g[0], first);
    window.addAndMultiply(g[1], second);
    Arrays.setAll(first, i -> -(first[i] + second[i]) / 2);
    assertThat(Samples.deviation(x, first)).isLessThan(1e-14);
  }

  @Test
  void aProductBeyondSinglePrecisionIsRefused() {
    MfacTransform transform = MfacTransform.of(3, 1e-30);
    FloatUpdater updater =
        plan(transform).withNonFinite(NonFinite.FAIL).floats(Parameters.vector(2));
    float[] x = {1, 2};
    assertThatThrownBy(() -> updater.step(x, new float[] {1e10f, 0}))
        .isInstanceOf(NonFiniteGradientException.class)
        .hasMessageContaining("refused by MfacTransform");
    assertThat(x).containsExactly(1, 2);
  }

  @Test
  void aDecayOfAHugePointIsRefused() {
    DoubleUpdater updater = plan(MFAC.withWeightDecay(1)).doubles(Parameters.vector(2));
    double[] x = {1e200, 1};
    assertThat(updater.step(x, new double[] {1, 1})).isEqualTo(StepOutcome.SKIPPED);
    assertThat(x).containsExactly(1e200, 1);
  }

  @Test
  void refusesWrongArguments() {
    assertThatThrownBy(() -> MFAC.withWeightDecay(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weightDecay is -1.0, must be a finite number >= 0");
    assertThatThrownBy(() -> new MfacTransform(null, 0))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("window");
    assertThatThrownBy(() -> plan(MfacTransform.of(1024, 1)).floats(Parameters.vector(10_000_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes 41,037,748,736 bytes");
  }

  private static final class Refusing implements GradientTransform {

    private boolean skips;
    private boolean fails;

    @Override
    public <A> Live<A> begin(Parameters parameters, Elements<A> elements) {
      return flow -> {
        if (fails) {
          throw new IllegalStateException("fails");
        }
        if (skips) {
          flow.skip();
        }
      };
    }

    @Override
    public String toString() {
      return "refusing";
    }
  }

  private static UpdatePlan plan(GradientTransform transform) {
    return UpdatePlan.of(HeavyBall.of(1)).withTransform(transform);
  }
}
