package dev.optim.kernel;

import java.util.Objects;

/**
 * Fused steps of update rules that the compiler does not vectorise by itself, because they take a
 * sign or an elementary function. Provider, bits and errors are those of {@link Kernels}.
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
}
