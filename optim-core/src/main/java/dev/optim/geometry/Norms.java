package dev.optim.geometry;

/**
 * Sums in a fixed pairwise order: the rounding error is at most about 44 half-ulps of the sum of
 * sizes for any length, and independent additions overlap.
 */
final class Norms {

  /**
   * What a sum may miss its target by, relative to the sum of its terms' sizes, and still count as
   * equal: twice the rounding error of the sum and of rounded terms.
   */
  static final double ROUNDING = 0x1p-46;

  private static final int BLOCK = 64;

  private Norms() {}

  /** The Euclidean norm without spurious overflow or underflow. */
  static double l2(double[] x) {
    return l2(x, 0);
  }

  /** The Euclidean norm of the coordinates from an index on. */
  static double l2(double[] x, int from) {
    double scale = scale(x, from);
    return l2(x, from, scale) / scale;
  }

  /** The Euclidean norm of {@code scale * x} from an index on, with {@link #scale}. */
  static double l2(double[] x, int from, double scale) {
    return Math.sqrt(squares(x, scale, from, x.length));
  }

  /** A power of two that brings the largest size where its square neither over- nor underflows. */
  static double scale(double[] x, int from) {
    double max = 0;
    for (int i = from; i < x.length; i++) {
      max = Math.max(max, Math.abs(x[i]));
    }
    return max > 0x1p450 ? 0x1p-600 : max < 0x1p-450 ? 0x1p600 : 1;
  }

  static double l1(double[] x) {
    return l1(x, 0, x.length);
  }

  static double dot(double[] a, double[] b) {
    return dot(a, b, 0, a.length);
  }

  /** The sum of {@code |a[i] b[i]|}. */
  static double absoluteDot(double[] a, double[] b) {
    return absoluteDot(a, b, 0, a.length);
  }

  private static double squares(double[] x, double scale, int from, int to) {
    if (to - from > BLOCK) {
      int middle = (from + to) >>> 1;
      return squares(x, scale, from, middle) + squares(x, scale, middle, to);
    }
    double even = 0;
    double odd = 0;
    int i = from;
    for (; i + 1 < to; i += 2) {
      double u = scale * x[i];
      double v = scale * x[i + 1];
      even += u * u;
      odd += v * v;
    }
    if (i < to) {
      double u = scale * x[i];
      even += u * u;
    }
    return even + odd;
  }

  private static double l1(double[] x, int from, int to) {
    if (to - from > BLOCK) {
      int middle = (from + to) >>> 1;
      return l1(x, from, middle) + l1(x, middle, to);
    }
    double even = 0;
    double odd = 0;
    int i = from;
    for (; i + 1 < to; i += 2) {
      even += Math.abs(x[i]);
      odd += Math.abs(x[i + 1]);
    }
    return i < to ? even + Math.abs(x[i]) + odd : even + odd;
  }

  private static double dot(double[] a, double[] b, int from, int to) {
    if (to - from > BLOCK) {
      int middle = (from + to) >>> 1;
      return dot(a, b, from, middle) + dot(a, b, middle, to);
    }
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < to; i++) {
      s0 += a[i] * b[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static double absoluteDot(double[] a, double[] b, int from, int to) {
    if (to - from > BLOCK) {
      int middle = (from + to) >>> 1;
      return absoluteDot(a, b, from, middle) + absoluteDot(a, b, middle, to);
    }
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      s0 += Math.abs(a[i] * b[i]);
      s1 += Math.abs(a[i + 1] * b[i + 1]);
      s2 += Math.abs(a[i + 2] * b[i + 2]);
      s3 += Math.abs(a[i + 3] * b[i + 3]);
    }
    for (; i < to; i++) {
      s0 += Math.abs(a[i] * b[i]);
    }
    return (s0 + s1) + (s2 + s3);
  }
}
