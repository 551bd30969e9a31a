package dev.optim.kernel;

import java.util.Objects;

/**
 * The arithmetic of matrices with many columns on a block of columns that a cache holds: inner
 * products of all rows, and a triangular solve with all columns. Elements stay in registers for
 * several operations, where {@link RowKernels} loads them anew for each.
 *
 * <p>A block is stored row by row in one array, row i at {@code i * stride}. Its rows are a
 * multiple of {@link #ROWS} and its columns of {@link #COLUMNS}; what is not needed is zero. A
 * stride that is no multiple of a large power of two is fast. Provider and bits are those of {@link
 * Kernels}.
 */
public final class BlockKernels {

  /** Rows come in multiples of this. */
  public static final int ROWS = 4;

  /** Columns come in multiples of this. */
  public static final int COLUMNS = 16;

  private static final VectorKernels KERNELS = Providers.ACTIVE;

  private BlockKernels() {}

  /**
   * Adds the inner products of all rows, {@code K += X X'}. Each is summed in eight lanes over the
   * columns, added as a tree. Cost: rows^2 columns operations.
   *
   * @param x the block, from index 0
   * @param rows a multiple of {@link #ROWS}
   * @param columns a multiple of {@link #COLUMNS}
   * @param stride elements between the beginnings of rows, at least {@code columns}
   * @param gram rows x rows elements, row by row; those above the diagonal are of no use
   * @throws IllegalArgumentException if rows or columns are no such multiples
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static void addGram(double[] x, int rows, int columns, int stride, double[] gram) {
    check(x, rows, columns, stride);
    Objects.checkFromIndexSize(0, rows * rows, gram.length);
    KERNELS.addGram(x, rows, columns, stride, gram);
  }

  /**
   * Solves with a triangular matrix, {@code X <- L^-1 X}, each column by forward substitution in
   * the order of the rows. Cost: rows^2 columns operations.
   *
   * @param lower L, its element (i, k) at {@link #lowerIndex}; on the diagonal 1 / L_ii
   * @param x the block, from index 0, read and written
   * @param rows a multiple of {@link #ROWS}
   * @param columns a multiple of {@link #COLUMNS}
   * @param stride elements between the beginnings of rows, at least {@code columns}
   * @throws IllegalArgumentException if rows or columns are no such multiples
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static void solveLower(double[] lower, double[] x, int rows, int columns, int stride) {
    check(x, rows, columns, stride);
    Objects.checkFromIndexSize(0, lowerLength(rows), lower.length);
    KERNELS.solveLower(lower, x, rows, columns, stride);
  }

  /**
   * Where an element of a lower triangular matrix is: column by column within each {@link #ROWS}
   * rows, as a solve needs them.
   *
   * @param i the row
   * @param k the column, at most i
   * @return its index
   */
  public static int lowerIndex(int i, int k) {
    return Blocks.lowerIndex(i, k);
  }

  /**
   * The length of an array for a lower triangular matrix.
   *
   * @param rows a multiple of {@link #ROWS}
   * @return the number of elements
   */
  public static int lowerLength(int rows) {
    return lowerIndex(rows, 0);
  }

  private static void check(double[] x, int rows, int columns, int stride) {
    if (rows < 0 || rows % ROWS != 0 || columns < 0 || columns % COLUMNS != 0 || stride < columns) {
      throw new IllegalArgumentException(
          "rows %d, columns %d, stride %d: must be multiples of %d and of %d, and at least columns"
              .formatted(rows, columns, stride, ROWS, COLUMNS));
    }
    Objects.checkFromIndexSize(0L, (long) rows * stride, x.length);
  }
}
