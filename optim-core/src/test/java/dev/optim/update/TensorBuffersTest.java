package dev.optim.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.random.RandomStream;
import dev.optim.testing.HeavyBall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Steps of tensors that lie apart make the same bits as steps of one array. */
class TensorBuffersTest {

  private static final Parameters LAYOUT =
      Parameters.builder().add("w", 3, 1001).add("scale").add("v", 5000).build();

  private static final List<UpdatePlan> PLANS =
      List.of(
          UpdatePlan.of(HeavyBall.of(0.1)),
          UpdatePlan.of(HeavyBall.of(0.1)).withThreads(2),
          UpdatePlan.of(HeavyBall.of(0.1)).withTransform(GradientTransform.clipByGlobalNorm(1)));

  @Test
  void singlePrecision() {
    for (UpdatePlan plan : PLANS) {
      FloatUpdater whole = plan.floats(LAYOUT);
      FloatUpdater apart = plan.floats(LAYOUT);
      float[] x = new float[LAYOUT.length()];
      FloatBuffer[] tensors = new FloatBuffer[3];
      for (Parameters.Tensor tensor : LAYOUT.tensors()) {
        ByteBuffer memory = ByteBuffer.allocateDirect(4 * tensor.size() + 8);
        tensors[tensor.index()] = memory.order(ByteOrder.nativeOrder()).asFloatBuffer().position(2);
      }
      for (int step = 0; step < 3; step++) {
        float[] g = new float[x.length];
        double[] noise = gaussian(step);
        for (int i = 0; i < g.length; i++) {
          g[i] = (float) noise[i];
        }
        boolean[] present = {true, step != 1, step != 2};
        @Nullable FloatBuffer[] gradients = new FloatBuffer[3];
        for (Parameters.Tensor tensor : LAYOUT.tensors()) {
          if (present[tensor.index()]) {
            gradients[tensor.index()] = FloatBuffer.wrap(g, tensor.offset(), tensor.size());
          }
        }
        assertThat(apart.step(tensors, gradients)).isEqualTo(whole.step(x, g, present));
      }
      for (Parameters.Tensor tensor : LAYOUT.tensors()) {
        FloatBuffer expected = FloatBuffer.wrap(x, tensor.offset(), tensor.size());
        assertThat(tensors[tensor.index()]).isEqualTo(expected);
      }
      assertThat(apart.checkpoint()).isEqualTo(whole.checkpoint());
    }
  }

  @Test
  void doublePrecision() {
    for (UpdatePlan plan : PLANS) {
      DoubleUpdater whole = plan.doubles(LAYOUT);
      DoubleUpdater apart = plan.doubles(LAYOUT);
      double[] x = new double[LAYOUT.length()];
      double[] y = new double[LAYOUT.length()];
      DoubleBuffer[] tensors = new DoubleBuffer[3];
      for (Parameters.Tensor tensor : LAYOUT.tensors()) {
        tensors[tensor.index()] = DoubleBuffer.wrap(y, tensor.offset(), tensor.size());
      }
      for (int step = 0; step < 3; step++) {
        double[] g = gaussian(step);
        @Nullable DoubleBuffer[] gradients = new DoubleBuffer[3];
        gradients[0] = DoubleBuffer.wrap(g, 0, 3003);
        gradients[2] = DoubleBuffer.wrap(g, 3004, 5000);
        whole.step(x, g, new boolean[] {true, false, true});
        apart.step(tensors, gradients);
      }
      assertThat(y).isEqualTo(x);
      assertThat(y[3003]).isZero();
    }
  }

  @Test
  void refusesBeforeAnythingIsWritten() {
    FloatUpdater updater = PLANS.get(0).floats(LAYOUT);
    FloatBuffer[] x = buffers();
    FloatBuffer[] g = buffers();
    g[0].put(0, 1);
    g[2] = FloatBuffer.allocate(4999);
    assertThatThrownBy(() -> updater.step(x, g)).hasMessageContaining("v has length 4999");
    g[2] = x[2];
    assertThatThrownBy(() -> updater.step(x, g)).hasMessageContaining("v and its gradient share");
    x[2] = x[2].asReadOnlyBuffer();
    assertThatThrownBy(() -> updater.step(x, g)).hasMessageContaining("v is a read-only buffer");
    assertThatThrownBy(() -> updater.step(x, new FloatBuffer[2]))
        .hasMessage("gradients has length 2, expected 3");
    assertThat(x[0].get(0)).isZero();
    assertThat(updater.applied()).isZero();
  }

  private static FloatBuffer[] buffers() {
    return new FloatBuffer[] {
      FloatBuffer.allocate(3003), FloatBuffer.allocate(1), FloatBuffer.allocate(5000)
    };
  }

  private static double[] gaussian(long seed) {
    double[] values = new double[LAYOUT.length()];
    RandomStream.of(seed).fillGaussian(values);
    return values;
  }
}
