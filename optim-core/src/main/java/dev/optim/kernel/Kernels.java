package dev.optim.kernel;

import java.util.Objects;

/**
 * Kernels over ranges of {@code double[]} and {@code float[]}: reductions and sums of scaled
 * vectors. A range is {@code from} (inclusive) to {@code to} (exclusive), the same in every array
 * of a call, or a first index per array and a length. Reductions of {@code float[]} are computed
 * and returned in double precision.
 *
 * <p>Two providers, plain Java and the Vector API ({@code --add-modules jdk.incubator.vector}), are
 * chosen between when this class is loaded, by the system property {@code optim.kernels}: {@code
 * auto} (the default: the Vector API where it is present), {@code scalar} or {@code simd}. They
 * give the same bits for every input, except for the payload of a NaN.
 *
 * <p>A sum over more than {@link #CHUNK} elements is, by definition, the sum in index order of the
 * sums over its chunks: {@code [from, from + CHUNK)}, {@code [from + CHUNK, from + 2 CHUNK)} and so
 * on. Whoever computes the chunks on several threads and adds their results in index order gets the
 * same bits as one call. Inside a chunk sixteen lanes are summed whatever the hardware's width.
 *
 * <p>Nothing here allocates. Every method throws {@link NullPointerException} for a null array and
 * {@link IndexOutOfBoundsException} for a range that does not fit one of the arrays, before
 * anything is written.
 */
public final class Kernels {

  /** Elements of a chunk, the unit of every long sum and the piece to give to a thread: 65536. */
  public static final int CHUNK = 1 << 16;

  private static final VectorKernels KERNELS = Providers.ACTIVE;

  private Kernels() {}

  /**
   * The provider in use.
   *
   * @return {@code "scalar"} or {@code "simd"}
   */
  public static String name() {
    return KERNELS.name();
  }

  /**
   * Inner product of two whole arrays.
   *
   * @param x first factor
   * @param y second factor, as long as x
   * @return the sum of {@code x[i] y[i]}; 0 for empty arrays
   * @throws IllegalArgumentException if the lengths differ
   */
  public static double dot(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException("x has " + x.length + " elements, y has " + y.length);
    }
    return dot(x, 0, y, 0, x.length);
  }

  /**
   * Inner product over ranges of equal length.
   *
   * @param x first factor
   * @param xFrom first index in x
   * @param y second factor
   * @param yFrom first index in y
   * @param length number of products
   * @return the sum of {@code x[xFrom + i] y[yFrom + i]}
   */
  public static double dot(double[] x, int xFrom, double[] y, int yFrom, int length) {
    Objects.checkFromIndexSize(xFrom, length, x.length);
    Objects.checkFromIndexSize(yFrom, length, y.length);
    double sum = 0;
    for (int i = 0; i < length; i += Math.min(length - i, CHUNK)) {
      sum += KERNELS.dot(x, xFrom + i, y, yFrom + i, Math.min(length - i, CHUNK));
    }
    return sum;
  }

  /**
   * Sum of the elements of a range.
   *
   * @param x the terms
   * @param from first index
   * @param to index after the last
   * @return the sum; 0 for an empty range
   */
  public static double sum(double[] x, int from, int to) {
    Objects.checkFromToIndex(from, to, x.length);
    double sum = 0;
    for (int i = from; i < to; i += Math.min(to - i, CHUNK)) {
      sum += KERNELS.sum(x, i, i + Math.min(to - i, CHUNK));
    }
    return sum;
  }

  /**
   * Squared Euclidean norm of a range, the {@code dot} of the range with itself. It overflows above
   * 1e154 and loses digits below 1e-146: see {@link #norm(double[], int, int)}.
   *
   * @param x the vector
   * @param from first index
   * @param to index after the last
   * @return the sum of squares
   */
  public static double squaredNorm(double[] x, int from, int to) {
    Objects.checkFromToIndex(from, to, x.length);
    return dot(x, from, x, from, to - from);
  }

  /**
   * Euclidean norm of a range, without overflow or underflow on the way: the root of the squared
   * norm where that lies in [1e-280, infinity), otherwise computed again on elements scaled by a
   * power of two.
   *
   * @param x the vector
   * @param from first index
   * @param to index after the last
   * @return the norm; infinite only if an element or the norm itself is, NaN if an element is NaN
   */
  public static double norm(double[] x, int from, int to) {
    double squared = squaredNorm(x, from, to);
    if (squared >= 1e-280 && squared < Double.POSITIVE_INFINITY) {
      return Math.sqrt(squared);
    }
    double largest = maxAbs(x, from, to);
    if (largest == 0 || !(largest < Double.POSITIVE_INFINITY)) {
      return largest;
    }
    // Two steps each way: the scale of a subnormal number is itself out of range.
    int exponent = Math.getExponent(largest);
    int half = -exponent / 2;
    double sum = 0;
    for (int i = from; i < to; i++) {
      double scaled = Math.scalb(Math.scalb(x[i], half), -exponent - half);
      sum += scaled * scaled;
    }
    return Math.scalb(Math.sqrt(sum), exponent);
  }

  /**
   * Largest absolute value of a range.
   *
   * @param x the vector
   * @param from first index
   * @param to index after the last
   * @return the maximum of {@code |x[i]|}; 0 for an empty range, NaN if an element is NaN
   */
  public static double maxAbs(double[] x, int from, int to) {
    Objects.checkFromToIndex(from, to, x.length);
    double max = 0;
    for (int i = from; i < to; i += Math.min(to - i, CHUNK)) {
      max = Math.max(max, KERNELS.maxAbs(x, i, i + Math.min(to - i, CHUNK)));
    }
    return max;
  }

  /**
   * Whether no element of a range is NaN or infinite.
   *
   * @param x the vector
   * @param from first index
   * @param to index after the last
   * @return true if all are finite, also for an empty range
   */
  public static boolean allFinite(double[] x, int from, int to) {
    Objects.checkFromToIndex(from, to, x.length);
    for (int i = from; i < to; i += Math.min(to - i, CHUNK)) {
      if (!KERNELS.allFinite(x, i, i + Math.min(to - i, CHUNK))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Adds a multiple: {@code y[i] += a x[i]}.
   *
   * @param a the factor
   * @param x read
   * @param y read and written; may be x
   * @param from first index in both
   * @param to index after the last
   */
  public static void axpy(double a, double[] x, double[] y, int from, int to) {
    Objects.checkFromToIndex(from, to, x.length);
    axpy(a, x, from, y, from, to - from);
  }

  /**
   * Adds a multiple between ranges that start at different indices: {@code y[yFrom + i] += a
   * x[xFrom + i]}.
   *
   * @param a the factor
   * @param x read
   * @param xFrom first index in x
   * @param y read and written; the same array only with the same range or one that does not overlap
   * @param yFrom first index in y
   * @param length number of elements
   */
  public static void axpy(double a, double[] x, int xFrom, double[] y, int yFrom, int length) {
    Objects.checkFromIndexSize(xFrom, length, x.length);
    Objects.checkFromIndexSize(yFrom, length, y.length);
    for (int i = 0; i < length; i += Math.min(length - i, CHUNK)) {
      KERNELS.axpy(a, x, xFrom + i, y, yFrom + i, Math.min(length - i, CHUNK));
    }
  }

  /**
   * Multiplies a range by a factor: {@code x[i] *= a}.
   *
   * @param a the factor
   * @param x read and written
   * @param from first index
   * @param to index after the last
   */
  public static void scale(double a, double[] x, int from, int to) {
    Objects.checkFromToIndex(from, to, x.length);

    for (int i = from; i < to; i++) {
      x[i] *= a;
    }
  }

  /**
   * Inner product of two whole arrays, in double precision.
   *
   * @param x first factor
   * @param y second factor, as long as x
   * @return the sum of {@code x[i] y[i]}; 0 for empty arrays
   * @throws IllegalArgumentException if the lengths differ
   */
  public static double dot(float[] x, float[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException("x has " + x.length + " elements, y has " + y.length);
    }
    return dot(x, 0, y, 0, x.length);
  }

  /**
   * Inner product over ranges of equal length, in double precision.
   *
   * @param x first factor
   * @param xFrom first index in x
   * @param y second factor
   * @param yFrom first index in y
   * @param length number of products
   * @return the sum of {@code x[xFrom + i] y[yFrom + i]}
   */
  public static double dot(float[] x, int xFrom, float[] y, int yFrom, int length) {
    Objects.checkFromIndexSize(xFrom, length, x.length);
    Objects.checkFromIndexSize(yFrom, length, y.length);
    double sum = 0;
    for (int i = 0; i < length; i += Math.min(length - i, CHUNK)) {
      sum += KERNELS.dot(x, xFrom + i, y, yFrom + i, Math.min(length - i, CHUNK));
    }
    return sum;
  }

  /**
   * Sum of the elements of a range, in double precision.
   *
   * @param x the terms
   * @param from first index
   * @param to index after the last
   * @return the sum; 0 for an empty range
   */
  public static double sum(float[] x, int from, int to) {
    Objects.checkFromToIndex(from, to, x.length);
    double sum = 0;
    for (int i = from; i < to; i += Math.min(to - i, CHUNK)) {
      sum += KERNELS.sum(x, i, i + Math.min(to - i, CHUNK));
    }
    return sum;
  }

  /**
   * Squared Euclidean norm of a range, the {@code dot} of the range with itself; it neither
   * overflows nor underflows.
   *
   * @param x the vector
   * @param from first index
   * @param to index after the last
   * @return the sum of squares
   */
  public static double squaredNorm(float[] x, int from, int to) {
    Objects.checkFromToIndex(from, to, x.length);
    return dot(x, from, x, from, to - from);
  }

  /**
   * Euclidean norm of a range, in double precision, where squares of floats neither overflow nor
   * underflow.
   *
   * @param x the vector
   * @param from first index
   * @param to index after the last
   * @return the norm; infinite only if an element is, NaN if an element is NaN
   */
  public static double norm(float[] x, int from, int to) {
    return Math.sqrt(squaredNorm(x, from, to));
  }

  /**
   * Largest absolute value of a range.
   *
   * @param x the vector
   * @param from first index
   * @param to index after the last
   * @return the maximum of {@code |x[i]|}; 0 for an empty range, NaN if an element is NaN
   */
  public static float maxAbs(float[] x, int from, int to) {
    Objects.checkFromToIndex(from, to, x.length);
    float max = 0;
    for (int i = from; i < to; i += Math.min(to - i, CHUNK)) {
      max = Math.max(max, KERNELS.maxAbs(x, i, i + Math.min(to - i, CHUNK)));
    }
    return max;
  }

  /**
   * Whether no element of a range is NaN or infinite.
   *
   * @param x the vector
   * @param from first index
   * @param to index after the last
   * @return true if all are finite, also for an empty range
   */
  public static boolean allFinite(float[] x, int from, int to) {
    Objects.checkFromToIndex(from, to, x.length);
    for (int i = from; i < to; i += Math.min(to - i, CHUNK)) {
      if (!KERNELS.allFinite(x, i, i + Math.min(to - i, CHUNK))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Adds a multiple: {@code y[i] += a x[i]}, in single precision with a rounded once.
   *
   * @param a the factor
   * @param x read
   * @param y read and written; may be x
   * @param from first index in both
   * @param to index after the last
   */
  public static void axpy(double a, float[] x, float[] y, int from, int to) {
    Objects.checkFromToIndex(from, to, x.length);
    axpy(a, x, from, y, from, to - from);
  }

  /**
   * Adds a multiple between ranges that start at different indices: {@code y[yFrom + i] += a
   * x[xFrom + i]}.
   *
   * @param a the factor
   * @param x read
   * @param xFrom first index in x
   * @param y read and written; the same array only with the same range or one that does not overlap
   * @param yFrom first index in y
   * @param length number of elements
   */
  public static void axpy(double a, float[] x, int xFrom, float[] y, int yFrom, int length) {
    Objects.checkFromIndexSize(xFrom, length, x.length);
    Objects.checkFromIndexSize(yFrom, length, y.length);
    for (int i = 0; i < length; i += Math.min(length - i, CHUNK)) {
      KERNELS.axpy(a, x, xFrom + i, y, yFrom + i, Math.min(length - i, CHUNK));
    }
  }

  /**
   * Multiplies a range by a factor: {@code x[i] *= a}.
   *
   * @param a the factor, rounded to single precision once
   * @param x read and written
   * @param from first index
   * @param to index after the last
   */
  public static void scale(double a, float[] x, int from, int to) {
    Objects.checkFromToIndex(from, to, x.length);
    float b = (float) a;
    for (int i = from; i < to; i++) {
      x[i] *= b;
    }
  }
}
