package dev.optim.kernel;

import java.util.Objects;

/**
 * The arithmetic of matrices with many columns on a block of columns that a cache holds: inner
 * products of all rows, squared norms of all columns, and a triangular solve with all columns.
 * Elements stay in registers for several operations, where {@link RowKernels} loads them anew for
 * each.
 *
 * <p>A block is stored row by row in one array, row i at {@code i * STRIDE}. Its rows are a
 * multiple of {@link #ROWS} and its columns of {@link #COLUMNS}, {@link #MOST_COLUMNS} at most;
 * what is not needed is zero. Provider and bits are those of {@link Kernels}.
 */
public final class BlockKernels {

  /** Rows come in multiples of this. */
  public static final int ROWS = 4;

  /** Columns come in multiples of this. */
  public static final int COLUMNS = 16;

  /** The most columns of a block: of a few rows they stay in the nearest cache. */
  public static final int MOST_COLUMNS = 512;

  /**
   * Elements between the beginnings of rows. It is no large power of two, so that rows do not fall
   * on the same places of a cache, and a constant, so that a loop has one address for several rows.
   */
  public static final int STRIDE = MOST_COLUMNS + 8;

  private static final VectorKernels KERNELS = Providers.ACTIVE;

  private BlockKernels() {}

  /**
   * Adds the inner products of all rows, {@code K += X X'}. Each is summed in eight lanes over the
   * columns, added as a tree. Cost: rows^2 columns operations.
   *
   * @param x the block, from index 0
   * @param rows a multiple of {@link #ROWS}
   * @param columns a multiple of {@link #COLUMNS}, at most {@link #MOST_COLUMNS}
   * @param gram rows x rows elements, row by row; those above the diagonal are of no use
   * @throws IllegalArgumentException if rows or columns are not such numbers
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static void addGram(double[] x, int rows, int columns, double[] gram) {
    check(x, rows, columns);
    Objects.checkFromIndexSize(0, rows * rows, gram.length);
    KERNELS.addGram(x, rows, columns, gram);
  }

  /**
   * Adds the squares of the elements of every column, row after row. Cost: rows columns operations.
   *
   * @param x the block, from index 0
   * @param rows a multiple of {@link #ROWS}
   * @param columns a multiple of {@link #COLUMNS}, at most {@link #MOST_COLUMNS}
   * @param out one sum per column, read and written
   * @throws IllegalArgumentException if rows or columns are not such numbers
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static void addSquares(double[] x, int rows, int columns, double[] out) {
    check(x, rows, columns);
    Objects.checkFromIndexSize(0, columns, out.length);
    KERNELS.addSquares(x, rows, columns, out);
  }

  /**
   * Solves with a triangular matrix, {@code X <- L^-1 X}, each column by forward substitution in
   * the order of the rows. Cost: rows^2 columns operations, and memory for up to 16 columns.
   *
   * @param lower L, its element (i, k) at {@link #lowerIndex}; on the diagonal 1 / L_ii
   * @param x the block, from index 0, read and written
   * @param rows a multiple of {@link #ROWS}
   * @param columns a multiple of {@link #COLUMNS}, at most {@link #MOST_COLUMNS}
   * @throws IllegalArgumentException if rows or columns are not such numbers
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static void solveLower(double[] lower, double[] x, int rows, int columns) {
    check(x, rows, columns);
    Objects.checkFromIndexSize(0, lowerLength(rows), lower.length);
    KERNELS.solveLower(lower, x, rows, columns);
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

  private static void check(double[] x, int rows, int columns) {
    if (rows < 0 || rows % ROWS != 0) {
      throw new IllegalArgumentException("rows is %d, must be a multiple of 4".formatted(rows));
    }
    if (columns < 0 || columns % COLUMNS != 0 || columns > MOST_COLUMNS) {
      throw new IllegalArgumentException(
          "columns is %d, must be a multiple of 16 and at most 512".formatted(columns));
    }
    Objects.checkFromIndexSize(0L, (long) rows * STRIDE, x.length);
  }
}
