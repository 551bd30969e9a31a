package dev.optim.update;

import dev.optim.kernel.Kernels;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Arrays;

/** {@code float[]}. */
final class FloatElements extends Elements<float[]> {

  static final FloatElements INSTANCE = new FloatElements();

  /** About a hundred times the smallest normal number. */
  private static final float TINY = 1e-36f;

  private FloatElements() {}

  @Override
  public boolean single() {
    return true;
  }

  @Override
  public float[] allocate(int length) {
    return new float[length];
  }

  @Override
  public int length(float[] a) {
    return a.length;
  }

  @Override
  public double maxAbs(float[] a, int from, int to) {
    return Kernels.maxAbs(a, from, to);
  }

  @Override
  public double squaredNorm(float[] a, int from, int to) {
    return Kernels.squaredNorm(a, from, to);
  }

  @Override
  public void scale(double scale, float[] a, float[] out, int from, int to) {
    float s = (float) scale;
    for (int i = from; i < to; i++) {
      out[i] = s * a[i];
    }
  }

  @Override
  public void addScaled(double scale, float[] a, float[] b, float[] out, int from, int to) {
    float s = (float) scale;
    for (int i = from; i < to; i++) {
      out[i] = b[i] + s * a[i];
    }
  }

  @Override
  public void clamp(double bound, float[] a, int from, int to) {
    float b = (float) bound;
    for (int i = from; i < to; i++) {
      a[i] = Math.min(Math.max(a[i], -b), b);
    }
  }

  @Override
  public void addScaled(double scale, float[] a, int from, double[] out, int outFrom, int length) {
    for (int i = 0; i < length; i++) {
      out[outFrom + i] += scale * a[from + i];
    }
  }

  @Override
  public void narrow(double[] a, float[] out, int from, int length) {
    for (int i = 0; i < length; i++) {
      out[from + i] = (float) a[i];
    }
  }

  @Override
  float[][] allocateAll(int count, int length) {
    return new float[count][length];
  }

  @Override
  StateVectors<float[]> narrowState(int count, int length, StochasticRounding rounding) {
    return new NarrowState(new short[count][length], rounding);
  }

  @Override
  public double largest() {
    return Float.MAX_VALUE;
  }

  @Override
  void raiseAbs(float[] a, float[] most, int length) {
    for (int i = 0; i < length; i++) {
      most[i] = Math.max(Math.abs(most[i]), Math.abs(a[i]));
    }
  }

  @Override
  double largestGradient() {
    return NonFinite.LARGEST_FLOAT;
  }

  @Override
  void step(UpdateRule rule, Step step, float[] x, float[] g, float[][] state, int from, int to) {
    rule.step(step, x, g, state, from, to);
  }

  @Override
  void evaluationPoint(
      UpdateRule rule, Step step, float[] x, float[][] state, float[] out, int from, int to) {
    rule.evaluationPoint(step, x, state, out, from, to);
  }

  @Override
  void flush(float[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Math.abs(a[i]) < TINY) {
        a[i] = 0;
      } else if (Float.isInfinite(a[i])) {
        a[i] = Math.copySign(Float.MAX_VALUE, a[i]);
      }
    }
  }

  @Override
  void save(CheckpointBuilder builder, String name, float[] a, int from, Parameters.Tensor tensor) {
    builder.tensor(name, Arrays.copyOfRange(a, from, from + tensor.size()), longs(tensor.shape()));
  }

  @Override
  float[] load(Checkpoint checkpoint, String name, Parameters.Tensor tensor) {
    return checkpoint.floats(name, longs(tensor.shape()));
  }
}
