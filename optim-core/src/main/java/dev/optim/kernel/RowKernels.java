package dev.optim.kernel;

import java.util.Arrays;
import java.util.Objects;

/**
 * Passes over many rows at once, each row an array of its own: the matrix-vector products of
 * methods that keep a window of vectors. Provider, bits and errors are those of {@link Kernels}.
 */
public final class RowKernels {

  private static final VectorKernels KERNELS = Providers.ACTIVE;

  private RowKernels() {}

  /**
   * Inner products of many rows with one vector over one common range, {@code y = G x}: each has
   * the bits of {@code dot}, but x is read from memory once per chunk, not once per row.
   *
   * @param rows the rows of G
   * @param count how many of the rows, from the first
   * @param x the vector
   * @param from first index in every row and in x
   * @param to index after the last
   * @param out receives {@code rows[k]} times x at {@code k < count}
   * @throws IndexOutOfBoundsException if a row, x, rows or out is too short
   */
  public static void dots(double[][] rows, int count, double[] x, int from, int to, double[] out) {
    checkRows(rows, count, from, to);
    Objects.checkFromToIndex(from, to, x.length);
    Objects.checkFromToIndex(0, count, out.length);
    Arrays.fill(out, 0, count, 0);
    for (int i = from; i < to; i += Math.min(to - i, Kernels.CHUNK)) {
      KERNELS.addDots(rows, count, x, i, i + Math.min(to - i, Kernels.CHUNK), out);
    }
  }

  /**
   * Adds a combination of many rows over one common range, {@code x += G' c}: the same operations,
   * in row order, as one {@code axpy} per row. A tile of x stays in the cache while the rows stream
   * by.
   *
   * @param c the coefficients
   * @param rows the rows of G
   * @param count how many of the rows, from the first
   * @param x read and written
   * @param from first index in every row and in x
   * @param to index after the last
   * @throws IndexOutOfBoundsException if a row, x, rows or c is too short
   */
  public static void axpys(double[] c, double[][] rows, int count, double[] x, int from, int to) {
    checkRows(rows, count, from, to);
    Objects.checkFromToIndex(from, to, x.length);
    Objects.checkFromToIndex(0, count, c.length);
    for (int i = from; i < to; i += Math.min(to - i, Kernels.CHUNK)) {
      KERNELS.axpys(c, rows, count, x, i, i + Math.min(to - i, Kernels.CHUNK));
    }
  }

  /**
   * Inner products of many rows with one vector over one common range, {@code y = G x}: each has
   * the bits of {@code dot}, but x is read from memory once per chunk, not once per row.
   *
   * @param rows the rows of G
   * @param count how many of the rows, from the first
   * @param x the vector
   * @param from first index in every row and in x
   * @param to index after the last
   * @param out receives {@code rows[k]} times x at {@code k < count}
   * @throws IndexOutOfBoundsException if a row, x, rows or out is too short
   */
  public static void dots(float[][] rows, int count, float[] x, int from, int to, double[] out) {
    checkRows(rows, count, from, to);
    Objects.checkFromToIndex(from, to, x.length);
    Objects.checkFromToIndex(0, count, out.length);
    Arrays.fill(out, 0, count, 0);
    for (int i = from; i < to; i += Math.min(to - i, Kernels.CHUNK)) {
      KERNELS.addDots(rows, count, x, i, i + Math.min(to - i, Kernels.CHUNK), out);
    }
  }

  /**
   * Adds a combination of many rows over one common range, {@code x += G' c}: eight rows at a time
   * are added to x in double precision, in row order, and rounded once; the rows left over are
   * rounded one by one. A tile of x stays in the cache while the rows stream by.
   *
   * @param c the coefficients
   * @param rows the rows of G
   * @param count how many of the rows, from the first
   * @param x read and written
   * @param from first index in every row and in x
   * @param to index after the last
   * @throws IndexOutOfBoundsException if a row, x, rows or c is too short
   */
  public static void axpys(double[] c, float[][] rows, int count, float[] x, int from, int to) {
    checkRows(rows, count, from, to);
    Objects.checkFromToIndex(from, to, x.length);
    Objects.checkFromToIndex(0, count, c.length);
    for (int i = from; i < to; i += Math.min(to - i, Kernels.CHUNK)) {
      KERNELS.axpys(c, rows, count, x, i, i + Math.min(to - i, Kernels.CHUNK));
    }
  }

  /**
   * Inner products of many rows in single precision with a vector in double precision: {@code y = G
   * x} for a window of gradients kept in half the memory. Every product and sum is in double
   * precision.
   *
   * @param rows the rows of G
   * @param count how many of the rows, from the first
   * @param x the vector
   * @param from first index in every row and in x
   * @param to index after the last
   * @param out receives {@code rows[k]} times x at {@code k < count}
   * @throws IndexOutOfBoundsException if a row, x, rows or out is too short
   */
  public static void dots(float[][] rows, int count, double[] x, int from, int to, double[] out) {
    checkRows(rows, count, from, to);
    Objects.checkFromToIndex(from, to, x.length);
    Objects.checkFromToIndex(0, count, out.length);
    Arrays.fill(out, 0, count, 0);
    for (int i = from; i < to; i += Math.min(to - i, Kernels.CHUNK)) {
      KERNELS.addDots(rows, count, x, i, i + Math.min(to - i, Kernels.CHUNK), out);
    }
  }

  /**
   * Adds a combination of many rows in single precision to a vector in double precision, {@code x
   * += G' c}, in row order and in double precision.
   *
   * @param c the coefficients
   * @param rows the rows of G
   * @param count how many of the rows, from the first
   * @param x read and written
   * @param from first index in every row and in x
   * @param to index after the last
   * @throws IndexOutOfBoundsException if a row, x, rows or c is too short
   */
  public static void axpys(double[] c, float[][] rows, int count, double[] x, int from, int to) {
    checkRows(rows, count, from, to);
    Objects.checkFromToIndex(from, to, x.length);
    Objects.checkFromToIndex(0, count, c.length);
    KERNELS.axpys(c, rows, count, x, from, to);
  }

  /**
   * Inner products of many rows of bfloat16 numbers with a vector in double precision. Every
   * product and sum is in double precision.
   *
   * @param rows the rows of G, as {@link Bfloat16Pairs}
   * @param count how many of the rows, from the first
   * @param x the vector
   * @param from first index in every row and in x, a multiple of 16
   * @param to index after the last
   * @param out receives {@code rows[k]} times x at {@code k < count}
   * @throws IllegalArgumentException if from is no multiple of 16
   * @throws IndexOutOfBoundsException if a row, x, rows or out is too short
   */
  public static void dots(int[][] rows, int count, double[] x, int from, int to, double[] out) {
    checkRows(rows, count, from, to);
    Objects.checkFromToIndex(from, to, x.length);
    Objects.checkFromToIndex(0, count, out.length);
    Arrays.fill(out, 0, count, 0);
    for (int i = from; i < to; i += Math.min(to - i, Kernels.CHUNK)) {
      KERNELS.addDots(rows, count, x, i, i + Math.min(to - i, Kernels.CHUNK), out);
    }
  }

  /**
   * Adds a combination of many rows of bfloat16 numbers to a vector in double precision, {@code x
   * += G' c}, in row order and in double precision.
   *
   * @param c the coefficients
   * @param rows the rows of G, as {@link Bfloat16Pairs}
   * @param count how many of the rows, from the first
   * @param x read and written
   * @param from first index in every row and in x, a multiple of 16
   * @param to index after the last
   * @throws IllegalArgumentException if from is no multiple of 16
   * @throws IndexOutOfBoundsException if a row, x, rows or c is too short
   */
  public static void axpys(double[] c, int[][] rows, int count, double[] x, int from, int to) {
    checkRows(rows, count, from, to);
    Objects.checkFromToIndex(from, to, x.length);
    Objects.checkFromToIndex(0, count, c.length);
    KERNELS.axpys(c, rows, count, x, from, to);
  }

  private static void checkRows(double[][] rows, int count, int from, int to) {
    Objects.checkFromToIndex(0, count, rows.length);
    for (int k = 0; k < count; k++) {
      Objects.checkFromToIndex(from, to, rows[k].length);
    }
  }

  private static void checkRows(float[][] rows, int count, int from, int to) {
    Objects.checkFromToIndex(0, count, rows.length);
    for (int k = 0; k < count; k++) {
      Objects.checkFromToIndex(from, to, rows[k].length);
    }
  }

  private static void checkRows(int[][] rows, int count, int from, int to) {
    Objects.checkFromToIndex(from, to, Integer.MAX_VALUE);
    if (from % Bfloat16Pairs.GROUP != 0) {
      throw new IllegalArgumentException("from is " + from + ", must be a multiple of 16");
    }
    Objects.checkFromToIndex(0, count, rows.length);
    for (int k = 0; k < count; k++) {
      Objects.checkFromIndexSize(0, Bfloat16Pairs.length(to), rows[k].length);
    }
  }
}
