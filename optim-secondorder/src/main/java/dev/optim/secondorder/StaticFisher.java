package dev.optim.secondorder;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.kernel.Kernels;
import dev.optim.kernel.RowKernels;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The inverse of the damped Fisher matrix of a fixed set of m gradients (the static algorithm of
 * M-FAC), whole or of its diagonal blocks:
 *
 * <pre>
 *   A = m damping I + G G' = U'U,   Y = U'^-1 G,   F^-1 = (I - Y'Y) / damping      m &le; block
 *   B = m damping I + G'G  = V'V,   Z = V'^-1,     F^-1 = m Z'Z                    m &gt; block
 * </pre>
 *
 * <p>Y is, row for row, the paper's sequence of Sherman-Morrison vectors, scaled; but it comes from
 * one Gram matrix, one factor and one triangular solve over strips of columns that stay in the
 * cache, instead of from m passes over the memory. The second form is the first's equal where there
 * are more gradients than elements in a block, and takes less memory.
 *
 * <p>A block-wise matrix consists of consecutive blocks of equal size, the last one shorter; what
 * couples elements of different blocks is taken as zero. Each block uses its columns of all m
 * gradients, the same divisor m and the same damping.
 *
 * <p>Where a product is much smaller than the terms it is the sum of, as that with a gradient of
 * the set is, it is refined on a copy of the gradients until about ten digits are right. Elements
 * that have lost their digits are taken from such products.
 *
 * <p>Cost, with r = min(m, block): building O(d m r), a product O(d r), refined O(d m), the
 * diagonal O(d), an element O(r). Memory 8 d (r + 1) bytes and the gradients; while it is built, 48
 * r^2 and a strip of the gradients more. Elements of gradients below 1e-145 (1e-30 in single
 * precision) count as zero. Immutable and safe to share.
 */
public final class StaticFisher implements InverseFisher {

  /** Columns of a product worked on together: of each vector they stay in the nearest cache. */
  private static final int TILE = 2048;

  private final int dimension;
  private final double damping;
  private final int blockSize;

  /** The number of gradients. */
  private final int m;

  private final Gradients gradients;

  /** Y or Z; block b at columns b blockSize to (b + 1) blockSize. */
  private final double[][] rows;

  private final double[] diagonal;

  /** Of each block, how nearly its gradients (or columns, if they are fewer) are collinear. */
  private final double[] collinearity;

  private StaticFisher(Gradients gradients, int m, double damping, int blockSize) {
    this.gradients = gradients;
    this.m = m;
    this.damping = damping;
    this.blockSize = blockSize;
    dimension = gradients.dimension();
    rows = new double[Math.min(m, blockSize)][dimension];
    diagonal = new double[dimension];
    collinearity = new double[(dimension - 1) / blockSize + 1];
    GramFactor factor = new GramFactor(Math.min(m, blockSize), m * damping);
    for (int from = 0; from < dimension; from = blockEnd(from)) {
      factor.clear();
      int to = blockEnd(from);
      if (direct(to - from)) {
        buildDirect(from, to - from, factor);
      } else {
        buildWhitened(from, to, factor);
      }
      collinearity[from / blockSize] = factor.collinearity();
      correctDiagonal(from, to);
    }
  }

  /**
   * The inverse of the whole matrix.
   *
   * @param gradients m gradients of d elements, at least one; read only, not kept
   * @param damping more than 0
   * @return the inverse
   * @throws IllegalArgumentException if lengths differ, an element is not finite, a sum of squares
   *     overflows, both m and the block are larger than 32768, or the result does not fit the heap
   */
  public static StaticFisher of(double[][] gradients, double damping) {
    return of(gradients, damping, Integer.MAX_VALUE);
  }

  /**
   * The inverse of the diagonal blocks.
   *
   * @param gradients m gradients of d elements, at least one; read only, not kept
   * @param damping more than 0
   * @param blockSize elements of a block, at least 1; d or more means the whole matrix
   * @return the inverse
   * @throws IllegalArgumentException if lengths differ, an element is not finite, a sum of squares
   *     overflows, both m and the block are larger than 32768, or the result does not fit the heap
   */
  public static StaticFisher of(double[][] gradients, double damping, int blockSize) {
    int m = requireNonNull(gradients, "gradients").length;
    int d = dimension(m, k -> requireNonNull(gradients[k], "gradients[" + k + "]").length);
    return of(m, d, Storage.FLOAT64, () -> GradientCopies.of(gradients), damping, blockSize);
  }

  /**
   * The inverse of the whole matrix, from gradients in single precision.
   *
   * @param gradients m gradients of d elements, at least one; read only, not kept
   * @param damping more than 0
   * @return the inverse, in double precision
   * @throws IllegalArgumentException if lengths differ, an element is not finite, both m and the
   *     block are larger than 32768, or the result does not fit the heap
   */
  public static StaticFisher of(float[][] gradients, double damping) {
    return of(gradients, damping, Integer.MAX_VALUE);
  }

  /**
   * The inverse of the diagonal blocks, from gradients in single precision.
   *
   * @param gradients m gradients of d elements, at least one; read only, not kept
   * @param damping more than 0
   * @param blockSize elements of a block, at least 1; d or more means the whole matrix
   * @return the inverse, in double precision
   * @throws IllegalArgumentException if lengths differ, an element is not finite, both m and the
   *     block are larger than 32768, or the result does not fit the heap
   */
  public static StaticFisher of(float[][] gradients, double damping, int blockSize) {
    int m = requireNonNull(gradients, "gradients").length;
    int d = dimension(m, k -> requireNonNull(gradients[k], "gradients[" + k + "]").length);
    return of(m, d, Storage.FLOAT32, () -> GradientCopies.of(gradients), damping, blockSize);
  }

  private static int dimension(int m, IntUnaryOperator length) {
    Checks.atLeastOne("the number of gradients", m);
    int d = (int) Checks.atLeastOne("the length of gradients[0]", length.applyAsInt(0));
    for (int k = 1; k < m; k++) {
      Checks.length("gradients[" + k + "]", length.applyAsInt(k), d);
    }
    return d;
  }

  private static StaticFisher of(
      int m, int d, Storage storage, Supplier<Gradients> rows, double damping, int blockSize) {
    Checks.positive("damping", damping);
    int block = (int) Math.min(d, Checks.atLeastOne("blockSize", blockSize));
    int r = Math.min(m, block);
    Checks.require(r <= 1 << 15, "the lesser of gradients and block size", r, "at most 32768");
    return Memory.take(
        "the inverse for %d gradients of %d elements in blocks of %d".formatted(m, d, block),
        bytes(m, d, block, storage),
        () -> new StaticFisher(rows.get(), m, damping, block));
  }

  /** What is kept, and what is needed beside it to build that. */
  private static long bytes(long m, long d, long block, Storage storage) {
    long r = Math.min(m, block);
    return 8 * ((r + 1) * d + 6 * r * r) + storage.bytes() * m * d + Strip.bytes(r);
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public double damping() {
    return damping;
  }

  @Override
  public void multiply(double[] x, double[] out) {
    multiply(new double[][] {x}, new double[][] {out});
  }

  /**
   * Multiplies with several vectors at once: the rows are read from memory once for all of them.
   *
   * @param x vectors of d finite elements; read only, not kept
   * @param out receives the products, {@code out[j]} that of {@code x[j]}, which may be the same
   *     array
   * @throws IllegalArgumentException if a length is wrong or an element not finite; nothing is
   *     changed
   */
  public void multiply(double[][] x, double[][] out) {
    requireNonNull(x, "x");
    Checks.length("out", requireNonNull(out, "out").length, x.length);
    for (int j = 0; j < x.length; j++) {
      Checks.length("x", requireNonNull(x[j], "x").length, dimension);
      Checks.length("out", requireNonNull(out[j], "out").length, dimension);
      Checks.finite("x", x[j]);
    }
    double[][] b = new double[x.length][];
    for (int j = 0; j < x.length; j++) {
      b[j] = x[j] == out[j] ? x[j].clone() : x[j];
    }
    double[][] products = new double[x.length][rows.length];
    @Nullable Refinement refinement = null;
    for (int from = 0; from < dimension; from = blockEnd(from)) {
      multiplyBlock(x, out, from, products);
      for (int j = 0; j < x.length; j++) {
        if (losesDigits(b[j], out[j], from)) {
          if (refinement == null) {
            refinement = new Refinement(gradients, m, damping, m);
          }
          refinement.improve(b[j], out[j], from, blockEnd(from), this::multiplyBlock);
        }
      }
    }
  }

  /** Whether a product with one block is much smaller than what it was the sum of. */
  private boolean losesDigits(double[] b, double[] y, int from) {
    int to = blockEnd(from);
    double growth = collinearity[from / blockSize];
    if (GramFactor.heldUp(growth)) {
      return false;
    }
    if (direct(to - from)) {
      return GramFactor.loses(growth, 1);
    }
    double terms = (1 + growth) * Kernels.norm(b, from, to);
    return GramFactor.loses(terms, damping * Kernels.norm(y, from, to));
  }

  private void multiplyBlock(double[] x, int from, int to) {
    multiplyBlock(new double[][] {x}, new double[][] {x}, from, new double[1][rows.length]);
  }

  private void multiplyBlock(double[][] x, double[][] out, int from, double[][] products) {
    int to = blockEnd(from);
    int r = rank(to - from);
    boolean whole = direct(to - from);
    double[] part = new double[r];
    for (int tile = from, end; tile < to; tile = end) {
      end = tile + Math.min(TILE, to - tile);
      for (int j = 0; j < x.length; j++) {
        if (tile == from) {
          Arrays.fill(products[j], 0);
        }
        RowKernels.dots(rows, r, x[j], tile, end, part);
        Kernels.axpy(whole ? m : -1, part, products[j], 0, r);
      }
    }
    for (int tile = from, end; tile < to; tile = end) {
      end = tile + Math.min(TILE, to - tile);
      for (int j = 0; j < x.length; j++) {
        if (whole) {
          Arrays.fill(out[j], tile, end, 0);
        } else if (out[j] != x[j]) {
          System.arraycopy(x[j], tile, out[j], tile, end - tile);
        }
        RowKernels.axpys(products[j], rows, r, out[j], tile, end);
        if (!whole) {
          Kernels.scale(1 / damping, out[j], tile, end);
        }
      }
    }
  }

  @Override
  public void diagonal(double[] out) {
    Checks.length("out", requireNonNull(out, "out").length, dimension);
    System.arraycopy(diagonal, 0, out, 0, dimension);
  }

  @Override
  public double element(int i, int j) {
    Objects.checkIndex(i, dimension);
    Objects.checkIndex(j, dimension);
    if (i == j) {
      return diagonal[i];
    }
    if (i / blockSize != j / blockSize) {
      return 0;
    }
    int from = i / blockSize * blockSize;
    int length = blockEnd(from) - from;
    if (directLoses(from)) {
      return column(j)[i];
    }
    double sum = 0;
    for (int k = 0; k < rank(length); k++) {
      sum += rows[k][i] * rows[k][j];
    }
    return direct(length) ? m * sum : -sum / damping;
  }

  /** Takes from products what of the diagonal of a block has lost its digits. */
  private void correctDiagonal(int from, int to) {
    double growth = collinearity[from / blockSize];
    boolean whole = direct(to - from);
    for (int i = from; i < to && !GramFactor.heldUp(growth); i++) {
      if (whole ? directLoses(from) : Diagonal.loses(diagonal[i], damping, growth)) {
        diagonal[i] = column(i)[i];
      }
    }
  }

  /** Whether the factor of a block itself leaves too few digits, and refinement wins some. */
  private boolean directLoses(int from) {
    double growth = collinearity[from / blockSize];
    return direct(blockEnd(from) - from)
        && GramFactor.loses(growth, 1)
        && !GramFactor.heldUp(growth);
  }

  /** A refined column of the inverse. */
  private double[] column(int j) {
    int from = j / blockSize * blockSize;
    int to = blockEnd(from);
    double[] unit = new double[dimension];
    unit[j] = 1;
    double[] column = unit.clone();
    multiplyBlock(column, from, to);
    Refinement refinement = new Refinement(gradients, m, damping, m);
    refinement.improve(unit, column, from, to, this::multiplyBlock);
    return column;
  }

  /** More gradients than elements: the factor of the block itself. */
  private void buildDirect(int from, int length, GramFactor factor) {
    Strip strip = new Strip(length);
    double[] gram = new double[Strip.rows(length) * Strip.rows(length)];
    for (int k = 0; k < m; k += Strip.COLUMNS) {
      strip.readTransposed(gradients, from, k, Math.min(k + Strip.COLUMNS, m));
      strip.addGram(gram);
    }
    factorise(gram, length, factor);
    double[] lower = factor.lower();
    for (int i = 0; i < length; i += Strip.COLUMNS) {
      int columns = Math.min(Strip.COLUMNS, length - i);
      strip.unit(i, i + columns);
      strip.whiten(lower);
      strip.write(rows, from + i, columns);
      double[] squares = strip.squares();
      for (int j = 0; j < columns; j++) {
        diagonal[from + i + j] = m * squares[j];
      }
    }
  }

  private void buildWhitened(int from, int to, GramFactor factor) {
    Strip strip = new Strip(m);
    double[] gram = new double[Strip.rows(m) * Strip.rows(m)];
    for (int i = from, end; i < to; i = end) {
      end = i + Math.min(Strip.COLUMNS, to - i);
      strip.read(gradients, i, end);
      strip.addGram(gram);
    }
    factorise(gram, m, factor);
    double[] lower = factor.lower();
    for (int i = from, end; i < to; i = end) {
      end = i + Math.min(Strip.COLUMNS, to - i);
      strip.read(gradients, i, end);
      Diagonal.of(strip, lower, m, damping, diagonal, i, end - i);
      strip.write(rows, i, end - i);
    }
  }

  private static void factorise(double[] gram, int length, GramFactor factor) {
    for (int i = 0; i < length; i++) {
      int row = i * Strip.rows(length);
      if (!(gram[row + i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "gradients have a sum of squares of " + gram[row + i] + ", must be finite");
      }
      factor.append(gram, row);
    }
  }

  /** Whether the inverse of a block of this length is kept as Z'Z. */
  private boolean direct(int length) {
    return length < m;
  }

  private int rank(int length) {
    return Math.min(length, m);
  }

  private int blockEnd(int from) {
    return from + Math.min(blockSize, dimension - from);
  }
}
