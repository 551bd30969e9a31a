package dev.optim.update;

import dev.optim.kernel.Kernels;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Arrays;

/** {@code double[]}. */
final class DoubleElements extends Elements<double[]> {

  static final DoubleElements INSTANCE = new DoubleElements();

  /** From here a factor of 0.9 a step takes more than a hundred steps to the denormal numbers. */
  private static final double TINY = 1e-290;

  private DoubleElements() {}

  @Override
  public boolean single() {
    return false;
  }

  @Override
  public double[] allocate(int length) {
    return new double[length];
  }

  @Override
  public int length(double[] a) {
    return a.length;
  }

  @Override
  public double maxAbs(double[] a, int from, int to) {
    return Kernels.maxAbs(a, from, to);
  }

  @Override
  public double squaredNorm(double[] a, int from, int to) {
    return Kernels.squaredNorm(a, from, to);
  }

  @Override
  public void scale(double scale, double[] a, double[] out, int from, int to) {
    double s = scale;
    for (int i = from; i < to; i++) {
      out[i] = s * a[i];
    }
  }

  @Override
  public void addScaled(double scale, double[] a, double[] b, double[] out, int from, int to) {
    double s = scale;
    for (int i = from; i < to; i++) {
      out[i] = b[i] + s * a[i];
    }
  }

  @Override
  public void clamp(double bound, double[] a, int from, int to) {
    double b = bound;
    for (int i = from; i < to; i++) {
      a[i] = Math.min(Math.max(a[i], -b), b);
    }
  }

  @Override
  public void addScaled(double scale, double[] a, int from, double[] out, int outFrom, int length) {
    for (int i = 0; i < length; i++) {
      out[outFrom + i] += scale * a[from + i];
    }
  }

  @Override
  public void narrow(double[] a, double[] out, int from, int length) {
    System.arraycopy(a, 0, out, from, length);
  }

  @Override
  double[][] allocateAll(int count, int length) {
    return new double[count][length];
  }

  @Override
  StateVectors<double[]> narrowState(int count, int length, StochasticRounding rounding) {
    throw new IllegalArgumentException(
        "the plan keeps its state in bfloat16, which is for parameters in single precision");
  }

  @Override
  public double largest() {
    return Double.MAX_VALUE;
  }

  @Override
  void raiseAbs(double[] a, double[] most, int length) {
    for (int i = 0; i < length; i++) {
      most[i] = Math.max(Math.abs(most[i]), Math.abs(a[i]));
    }
  }

  @Override
  double largestGradient() {
    return NonFinite.LARGEST_DOUBLE;
  }

  @Override
  void step(
      UpdateRule rule, Step step, double[] x, double[] g, double[][] state, int from, int to) {
    rule.step(step, x, g, state, from, to);
  }

  @Override
  void evaluationPoint(
      UpdateRule rule, Step step, double[] x, double[][] state, double[] out, int from, int to) {
    rule.evaluationPoint(step, x, state, out, from, to);
  }

  @Override
  void flush(double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Math.abs(a[i]) < TINY) {
        a[i] = 0;
      } else if (Double.isInfinite(a[i])) {
        a[i] = Math.copySign(Double.MAX_VALUE, a[i]);
      }
    }
  }

  @Override
  void save(
      CheckpointBuilder builder, String name, double[] a, int from, Parameters.Tensor tensor) {
    builder.tensor(name, Arrays.copyOfRange(a, from, from + tensor.size()), longs(tensor.shape()));
  }

  @Override
  double[] load(Checkpoint checkpoint, String name, Parameters.Tensor tensor) {
    return checkpoint.doubles(name, longs(tensor.shape()));
  }
}
