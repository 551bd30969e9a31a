package dev.optim.kernel;

import java.util.Arrays;
import java.util.Objects;

/**
 * Update rules, or parts of them, that the compiler does not vectorise by itself, because they take
 * a sign, an exponential or sum. Provider, bits and errors are those of {@link Kernels}.
 */
public final class UpdateKernels {

  /** Where {@code adamDirection} begins to write. */
  public static final int DIRECTION = Updates.COPIES;

  private static final VectorKernels KERNELS = Providers.ACTIVE;

  private UpdateKernels() {}

  /**
   * One step of Lion over one common range. It computes {@code c = b1 m[i] + ((1 - b1) scale) g[i]}
   * and, with that, {@code m[i] = b2 m[i] + ((1 - b2) scale) g[i]} and {@code x[i] = x[i] decay -
   * step sign(c)}, where the sign of 0 is 0.
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
   * One step of Lion over one common range. It computes {@code c = b1 m[i] + ((1 - b1) scale) g[i]}
   * and, with that, {@code m[i] = b2 m[i] + ((1 - b2) scale) g[i]} and {@code x[i] = x[i] decay -
   * step sign(c)}, where the sign of 0 is 0. Coefficients are rounded to single precision once.
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
   * One step of diffGrad over one common range. With {@code g' = scale g[i] + decay x[i]} it
   * computes {@code friction = 1 + exp(-|previous[i] - g'|)} and, with that, {@code previous[i] =
   * g'}, {@code m[i] = b1 m[i] + (1 - b1) g'}, {@code v[i] = b2 v[i] + (1 - b2) g'^2} and {@code
   * x[i] -= step m[i] / (friction (sqrt(v[i]) + eps))}.
   *
   * @param x parameters, read and written
   * @param g gradient, read
   * @param m first moment, read and written
   * @param v second moment, read and written
   * @param previous the gradient of the step before, read and written
   * @param from first index
   * @param to index after the last
   * @param b1 decay of the first moment
   * @param b2 decay of the second moment
   * @param step step size
   * @param eps added to the root
   * @param decay weight decay, added to the gradient
   * @param scale factor on the gradient, 1 without scaling
   */
  public static void diffGrad(
      double[] x,
      double[] g,
      double[] m,
      double[] v,
      double[] previous,
      int from,
      int to,
      double b1,
      double b2,
      double step,
      double eps,
      double decay,
      double scale) {
    Objects.checkFromToIndex(from, to, x.length);
    Objects.checkFromToIndex(from, to, g.length);
    Objects.checkFromToIndex(from, to, m.length);
    Objects.checkFromToIndex(from, to, v.length);
    Objects.checkFromToIndex(from, to, previous.length);
    for (int i = from; i < to; i += Math.min(to - i, Kernels.CHUNK)) {
      int end = i + Math.min(to - i, Kernels.CHUNK);
      KERNELS.diffGrad(x, g, m, v, previous, i, end, b1, b2, step, eps, decay, scale);
    }
  }

  /**
   * One step of diffGrad over one common range. With {@code g' = scale g[i] + decay x[i]} it
   * computes {@code friction = 1 + exp(-|previous[i] - g'|)} and, with that, {@code previous[i] =
   * g'}, {@code m[i] = b1 m[i] + (1 - b1) g'}, {@code v[i] = b2 v[i] + (1 - b2) g'^2} and {@code
   * x[i] -= step m[i] / (friction (sqrt(v[i]) + eps))}. Coefficients are rounded to single
   * precision once.
   *
   * @param x parameters, read and written
   * @param g gradient, read
   * @param m first moment, read and written
   * @param v second moment, read and written
   * @param previous the gradient of the step before, read and written
   * @param from first index
   * @param to index after the last
   * @param b1 decay of the first moment
   * @param b2 decay of the second moment
   * @param step step size
   * @param eps added to the root
   * @param decay weight decay, added to the gradient
   * @param scale factor on the gradient, 1 without scaling
   */
  public static void diffGrad(
      float[] x,
      float[] g,
      float[] m,
      float[] v,
      float[] previous,
      int from,
      int to,
      double b1,
      double b2,
      double step,
      double eps,
      double decay,
      double scale) {
    Objects.checkFromToIndex(from, to, x.length);
    Objects.checkFromToIndex(from, to, g.length);
    Objects.checkFromToIndex(from, to, m.length);
    Objects.checkFromToIndex(from, to, v.length);
    Objects.checkFromToIndex(from, to, previous.length);
    for (int i = from; i < to; i += Math.min(to - i, Kernels.CHUNK)) {
      int end = i + Math.min(to - i, Kernels.CHUNK);
      KERNELS.diffGrad(x, g, m, v, previous, i, end, b1, b2, step, eps, decay, scale);
    }
  }

  /**
   * Adam's moments and the step before its size is corrected. With {@code g' = scale g[i]} it
   * computes {@code m[i] = b1 m[i] + (1 - b1) g'}, {@code v[i] = b2 v[i] + (1 - b2) g'^2} and
   * {@code u = n / (root sqrt(v[i]) + eps)}, where n is m[i] or, looking ahead, {@code b1 m[i] + (1
   * - b1) g'}.
   *
   * @param g gradient, read
   * @param m first moment, read and written
   * @param v second moment, read and written
   * @param from first index of g, m and v
   * @param to index after the last
   * @param u receives the step of element from at {@link #DIRECTION}, and so on; the elements
   *     before that are scratch
   * @param b1 decay of the first moment
   * @param b2 decay of the second moment
   * @param root factor on the root, which undoes its bias
   * @param eps added to the root
   * @param scale factor on the gradient, 1 without scaling
   * @param nesterov whether the step looks ahead
   */
  public static void adamDirection(
      double[] g,
      double[] m,
      double[] v,
      int from,
      int to,
      double[] u,
      double b1,
      double b2,
      double root,
      double eps,
      double scale,
      boolean nesterov) {
    Objects.checkFromToIndex(from, to, g.length);
    Objects.checkFromToIndex(from, to, m.length);
    Objects.checkFromToIndex(from, to, v.length);
    Objects.checkFromIndexSize(DIRECTION, to - from, u.length);
    for (int i = from; i < to; i += Math.min(to - i, Kernels.CHUNK)) {
      int end = i + Math.min(to - i, Kernels.CHUNK);
      int at = DIRECTION + (i - from);
      KERNELS.adamDirection(g, m, v, i, end, u, at, b1, b2, root, eps, scale, nesterov);
    }
  }

  /**
   * Adam's moments and the step before its size is corrected. With {@code g' = scale g[i]} it
   * computes {@code m[i] = b1 m[i] + (1 - b1) g'}, {@code v[i] = b2 v[i] + (1 - b2) g'^2} and
   * {@code u = n / (root sqrt(v[i]) + eps)}, where n is m[i] or, looking ahead, {@code b1 m[i] + (1
   * - b1) g'}. Coefficients are rounded to single precision once.
   *
   * @param g gradient, read
   * @param m first moment, read and written
   * @param v second moment, read and written
   * @param from first index of g, m and v
   * @param to index after the last
   * @param u receives the step of element from at {@link #DIRECTION}, and so on; the elements
   *     before that are scratch
   * @param b1 decay of the first moment
   * @param b2 decay of the second moment
   * @param root factor on the root, which undoes its bias
   * @param eps added to the root
   * @param scale factor on the gradient, 1 without scaling
   * @param nesterov whether the step looks ahead
   */
  public static void adamDirection(
      float[] g,
      float[] m,
      float[] v,
      int from,
      int to,
      float[] u,
      double b1,
      double b2,
      double root,
      double eps,
      double scale,
      boolean nesterov) {
    Objects.checkFromToIndex(from, to, g.length);
    Objects.checkFromToIndex(from, to, m.length);
    Objects.checkFromToIndex(from, to, v.length);
    Objects.checkFromIndexSize(DIRECTION, to - from, u.length);
    for (int i = from; i < to; i += Math.min(to - i, Kernels.CHUNK)) {
      int end = i + Math.min(to - i, Kernels.CHUNK);
      int at = DIRECTION + (i - from);
      KERNELS.adamDirection(g, m, v, i, end, u, at, b1, b2, root, eps, scale, nesterov);
    }
  }

  /**
   * A step less its radial part: {@code x[i] = keep x[i] - step (u[i] - radial x[i])}.
   *
   * @param x parameters, read and written
   * @param xFrom first index in x
   * @param u direction, read
   * @param uFrom first index in u
   * @param length number of elements
   * @param keep factor on the parameters, 1 without weight decay
   * @param step step size
   * @param radial what of the parameters is taken off the direction
   */
  public static void descend(
      double[] x,
      int xFrom,
      double[] u,
      int uFrom,
      int length,
      double keep,
      double step,
      double radial) {
    Objects.checkFromIndexSize(xFrom, length, x.length);
    Objects.checkFromIndexSize(uFrom, length, u.length);
    for (int i = 0; i < length; i += Math.min(length - i, Kernels.CHUNK)) {
      int n = Math.min(length - i, Kernels.CHUNK);
      KERNELS.descend(x, xFrom + i, u, uFrom + i, n, keep, step, radial);
    }
  }

  /**
   * A step less its radial part: {@code x[i] = keep x[i] - step (u[i] - radial x[i])}. Coefficients
   * are rounded to single precision once.
   *
   * @param x parameters, read and written
   * @param xFrom first index in x
   * @param u direction, read
   * @param uFrom first index in u
   * @param length number of elements
   * @param keep factor on the parameters, 1 without weight decay
   * @param step step size
   * @param radial what of the parameters is taken off the direction
   */
  public static void descend(
      float[] x,
      int xFrom,
      float[] u,
      int uFrom,
      int length,
      double keep,
      double step,
      double radial) {
    Objects.checkFromIndexSize(xFrom, length, x.length);
    Objects.checkFromIndexSize(uFrom, length, u.length);
    for (int i = 0; i < length; i += Math.min(length - i, Kernels.CHUNK)) {
      int n = Math.min(length - i, Kernels.CHUNK);
      KERNELS.descend(x, xFrom + i, u, uFrom + i, n, keep, step, radial);
    }
  }

  /**
   * The inner products of two vectors with each other and with themselves, for one read of both.
   *
   * @param x one vector
   * @param xFrom first index in x
   * @param y the other
   * @param yFrom first index in y
   * @param length number of elements
   * @param out receives the sums of {@code x y}, {@code x x} and {@code y y}
   */
  public static void products(
      double[] x, int xFrom, double[] y, int yFrom, int length, double[] out) {
    Objects.checkFromIndexSize(xFrom, length, x.length);
    Objects.checkFromIndexSize(yFrom, length, y.length);
    Arrays.fill(out, 0, 3, 0);
    for (int i = 0; i < length; i += Math.min(length - i, Kernels.CHUNK)) {
      KERNELS.addProducts(x, xFrom + i, y, yFrom + i, Math.min(length - i, Kernels.CHUNK), out);
    }
  }

  /**
   * The inner products of two vectors with each other and with themselves, for one read of both.
   * Sums are in single precision over 1024 elements, whose squares must not overflow, and in double
   * precision from there on.
   *
   * @param x one vector
   * @param xFrom first index in x
   * @param y the other
   * @param yFrom first index in y
   * @param length number of elements
   * @param out receives the sums of {@code x y}, {@code x x} and {@code y y}
   */
  public static void products(
      float[] x, int xFrom, float[] y, int yFrom, int length, double[] out) {
    Objects.checkFromIndexSize(xFrom, length, x.length);
    Objects.checkFromIndexSize(yFrom, length, y.length);
    Arrays.fill(out, 0, 3, 0);
    int block = SingleReductions.BLOCK;
    for (int i = 0; i < length; i += Math.min(length - i, block)) {
      KERNELS.addProducts(x, xFrom + i, y, yFrom + i, Math.min(length - i, block), out);
    }
  }
}
