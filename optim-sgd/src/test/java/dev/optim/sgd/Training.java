package dev.optim.sgd;

import dev.optim.random.RandomStream;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.FloatUpdater;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A made-up training: a layout, a start, and a gradient for every step, the same for every rule and
 * precision. Tensors named "invariant" get gradients orthogonal to the start of each row, so that
 * projections happen; the last dimension of "layer" is orthogonal as a whole only.
 */
final class Training {

  /** Every kind of shape, all small. */
  static final Training SMALL =
      new Training(
          Parameters.builder()
              .add("conv", 4, 3, 2, 2)
              .add("invariant", 3, 40)
              .add("layer", 2, 3)
              .add("wide", 1, 6)
              .add("tall", 5, 1)
              .add("vector", 7)
              .add("scalar")
              .build(),
          1);

  /** Tensors of several chunks, and rows across their borders. */
  static final Training LARGE =
      new Training(
          Parameters.builder()
              .add("vector", 140_000)
              .add("invariant", 37, 3_989)
              .add("layer", 2, 70_001)
              .add("bias", 37)
              .build(),
          2);

  private final Parameters layout;
  private final long seed;
  private final Map<Integer, double[]> gradients = new ConcurrentHashMap<>();

  Training(Parameters layout, long seed) {
    this.layout = layout;
    this.seed = seed;
  }

  Parameters layout() {
    return layout;
  }

  double[] start() {
    double[] x = new double[layout.length()];
    fill(RandomStream.of(seed).split("start"), x);
    return x;
  }

  double[] gradient(int step) {
    return gradients.computeIfAbsent(step, this::makeGradient).clone();
  }

  private double[] makeGradient(int step) {
    double[] g = new double[layout.length()];
    fill(RandomStream.of(seed).split("gradient").split(step), g);
    double[] x = start();
    for (Parameters.Tensor tensor : layout.tensors()) {
      if (tensor.name().equals("invariant")) {
        for (int row = tensor.offset(); row < tensor.end(); row += tensor.columns()) {
          orthogonalise(g, x, row, row + tensor.columns());
        }
      } else if (tensor.name().equals("layer")) {
        orthogonalise(g, x, tensor.offset(), tensor.end());
      }
    }
    return g;
  }

  /** Bell-shaped, and exact in every digit: twice the sum of three uniform draws less 1/2. */
  private static void fill(RandomStream random, double[] a) {
    double[] uniform = new double[3 * a.length];
    random.fillUniform(uniform);
    for (int i = 0; i < a.length; i++) {
      a[i] = 2 * (uniform[3 * i] + uniform[3 * i + 1] + uniform[3 * i + 2] - 1.5);
    }
  }

  private static void orthogonalise(double[] g, double[] x, int from, int to) {
    double gx = 0;
    double xx = 0;
    for (int i = from; i < to; i++) {
      gx += g[i] * x[i];
      xx += x[i] * x[i];
    }
    for (int i = from; i < to; i++) {
      g[i] -= gx / xx * x[i];
    }
  }

  float[] floatStart() {
    return floats(start());
  }

  float[] floatGradient(int step) {
    return floats(gradient(step));
  }

  DoubleUpdater doubles(UpdateRule rule) {
    return UpdatePlan.of(rule).doubles(layout);
  }

  FloatUpdater floats(UpdateRule rule) {
    return UpdatePlan.of(rule).floats(layout);
  }

  /** The parameters after some steps in double precision. */
  double[] run(DoubleUpdater updater, int steps) {
    double[] x = start();
    for (int step = 0; step < steps; step++) {
      updater.step(x, gradient(step));
    }
    return x;
  }

  /** The parameters after some steps in single precision. */
  float[] run(FloatUpdater updater, int steps) {
    float[] x = floatStart();
    for (int step = 0; step < steps; step++) {
      updater.step(x, floatGradient(step));
    }
    return x;
  }

  static float[] floats(double[] a) {
    float[] out = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      out[i] = (float) a[i];
    }
    return out;
  }
}
