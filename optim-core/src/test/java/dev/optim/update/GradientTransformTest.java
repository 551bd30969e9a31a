package dev.optim.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.testing.HeavyBall;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GradientTransformTest {

  private static final Parameters LAYOUT = Parameters.builder().add("a", 2).add("b", 2).build();

  /** What a fresh updater of step size 1 moves by is the gradient that reached the rule. */
  private static double[] through(double[] g, GradientTransform... transforms) {
    UpdatePlan plan = UpdatePlan.of(HeavyBall.of(1));
    for (GradientTransform transform : transforms) {
      plan = plan.withTransform(transform);
    }
    double[] before = g.clone();
    double[] x = new double[4];
    plan.doubles(LAYOUT).step(x, g);
    assertThat(g).isEqualTo(before);
    for (int i = 0; i < 4; i++) {
      x[i] = 0 - x[i];
    }
    float[] gf = {(float) g[0], (float) g[1], (float) g[2], (float) g[3]};
    float[] xf = new float[4];
    plan.floats(LAYOUT).step(xf, gf);
    for (int i = 0; i < 4; i++) {
      assertThat(-xf[i]).isCloseTo((float) x[i], Offset.offset(1e-6f));
    }
    return x;
  }

  @Test
  void byValue() {
    assertThat(through(new double[] {3, -4, 0.5, 1}, GradientTransform.clipByValue(1)))
        .containsExactly(1, -1, 0.5, 1);
  }

  @Test
  void byTheNormOfEachTensor() {
    assertThat(through(new double[] {3, -4, 0.3, 0.4}, GradientTransform.clipByNorm(1)))
        .containsExactly(new double[] {0.6, -0.8, 0.3, 0.4}, Offset.offset(1e-15));
  }

  @Test
  void byTheNormOfAll() {
    assertThat(through(new double[] {1, 1, 1, 1}, GradientTransform.clipByGlobalNorm(1)))
        .containsExactly(0.5, 0.5, 0.5, 0.5);
    assertThat(through(new double[] {0.1, 0.1, 0.1, 0.1}, GradientTransform.clipByGlobalNorm(1)))
        .containsExactly(0.1, 0.1, 0.1, 0.1);
    assertThat(through(new double[4], GradientTransform.clipByGlobalNorm(1))).containsOnly(0);
  }

  @Test
  void transformsAreAppliedInOrder() {
    double[] g = {3, -4, 0, 0};
    assertThat(
            through(g, GradientTransform.clipByGlobalNorm(1), GradientTransform.clipByValue(0.7)))
        .containsExactly(new double[] {0.6, -0.7, 0, 0}, Offset.offset(1e-15));
    assertThat(
            through(g, GradientTransform.clipByValue(0.7), GradientTransform.clipByGlobalNorm(1)))
        .containsExactly(new double[] {0.7, -0.7, 0, 0}, Offset.offset(1e-15));
  }

  @Test
  void accumulationHoldsBackAndAverages() {
    DoubleUpdater updater =
        UpdatePlan.of(HeavyBall.of(1))
            .withTransform(GradientTransform.accumulate(2))
            .doubles(LAYOUT);
    double[] x = new double[4];
    boolean[] onlyA = {true, false};

    assertThat(updater.step(x, new double[] {1, 2, 3, 4})).isEqualTo(StepOutcome.HELD);
    assertThat(x).containsOnly(0);
    assertThat(updater.applied()).isZero();
    assertThat(updater.step(x, new double[] {3, 4, 9, 9}, onlyA)).isEqualTo(StepOutcome.APPLIED);
    assertThat(x).containsExactly(-2, -3, -1.5, -2);

    updater.step(x, new double[] {0, 0, 9, 9}, onlyA);
    updater.step(x, new double[] {0, 0, 9, 9}, onlyA);
    assertThat(x[2]).isEqualTo(-1.5); // no gradient in either: left alone
    assertThat(updater.checkpoint().longs(":steps")).containsExactly(2, 1);
  }

  @Test
  void aBadGradientNeverReachesTheAccumulator() {
    DoubleUpdater updater =
        UpdatePlan.of(HeavyBall.of(1))
            .withTransform(GradientTransform.accumulate(2))
            .doubles(LAYOUT);
    double[] x = new double[4];
    updater.step(x, new double[] {1, 1, 1, 1});
    assertThat(updater.step(x, new double[] {1, Double.NaN, 1, 1})).isEqualTo(StepOutcome.SKIPPED);
    assertThat(updater.step(x, new double[] {3, 3, 3, 3})).isEqualTo(StepOutcome.APPLIED);
    assertThat(x).containsOnly(-2);
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> GradientTransform.clipByValue(0)).hasMessageContaining("bound is 0.0");
    assertThatThrownBy(() -> GradientTransform.clipByNorm(Double.NaN)).hasMessageContaining("norm");
    assertThatThrownBy(() -> GradientTransform.clipByGlobalNorm(-1)).hasMessageContaining("norm");
    assertThatThrownBy(() -> GradientTransform.accumulate(0))
        .hasMessageContaining("gradients is 0");
  }
}
