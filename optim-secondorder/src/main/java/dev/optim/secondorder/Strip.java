package dev.optim.secondorder;

import dev.optim.kernel.BlockKernels;
import java.util.Arrays;

/**
 * Some columns of all gradients, row by row in one array, as {@link BlockKernels} wants them:
 * filled up with zeros.
 */
final class Strip {

  /** The most columns. */
  static final int COLUMNS = BlockKernels.MOST_COLUMNS;

  private static final int STRIDE = BlockKernels.STRIDE;

  private final int count;
  private final double[] elements;
  private int columns;

  /**
   * @param count the number of rows
   */
  Strip(int count) {
    this.count = count;
    elements = new double[rows(count) * STRIDE];
  }

  /** The number of rows with those of zeros behind them. */
  static int rows(int count) {
    return -(-count & -BlockKernels.ROWS);
  }

  /** The bytes that a strip takes. */
  static long bytes(long count) {
    return 8 * (count + BlockKernels.ROWS) * STRIDE;
  }

  /** Reads columns {@code from} to {@code to} of the first rows. */
  void read(Gradients gradients, int from, int to) {
    begin(to - from);
    for (int k = 0; k < count; k++) {
      gradients.read(k, from, to, elements, k * STRIDE);
    }
  }

  /** Reads columns as rows: row i is column {@code column + i} of gradients from {@code first}. */
  void readTransposed(Gradients gradients, int column, int first, int end) {
    begin(end - first);
    double[] row = new double[count];
    for (int k = first; k < end; k++) {
      gradients.read(k, column, column + count, row, 0);
      for (int i = 0; i < count; i++) {
        elements[i * STRIDE + k - first] = row[i];
      }
    }
  }

  /** Makes this columns {@code from} to {@code to} of the unit matrix. */
  void unit(int from, int to) {
    begin(to - from);
    for (int i = 0; i < count; i++) {
      Arrays.fill(elements, i * STRIDE, i * STRIDE + columns, 0);
    }
    for (int i = from; i < to; i++) {
      elements[i * STRIDE + i - from] = 1;
    }
  }

  /** Sets the number of columns; those filled up are zero. */
  private void begin(int length) {
    columns = padded(length);
    for (int k = 0; k < count; k++) {
      Arrays.fill(elements, k * STRIDE + length, k * STRIDE + columns, 0);
    }
  }

  /**
   * Adds the inner products of the rows.
   *
   * @param gram {@code rows(count)} squared elements; those above the diagonal are of no use
   */
  void addGram(double[] gram) {
    BlockKernels.addGram(elements, rows(count), columns, gram);
  }

  /** Overwrites the columns x by U'^-1 x. */
  void whiten(double[] lower) {
    BlockKernels.solveLower(lower, elements, rows(count), columns);
  }

  /** The sums of squares of the columns, and of those that are filled up. */
  double[] squares() {
    double[] squares = new double[columns];
    BlockKernels.addSquares(elements, rows(count), columns, squares);
    return squares;
  }

  /** Writes the first columns of every row. */
  void write(double[][] rows, int from, int length) {
    for (int k = 0; k < count; k++) {
      System.arraycopy(elements, k * STRIDE, rows[k], from, length);
    }
  }

  private static int padded(int columns) {
    return -(-columns & -BlockKernels.COLUMNS);
  }
}
