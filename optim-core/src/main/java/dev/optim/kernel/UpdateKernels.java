package dev.optim.kernel;

import java.util.Objects;

/**
 * Parts of update rules that the compiler does not vectorise by itself, because they take a sign or
 * sum. Provider, bits and errors are those of {@link Kernels}.
 */
public final class UpdateKernels {

  private static final VectorKernels KERNELS = Providers.ACTIVE;

  private UpdateKernels() {}

  /**
   * One step of Lion over one common range. With {@code g' = scale g[i]} it computes, in this
   * order, {@code c = b1 m[i] + (1 - b1) g'}, {@code x[i] = x[i] decay - step sign(c)} and {@code
   * m[i] = b2 m[i] + (1 - b2) g'}, where the sign of 0 is 0.
   *
   * @param x parameters, read and written
   * @param m momentum, read and written
   * @param g gradient, read
   * @param from first index
   * @param to index after the last
   * @param b1 weight of the momentum in the sign
   * @param b2 decay of the momentum
   * @param step step size, at least 0
   * @param decay factor on the parameters, 1 without weight decay
   * @param scale factor on the gradient, 1 without scaling
   */
  public static void lion(
      double[] x,
      double[] m,
      double[] g,
      int from,
      int to,
      double b1,
      double b2,
      double step,
      double decay,
      double scale) {
    Objects.checkFromToIndex(from, to, x.length);
    Objects.checkFromToIndex(from, to, m.length);
    Objects.checkFromToIndex(from, to, g.length);
    for (int i = from; i < to; i += Math.min(to - i, Kernels.CHUNK)) {
      KERNELS.lion(x, m, g, i, i + Math.min(to - i, Kernels.CHUNK), b1, b2, step, decay, scale);
    }
  }

  /**
   * One step of Lion over one common range. With {@code g' = scale g[i]} it computes, in this
   * order, {@code c = b1 m[i] + (1 - b1) g'}, {@code x[i] = x[i] decay - step sign(c)} and {@code
   * m[i] = b2 m[i] + (1 - b2) g'}, where the sign of 0 is 0. Coefficients are rounded to single
   * precision once.
   *
   * @param x parameters, read and written
   * @param m momentum, read and written
   * @param g gradient, read
   * @param from first index
   * @param to index after the last
   * @param b1 weight of the momentum in the sign
   * @param b2 decay of the momentum
   * @param step step size, at least 0
   * @param decay factor on the parameters, 1 without weight decay
   * @param scale factor on the gradient, 1 without scaling
   */
  public static void lion(
      float[] x,
      float[] m,
      float[] g,
      int from,
      int to,
      double b1,
      double b2,
      double step,
      double decay,
      double scale) {
    Objects.checkFromToIndex(from, to, x.length);
    Objects.checkFromToIndex(from, to, m.length);
    Objects.checkFromToIndex(from, to, g.length);
    for (int i = from; i < to; i += Math.min(to - i, Kernels.CHUNK)) {
      KERNELS.lion(x, m, g, i, i + Math.min(to - i, Kernels.CHUNK), b1, b2, step, decay, scale);
    }
  }

  /**
   * The inner products of two vectors with each other and with themselves, for one read of both.
   *
   * @param x one vector
   * @param y the other
   * @param from first index
   * @param to index after the last
   * @param out receives the sums of {@code x[i] y[i]}, {@code x[i] x[i]} and {@code y[i] y[i]}
   */
  public static void products(double[] x, double[] y, int from, int to, double[] out) {
    Objects.checkFromToIndex(from, to, x.length);
    Objects.checkFromToIndex(from, to, y.length);
    Objects.checkFromToIndex(0, 3, out.length);
    out[0] = 0;
    out[1] = 0;
    out[2] = 0;
    for (int i = from; i < to; i += Math.min(to - i, Kernels.CHUNK)) {
      KERNELS.addProducts(x, y, i, i + Math.min(to - i, Kernels.CHUNK), out);
    }
  }

  /**
   * The inner products of the weights with a step of Adam and with themselves, for one read of all.
   * The step is {@code u[i] = (ofM m[i] + ofG g[i]) / (sqrt(v[i]) root + eps)}.
   *
   * @param x weights
   * @param g gradient
   * @param m first moment
   * @param v second moment
   * @param from first index
   * @param to index after the last
   * @param ofM factor on the first moment
   * @param ofG factor on the gradient
   * @param root factor on the root of the second moment
   * @param eps added to the root
   * @param out receives the sums of {@code x[i] u[i]} and {@code x[i] x[i]}
   */
  public static void stepProducts(
      double[] x,
      double[] g,
      double[] m,
      double[] v,
      int from,
      int to,
      double ofM,
      double ofG,
      double root,
      double eps,
      double[] out) {
    Objects.checkFromToIndex(from, to, x.length);
    Objects.checkFromToIndex(from, to, g.length);
    Objects.checkFromToIndex(from, to, m.length);
    Objects.checkFromToIndex(from, to, v.length);
    Objects.checkFromToIndex(0, 2, out.length);
    out[0] = 0;
    out[1] = 0;
    for (int i = from; i < to; i += Math.min(to - i, Kernels.CHUNK)) {
      int end = i + Math.min(to - i, Kernels.CHUNK);
      KERNELS.addStepProducts(x, g, m, v, i, end, ofM, ofG, root, eps, out);
    }
  }

  /**
   * The inner products of two vectors with each other and with themselves, for one read of both.
   * Sums are in single precision over 1024 elements, whose squares must not overflow, and in double
   * precision from there on.
   *
   * @param x one vector
   * @param y the other
   * @param from first index
   * @param to index after the last
   * @param out receives the sums of {@code x[i] y[i]}, {@code x[i] x[i]} and {@code y[i] y[i]}
   */
  public static void products(float[] x, float[] y, int from, int to, double[] out) {
    Objects.checkFromToIndex(from, to, x.length);
    Objects.checkFromToIndex(from, to, y.length);
    Objects.checkFromToIndex(0, 3, out.length);
    out[0] = 0;
    out[1] = 0;
    out[2] = 0;
    for (int i = from; i < to; i += Math.min(to - i, StepReductions.BLOCK)) {
      KERNELS.addProducts(x, y, i, i + Math.min(to - i, StepReductions.BLOCK), out);
    }
  }

  /**
   * The inner products of the weights with a step of Adam and with themselves, for one read of all.
   * The step is {@code u[i] = (ofM m[i] + ofG g[i]) / (sqrt(v[i]) root + eps)}. Sums are in single
   * precision over 1024 elements, whose squares must not overflow, and in double precision from
   * there on.
   *
   * @param x weights
   * @param g gradient
   * @param m first moment
   * @param v second moment
   * @param from first index
   * @param to index after the last
   * @param ofM factor on the first moment
   * @param ofG factor on the gradient
   * @param root factor on the root of the second moment
   * @param eps added to the root
   * @param out receives the sums of {@code x[i] u[i]} and {@code x[i] x[i]}
   */
  public static void stepProducts(
      float[] x,
      float[] g,
      float[] m,
      float[] v,
      int from,
      int to,
      double ofM,
      double ofG,
      double root,
      double eps,
      double[] out) {
    Objects.checkFromToIndex(from, to, x.length);
    Objects.checkFromToIndex(from, to, g.length);
    Objects.checkFromToIndex(from, to, m.length);
    Objects.checkFromToIndex(from, to, v.length);
    Objects.checkFromToIndex(0, 2, out.length);
    out[0] = 0;
    out[1] = 0;
    for (int i = from; i < to; i += Math.min(to - i, StepReductions.BLOCK)) {
      int end = i + Math.min(to - i, StepReductions.BLOCK);
      KERNELS.addStepProducts(x, g, m, v, i, end, ofM, ofG, root, eps, out);
    }
  }
}
