package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.optim.kernel.Kernels;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.FloatUpdater;
import dev.optim.update.GradientTransform;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AdamP and SGDP. */
class ProjectionTest {

  private static final Parameters PLANE = Parameters.builder().add("w", 1, 2).build();
  private static final double[] TARGET = {1, 0};

  @Test
  void adamPWithoutThresholdIsAdamW() {
    for (Training training : new Training[] {Training.SMALL, Training.LARGE}) {
      AdamP adamP = AdamP.of(0.01).withWeightDecay(0.1).withProjection(0, 0.1);
      AdamW adamW = AdamW.of(0.01).withWeightDecay(0.1);
      assertThat(training.run(training.doubles(adamP), 5))
          .isEqualTo(training.run(training.doubles(adamW), 5));
      assertThat(training.run(training.floats(adamP), 5))
          .isEqualTo(training.run(training.floats(adamW), 5));
    }
  }

  @Test
  void aVectorIsNeverProjected() {
    Training vector = new Training(Parameters.vector(50), 3);
    assertThat(vector.run(vector.doubles(AdamP.of(0.01)), 20))
        .isEqualTo(vector.run(vector.doubles(AdamW.of(0.01).withWeightDecay(0)), 20));
    assertThat(vector.run(vector.doubles(SgdP.of(0.01).withMomentum(0.9)), 20))
        .isEqualTo(vector.run(vector.doubles(Sgd.of(0.01).withMomentum(0.9)), 20));
  }

  @Test
  void projectedStepsAreOrthogonalToEachRow() {
    for (UpdateRule rule :
        new UpdateRule[] {
          AdamP.of(0.01).withEpsilon(1e-12),
          AdamP.of(0.01).withEpsilon(1e-12).withNesterov(true),
          SgdP.of(0.01).withMomentum(0.9).withEpsilon(1e-12)
        }) {
      Training training = Training.SMALL;
      Parameters.Tensor tensor = training.layout().tensor("invariant");
      double[] x = training.start();
      double[] before = x.clone();
      training.doubles(rule).step(x, training.gradient(0));
      for (int row = tensor.offset(); row < tensor.end(); row += tensor.columns()) {
        int end = row + tensor.columns();
        double inner = 0;
        double moved = 0;
        for (int i = row; i < end; i++) {
          inner += before[i] * (x[i] - before[i]);
          moved += (x[i] - before[i]) * (x[i] - before[i]);
        }
        assertThat(moved).isGreaterThan(1e-6);
        assertThat(inner).isCloseTo(0, offset(1e-12));
        double grown = Kernels.squaredNorm(x, row, end) - Kernels.squaredNorm(before, row, end);
        assertThat(grown).isCloseTo(moved, offset(1e-12));
      }
    }
  }

  @Test
  void aTensorThatIsOnlyOrthogonalAsAWholeIsProjectedAsAWhole() {
    Training training = Training.SMALL;
    Parameters.Tensor tensor = training.layout().tensor("layer");
    double[] x = training.start();
    double[] before = x.clone();
    training.doubles(AdamP.of(0.01).withEpsilon(1e-12)).step(x, training.gradient(0));
    double whole = 0;
    double row = 0;
    for (int i = tensor.offset(); i < tensor.end(); i++) {
      double inner = before[i] * (x[i] - before[i]);
      whole += inner;
      row += i < tensor.offset() + tensor.columns() ? inner : 0;
    }
    assertThat(whole).isCloseTo(0, offset(1e-12));
    assertThat(Math.abs(row)).isGreaterThan(1e-4);
  }

  @Test
  void decaysProjectedWeightsByTheRatio() {
    Training training = Training.SMALL;
    double[] plain = training.start();
    double[] decayed = training.start();
    training.doubles(SgdP.of(0.01)).step(plain, training.gradient(0));
    training.doubles(SgdP.of(0.01).withWeightDecay(0.5)).step(decayed, training.gradient(0));
    int projected = training.layout().tensor("invariant").offset();
    int free = training.layout().tensor("vector").offset();
    double[] start = training.start();
    assertThat(plain[projected] - decayed[projected])
        .isCloseTo(0.01 * 0.5 * 0.1 * start[projected], offset(1e-15));
    assertThat(plain[free] - decayed[free]).isCloseTo(0.01 * 0.5 * start[free], offset(1e-15));
  }

  /** The cosine is that of the gradient as the rule sees it, whatever factor it comes with. */
  @ParameterizedTest
  @ValueSource(doubles = {0.04, 0.06, 0.08, 0.12})
  void theThresholdIsAboutTheScaledGradient(double cosine) {
    double[] g = {cosine, Math.sqrt(1 - cosine * cosine)};
    boolean projected = cosine < 0.1 / Math.sqrt(2);
    for (UpdateRule rule : new UpdateRule[] {AdamP.of(0.01), SgdP.of(0.5)}) {
      UpdatePlan halved = UpdatePlan.of(rule).withTransform(GradientTransform.accumulate(2));
      DoubleUpdater doubles = halved.doubles(PLANE);
      FloatUpdater floats = halved.floats(PLANE);
      double[] x = {1, 0};
      float[] y = {1, 0};
      for (int twice = 0; twice < 2; twice++) {
        doubles.step(x, g);
        floats.step(y, Training.floats(g));
      }
      assertThat(x[0] > 1 - 1e-6).as("%s", rule).isEqualTo(projected);
      assertThat(y[0] > 1 - 1e-6).as("%s", rule).isEqualTo(projected);
    }
  }

  /** Squares that single precision does not hold. */
  @Test
  void theCosineOfALongRowOfHugeFloatsIsRight() {
    Parameters layout = Parameters.builder().add("w", 1, 500).build();
    float[] x = new float[500];
    float[] g = new float[500];
    Arrays.fill(x, 1e20f);
    Arrays.fill(g, 1);
    float[] y = x.clone();
    UpdatePlan.of(AdamP.of(1e19)).floats(layout).step(x, g);
    UpdatePlan.of(AdamW.of(1e19).withWeightDecay(0)).floats(layout).step(y, g);
    assertThat(x).isEqualTo(y).doesNotContain(1e20f);
  }

  /** A step along the weights is all radial: nothing is left of it, however large they are. */
  @ParameterizedTest
  @ValueSource(ints = {3, 40, 500})
  void theRadialPartOfHugeFloatsIsRight(int columns) {
    Parameters layout = Parameters.builder().add("w", 1, columns).build();
    float[] g = new float[columns];
    Arrays.fill(g, 1);
    for (UpdateRule rule :
        new UpdateRule[] {
          AdamP.of(1e19).withProjection(1e9, 0.1), SgdP.of(1e19).withProjection(1e9, 0.1)
        }) {
      float[] x = new float[columns];
      Arrays.fill(x, 1e20f);
      UpdatePlan.of(rule).floats(layout).step(x, g);
      for (float xi : x) {
        assertThat(xi).isCloseTo(1e20f, offset(1e15f));
      }
    }
  }

  /** A norm of half an epsilon counts as epsilon, which halves the cosine. */
  @ParameterizedTest
  @CsvSource({"0.12, true", "0.18, false"})
  void theNormsOfTheCosineAreAtLeastEpsilon(double cosine, boolean projected) {
    double norm = 5e-9;
    double[] g = {norm * cosine, norm * Math.sqrt(1 - cosine * cosine)};
    double[] x = {1, 0};
    UpdatePlan.of(AdamP.of(0.01).withEpsilon(2 * norm)).doubles(PLANE).step(x, g);
    assertThat(x[0] > 1 - 1e-6).isEqualTo(projected);
  }

  /** The authors' toy: -cos(w, w*) is invariant to the scale of w, momentum makes |w| grow. */
  @ParameterizedTest
  @CsvSource({"0.9, 2.9267", "0.95, 5.66", "0.99, 27.87", "0, 1.02"})
  void momentumMakesTheNormGrow(double momentum, double norm) {
    double[] w = start(172);
    descend(Sgd.of(0.02).withMomentum(momentum), w, 500);
    assertThat(Kernels.norm(w, 0, 2))
        .isCloseTo(norm, offset(norm == 1.02 || norm == 5.66 ? 5e-3 : 5e-5 * norm));
  }

  @ParameterizedTest
  @CsvSource({"0.9, 1.175, 46", "0.95, 1.302, 38", "0.99, 1.839, 69"})
  void projectionKeepsItSmallAndArrivesSooner(double momentum, double norm, int arrives) {
    SgdP rule = SgdP.of(0.02).withMomentum(momentum).withForm(Form.REFERENCE_CODE);
    double[] w = start(174.3);
    descend(rule, w, 500);
    assertThat(Kernels.norm(w, 0, 2)).isCloseTo(norm, offset(6e-4));

    double[] there = start(174.3);
    descend(rule, there, arrives);
    assertThat(1 - cosine(there)).isLessThan(1e-3);
    double[] short1 = start(174.3);
    descend(rule, short1, arrives - 2);
    assertThat(1 - cosine(short1)).isGreaterThan(1e-3);
  }

  /** |w+|^2 = |w|^2 + eta^2 |p|^2 + 2 eta^2 sum over k of mu^(t-k) |p_k|^2. */
  @Test
  void theNormGrowsByTheIdentity() {
    double eta = 0.02;
    double mu = 0.9;
    DoubleUpdater updater = UpdatePlan.of(Sgd.of(eta).withMomentum(mu)).doubles(PLANE);
    double[] w = start(172);
    double past = 0;
    for (int step = 0; step < 300; step++) {
      double before = Kernels.squaredNorm(w, 0, 2);
      double[] old = w.clone();
      updater.step(w, gradient(w));
      double moved = 0;
      for (int i = 0; i < 2; i++) {
        double p = (old[i] - w[i]) / eta;
        moved += p * p;
      }
      double expected = before + eta * eta * moved + 2 * eta * eta * past;
      assertThat(Kernels.squaredNorm(w, 0, 2)).isCloseTo(expected, offset(1e-13));
      past = mu * (past + moved);
    }
  }

  private static double[] start(double degrees) {
    double angle = Math.toRadians(degrees);
    return new double[] {StrictMath.cos(angle), StrictMath.sin(angle)};
  }

  private static double cosine(double[] w) {
    return Kernels.dot(w, TARGET) / Kernels.norm(w, 0, 2);
  }

  private static double[] gradient(double[] w) {
    double norm = Kernels.norm(w, 0, 2);
    double cosine = cosine(w);
    double[] g = new double[2];
    for (int i = 0; i < 2; i++) {
      g[i] = -(TARGET[i] / norm - cosine * w[i] / (norm * norm));
    }
    return g;
  }

  private static void descend(UpdateRule rule, double[] w, int steps) {
    DoubleUpdater updater = UpdatePlan.of(rule).doubles(PLANE);
    for (int i = 0; i < steps; i++) {
      updater.step(w, gradient(w));
    }
  }
}
