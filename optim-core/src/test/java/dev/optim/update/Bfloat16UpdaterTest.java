package dev.optim.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import dev.optim.state.DType;
import dev.optim.testing.HeavyBall;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Bfloat16UpdaterTest {

  private static final HeavyBall RULE = HeavyBall.of(0.01);

  /** Tensors that begin and end inside groups of random words, blocks and chunks. */
  private static final Parameters LAYOUT =
      Parameters.builder().add("a", 3, 1001).add("b", 70_001).add("c", 5).build();

  private static final int N = LAYOUT.length();
  private static final UpdatePlan PLAN = UpdatePlan.of(RULE).withBfloat16State();

  private static float[] gradient(int step) {
    float[] values = new float[N];
    RandomStream.of(3).split(step).fillGaussian(values);
    return values;
  }

  private static short[] start() {
    return Bfloat16.nearest(gradient(-1));
  }

  private static short[] run(FloatUpdater updater, short[] x, int from, int to) {
    for (int step = from; step < to; step++) {
      assertThat(updater.step(x, gradient(step))).isEqualTo(StepOutcome.APPLIED);
    }
    return x;
  }

  @Test
  void theSeedDecidesAndNothingElse() {
    short[] x = run(PLAN.floats(LAYOUT), start(), 0, 4);
    for (int threads : new int[] {2, 3, 8}) {
      assertThat(run(PLAN.withThreads(threads).floats(LAYOUT), start(), 0, 4)).isEqualTo(x);
    }
    assertThat(run(PLAN.withRoundingSeed(1).floats(LAYOUT), start(), 0, 4)).isNotEqualTo(x);
  }

  /** What a rule sees at once does not matter to rules that move each element by itself. */
  @Test
  void blocksDoNotMatter() {
    short[] x = run(PLAN.floats(LAYOUT), start(), 0, 4);
    for (UpdateRule.Scope scope : UpdateRule.Scope.values()) {
      UpdatePlan plan = UpdatePlan.of(new HeavyBall(RULE.stepSize(), scope)).withBfloat16State();
      assertThat(run(plan.floats(LAYOUT), start(), 0, 4)).isEqualTo(x);
    }
  }

  /** NaN takes another path through the rounding, and its neighbours with it. */
  @Test
  void aNeighbourThatIsNoNumberDoesNotMatter() {
    short[] x = run(PLAN.floats(LAYOUT), start(), 0, 2);
    short[] y = start();
    for (int i = 0; i < N; i += 3) {
      y[i] = 0x7fc0;
    }
    FloatUpdater updater = PLAN.floats(LAYOUT);
    for (int step = 0; step < 2; step++) {
      float[] g = gradient(step);
      for (int i = 0; i < N; i += 3) {
        g[i] = 0;
      }
      updater.step(y, g);
    }
    for (int i = 0; i < N; i++) {
      assertThat(y[i]).isEqualTo(i % 3 == 0 ? (short) 0x7fc0 : x[i]);
    }
  }

  /** Between the largest bfloat16 number and the largest float. */
  @Test
  void aFiniteParameterStaysFinite() {
    short[] x = new short[100];
    Arrays.fill(x, (short) 0x7f7f);
    short[] before = x.clone();
    float[] g = new float[x.length];
    Arrays.fill(g, -1e16f);
    FloatUpdater updater = UpdatePlan.of(HeavyBall.of(1e20)).floats(Parameters.vector(x.length));
    assertThat(updater.step(x, g)).isEqualTo(StepOutcome.APPLIED);
    assertThat(x).isEqualTo(before);
  }

  @Test
  void aCheckpointGoesOnBitForBit() {
    FloatUpdater uninterrupted = PLAN.floats(LAYOUT);
    short[] expected = run(uninterrupted, start(), 0, 6);
    FloatUpdater first = PLAN.floats(LAYOUT);
    short[] x = run(first, start(), 0, 3);
    Checkpoint saved = first.checkpoint();
    assertThat(saved.dtype("b/momentum")).isEqualTo(DType.BF16);
    FloatUpdater second = PLAN.floats(LAYOUT);
    second.restore(saved);
    assertThat(run(second, x, 3, 6)).isEqualTo(expected);
    assertThat(second.checkpoint()).isEqualTo(uninterrupted.checkpoint());
  }

  @Test
  void anotherStorageOrSeedIsAnotherPlan() {
    Checkpoint saved = PLAN.floats(LAYOUT).checkpoint();
    for (UpdatePlan other : new UpdatePlan[] {UpdatePlan.of(RULE), PLAN.withRoundingSeed(1)}) {
      assertThatThrownBy(() -> other.floats(LAYOUT).restore(saved))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> UpdatePlan.of(RULE).floats(LAYOUT).restoreState(saved))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PLAN.doubles(LAYOUT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bfloat16");
  }

  @Test
  void stateAloneLeavesTheParametersAsTheyAre() {
    float[] x = gradient(-1);
    float[] y = x.clone();
    FloatBuffer z = FloatBuffer.wrap(x.clone());
    FloatUpdater narrow = PLAN.floats(LAYOUT);
    FloatUpdater buffers = PLAN.floats(LAYOUT);
    FloatUpdater wide = UpdatePlan.of(RULE).floats(LAYOUT);
    narrow.step(x, gradient(0));
    buffers.step(z, FloatBuffer.wrap(gradient(0)));
    wide.step(y, gradient(0));
    assertThat(x).isEqualTo(y); // the first step is made before anything is rounded
    for (int step = 1; step < 4; step++) {
      narrow.step(x, gradient(step));
      buffers.step(z, FloatBuffer.wrap(gradient(step)));
      wide.step(y, gradient(step));
    }
    assertThat(z.array()).isEqualTo(x);
    double worst = 0;
    for (int i = 0; i < N; i++) {
      worst = Math.max(worst, Math.abs(x[i] - y[i]));
    }
    assertThat(worst).isBetween(1e-6, 2e-3);
  }

  /** Momentum that settles at 1 in steps too small for plain rounding. */
  @Test
  void anAverageInTheStateArrives() {
    Parameters layout = Parameters.vector(20_000);
    FloatUpdater updater = UpdatePlan.of(RULE).withBfloat16State().floats(layout);
    float[] x = new float[layout.length()];
    float[] g = new float[layout.length()];
    Arrays.fill(g, 1);
    for (int step = 0; step < 200; step++) {
      updater.step(x, g);
    }
    double mean = 0;
    for (short bits : updater.checkpoint().bfloat16s("x/momentum")) {
      mean += Bfloat16.toFloat(bits) / layout.length();
    }
    assertThat(mean).isBetween(9.99, 10.01);
  }

  @Test
  void aTransformSeesTheParameters() {
    float[] seen = new float[N];
    GradientTransform look =
        new GradientTransform() {
          @Override
          public <A> Live<A> begin(Parameters parameters, Elements<A> elements) {
            return flow -> System.arraycopy(flow.parameters(), 0, seen, 0, N);
          }
        };
    short[] x = start();
    short[] before = x.clone();
    UpdatePlan.of(RULE).withTransform(look).floats(LAYOUT).step(x, gradient(0));
    assertThat(Bfloat16.nearest(seen)).isEqualTo(before).isNotEqualTo(x);
  }

  @Test
  void tensorsWithoutGradientAndBadGradientsStay() {
    FloatUpdater updater = PLAN.floats(LAYOUT);
    short[] x = run(updater, start(), 0, 2);
    short[] before = x.clone();
    float[] bad = gradient(2);
    bad[N - 1] = Float.NaN;
    Checkpoint state = updater.checkpoint();
    assertThat(updater.step(x, bad)).isEqualTo(StepOutcome.SKIPPED);
    assertThat(x).isEqualTo(before);
    assertThat(updater.checkpoint().bfloat16s("b/momentum"))
        .isEqualTo(state.bfloat16s("b/momentum"));

    updater.step(x, bad, new boolean[] {true, false, false});
    Parameters.Tensor moved = LAYOUT.tensor("a");
    for (int i = moved.end(); i < N; i++) {
      assertThat(x[i]).isEqualTo(before[i]);
    }
    assertThat(x).isNotEqualTo(before);
  }

  @Test
  void refusals() {
    FloatUpdater updater = PLAN.floats(LAYOUT);
    assertThatThrownBy(() -> updater.step(new short[3], new float[N]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameters");
    assertThatThrownBy(() -> updater.step(new short[N], new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gradient");
    assertThatThrownBy(() -> updater.evaluationPoint(new short[3], new float[N]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameters");
    float[] out = new float[N];
    updater.evaluationPoint(start(), out);
    assertThat(Bfloat16.nearest(out)).isEqualTo(start());
  }
}
