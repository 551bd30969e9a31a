package dev.optim.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import dev.optim.schedule.Schedule;
import dev.optim.state.Checkpoint;
import dev.optim.testing.HeavyBall;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps of buffers, whose state is kept in pieces, take turns with every other way to step. */
class CutStateTest {

  private record Descent(Schedule stepSize) implements UpdateRule {

    @Override
    public List<String> state() {
      return List.of();
    }

    @Override
    public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
      for (int i = from; i < to; i++) {
        x[i] -= step.stepSize() * g[i];
      }
    }

    @Override
    public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
      for (int i = from; i < to; i++) {
        x[i] -= (float) step.stepSize() * g[i];
      }
    }
  }

  /** Tensors of several units, of several pieces, of one, and one without state. */
  private static final Parameters LAYOUT =
      Parameters.builder()
          .add("units", Kernels.CHUNK + CutState.PIECE + 1)
          .add("pieces", 2, CutState.PIECE + 7)
          .add("one", 11)
          .add("stateless", CutState.PIECE + 3)
          .add("last", 2 * CutState.PIECE)
          .build();

  private static final UpdatePlan PLAN =
      UpdatePlan.of(HeavyBall.of(0.1))
          .withRule("stateless", new Descent(Schedule.constant(0.01)))
          .withThreads(2);

  private static double[] gaussian(int step) {
    double[] values = new double[LAYOUT.length()];
    RandomStream.of(1).split(step).fillGaussian(values);
    return values;
  }

  private static float[] floats(int step) {
    float[] values = new float[LAYOUT.length()];
    RandomStream.of(1).split(step).fillGaussian(values);
    return values;
  }

  private static FloatBuffer[] apart(float[] values) {
    return LAYOUT.tensors().stream()
        .map(tensor -> FloatBuffer.wrap(values, tensor.offset(), tensor.size()))
        .toArray(FloatBuffer[]::new);
  }

  @Test
  void theBitsAreThoseOfArrays() {
    FloatUpdater arrays = PLAN.floats(LAYOUT);
    FloatUpdater mixed = PLAN.floats(LAYOUT);
    float[] x = floats(-1);
    float[] y = floats(-1);
    for (int step = 0; step < 8; step++) {
      float[] g = floats(step);
      arrays.step(x, g);
      if (step % 4 == 0) {
        mixed.step(y, g);
      } else if (step % 4 == 2) {
        mixed.step(apart(y), apart(g));
      } else {
        mixed.step(FloatBuffer.wrap(y), FloatBuffer.wrap(g));
      }
      assertThat(y).as("step %d", step).isEqualTo(x);
    }
    assertThat(mixed.checkpoint()).isEqualTo(arrays.checkpoint());
  }

  @Test
  void inDoublePrecision() {
    DoubleUpdater arrays = PLAN.doubles(LAYOUT);
    DoubleUpdater mixed = PLAN.doubles(LAYOUT);
    double[] x = gaussian(-1);
    double[] y = gaussian(-1);
    for (int step = 0; step < 4; step++) {
      double[] g = gaussian(step);
      arrays.step(x, g);
      if (step % 2 == 0) {
        mixed.step(y, g);
      } else {
        mixed.step(DoubleBuffer.wrap(y), DoubleBuffer.wrap(g));
      }
    }
    assertThat(y).isEqualTo(x);
    assertThat(mixed.checkpoint()).isEqualTo(arrays.checkpoint());
  }

  /** Parameters in bfloat16 use a state that was cut between two steps of theirs. */
  @Test
  void narrowParametersGoOnWithACutState() {
    FloatUpdater plain = PLAN.floats(LAYOUT);
    FloatUpdater mixed = PLAN.floats(LAYOUT);
    short[] x = Bfloat16.nearest(floats(-1));
    short[] y = x.clone();
    float[] z = floats(-2);
    for (int step = 0; step < 4; step++) {
      float[] g = floats(step);
      if (step == 1) {
        plain.step(z.clone(), g);
        mixed.step(FloatBuffer.wrap(z), FloatBuffer.wrap(g));
      } else {
        plain.step(x, g);
        mixed.step(y, g);
      }
    }
    assertThat(y).isEqualTo(x);
    assertThat(mixed.checkpoint()).isEqualTo(plain.checkpoint());
  }

  @Test
  void aCheckpointFitsBothForms() {
    FloatUpdater updater = PLAN.floats(LAYOUT);
    float[] x = floats(-1);
    updater.step(FloatBuffer.wrap(x), FloatBuffer.wrap(floats(0)));
    Checkpoint checkpoint = updater.checkpoint();
    float[] expected = x.clone();
    updater.step(expected, floats(1));

    FloatUpdater ofArrays = PLAN.floats(LAYOUT);
    ofArrays.restore(checkpoint);
    float[] y = x.clone();
    ofArrays.step(y, floats(1));
    assertThat(y).isEqualTo(expected);

    updater.restore(checkpoint);
    float[] z = x.clone();
    updater.step(FloatBuffer.wrap(z), FloatBuffer.wrap(floats(1)));
    assertThat(z).isEqualTo(expected);

    float[] point = new float[x.length];
    updater.evaluationPoint(z, point);
    assertThat(point).isEqualTo(z);
  }
}
