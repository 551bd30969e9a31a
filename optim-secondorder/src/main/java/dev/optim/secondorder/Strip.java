package dev.optim.secondorder;

import dev.optim.kernel.BlockKernels;
import java.util.Arrays;

/**
 * Some columns of all gradients, row by row in one array, as {@link BlockKernels} wants them:
 * filled up with zeros.
 */
final class Strip {

  /** The most columns: two rows of them stay in the nearest cache, all rows in the next. */
  static final int COLUMNS = 512;

  /** Between rows, so that they do not fall on the same places of a cache. */
  private static final int GAP = 8;

  private final int count;
  private final int stride;
  private final double[] elements;
  private int columns;

  /**
   * @param count the number of rows
   * @param columns the most columns there will be
   */
  Strip(int count, int columns) {
    this.count = count;
    stride = padded(Math.min(columns, COLUMNS)) + GAP;
    elements = new double[Math.multiplyExact(rows(count), stride)];
  }

  /** The number of rows with those of zeros behind them. */
  static int rows(int count) {
    return -(-count & -BlockKernels.ROWS);
  }

  /** The bytes that a strip takes. */
  static long bytes(long count) {
    return 8 * (count + BlockKernels.ROWS) * (COLUMNS + GAP);
  }

  /** Reads columns {@code from} to {@code to} of the first rows. */
  void read(GradientRows gradients, int from, int to) {
    begin(to - from);
    for (int k = 0; k < count; k++) {
      gradients.read(k, from, to, elements, k * stride);
    }
  }

  /** Reads columns as rows: row i is column {@code column + i} of gradients from {@code first}. */
  void readTransposed(GradientRows gradients, int column, int first, int end) {
    begin(end - first);
    double[] row = new double[count];
    for (int k = first; k < end; k++) {
      gradients.read(k, column, column + count, row, 0);
      for (int i = 0; i < count; i++) {
        elements[i * stride + k - first] = row[i];
      }
    }
  }

  /** Makes this columns {@code from} to {@code to} of the unit matrix. */
  void unit(int from, int to) {
    begin(to - from);
    for (int i = 0; i < count; i++) {
      Arrays.fill(elements, i * stride, i * stride + columns, 0);
    }
    for (int i = from; i < to; i++) {
      elements[i * stride + i - from] = 1;
    }
  }

  /** Sets the number of columns; those filled up are zero. */
  private void begin(int length) {
    columns = padded(length);
    for (int k = 0; k < count; k++) {
      Arrays.fill(elements, k * stride + length, k * stride + columns, 0);
    }
  }

  /**
   * Adds the inner products of the rows.
   *
   * @param gram {@code rows(count)} squared elements; those above the diagonal are of no use
   */
  void addGram(double[] gram) {
    BlockKernels.addGram(elements, rows(count), columns, stride, gram);
  }

  /** Overwrites the columns x by U'^-1 x. */
  void whiten(double[] lower) {
    BlockKernels.solveLower(lower, elements, rows(count), columns, stride);
  }

  /** Writes the sums of squares of the first columns, four rows at a time. */
  void squares(double[] out, int length) {
    Arrays.fill(out, 0, length, 0);
    for (int k = 0; k < rows(count); k += BlockKernels.ROWS) {
      int row = k * stride;
      for (int i = 0; i < length; i++, row++) {
        double a = elements[row];
        double b = elements[row + stride];
        double c = elements[row + 2 * stride];
        double d = elements[row + 3 * stride];
        out[i] = out[i] + a * a + b * b + c * c + d * d;
      }
    }
  }

  /** Writes the first columns of every row. */
  void write(double[][] rows, int from, int length) {
    for (int k = 0; k < count; k++) {
      System.arraycopy(elements, k * stride, rows[k], from, length);
    }
  }

  private static int padded(int columns) {
    return -(-columns & -BlockKernels.COLUMNS);
  }
}
