package dev.optim.secondorder;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.kernel.Kernels;
import dev.optim.kernel.RowKernels;
import java.util.Arrays;
import java.util.Objects;

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
 * one Gram matrix, one factor and one triangular solve over blocks of columns that stay in the
 * cache, instead of from m passes over the memory. The second form is the first's equal where there
 * are more gradients than elements in a block, takes less memory and loses no digits there.
 *
 * <p>A block-wise matrix consists of consecutive blocks of equal size, the last one shorter; what
 * couples elements of different blocks is taken as zero. Each block uses its columns of all m
 * gradients, the same divisor m and the same damping.
 *
 * <p>Cost, with r = min(m, block): building O(d m r), a product O(d r), the diagonal O(d), an
 * element O(r). Memory 8 d (r + 1) bytes; while it is built, 40 r^2 and a strip of the gradients
 * more. Elements of gradients below 1e-145, whose squares are denormal, count as zero. Products
 * with a gradient of the set itself lose about log10 of |g|^2 / (m damping) digits of sixteen;
 * {@link FisherWindow#multiplyHeld} does not. Immutable and safe to share.
 */
public final class StaticFisher implements InverseFisher {

  /** Columns of a product worked on together: of each vector they stay in the nearest cache. */
  private static final int TILE = 2048;

  /** Columns built together. */
  private static final int STRIP = GramFactor.STRIP;

  private final int dimension;
  private final int gradients;
  private final double damping;
  private final int blockSize;

  /** Y or Z; block b at columns b blockSize to (b + 1) blockSize. */
  private final double[][] rows;

  private final double[] diagonal;

  /** Where the elements of the gradients come from. */
  @FunctionalInterface
  private interface Source {
    void read(int gradient, int from, double[] out, int length);
  }

  private StaticFisher(int dimension, int gradients, double damping, int blockSize) {
    this.dimension = dimension;
    this.gradients = gradients;
    this.damping = damping;
    this.blockSize = blockSize;
    rows = new double[Math.min(gradients, blockSize)][dimension];
    diagonal = new double[dimension];
  }

  /**
   * The inverse of the whole matrix.
   *
   * @param gradients m gradients of d elements, at least one; read only, not kept
   * @param damping more than 0
   * @return the inverse
   * @throws IllegalArgumentException if lengths differ, an element is not finite, a sum of squares
   *     overflows, or the result does not fit the heap
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
   *     overflows, or the result does not fit the heap
   */
  public static StaticFisher of(double[][] gradients, double damping, int blockSize) {
    int[] lengths = new int[gradients.length];
    for (int k = 0; k < lengths.length; k++) {
      lengths[k] = requireNonNull(gradients[k], "gradients[" + k + "]").length;
    }
    return of(
        (k, from, out, length) -> System.arraycopy(gradients[k], from, out, 0, length),
        lengths,
        damping,
        blockSize);
  }

  /**
   * The inverse of the diagonal blocks, from gradients in single precision.
   *
   * @param gradients m gradients of d elements, at least one; read only, not kept
   * @param damping more than 0
   * @param blockSize elements of a block, at least 1; d or more means the whole matrix
   * @return the inverse, in double precision
   * @throws IllegalArgumentException if lengths differ, an element is not finite, a sum of squares
   *     overflows, or the result does not fit the heap
   */
  public static StaticFisher of(float[][] gradients, double damping, int blockSize) {
    int[] lengths = new int[gradients.length];
    for (int k = 0; k < lengths.length; k++) {
      lengths[k] = requireNonNull(gradients[k], "gradients[" + k + "]").length;
    }
    Source source =
        (k, from, out, length) -> {
          float[] gradient = gradients[k];
          for (int i = 0; i < length; i++) {
            out[i] = gradient[from + i];
          }
        };
    return of(source, lengths, damping, blockSize);
  }

  private static StaticFisher of(Source source, int[] lengths, double damping, int blockSize) {
    int m = (int) Checks.atLeastOne("the number of gradients", lengths.length);
    int d = (int) Checks.atLeastOne("the length of gradients[0]", lengths[0]);
    for (int k = 1; k < m; k++) {
      Checks.length("gradients[" + k + "]", lengths[k], d);
    }
    Checks.positive("damping", damping);
    int block = (int) Math.min(d, Checks.atLeastOne("blockSize", blockSize));
    return Memory.take(
        "the inverse for %d gradients of %d elements in blocks of %d".formatted(m, d, block),
        bytes(m, d, block),
        () -> {
          StaticFisher fisher = new StaticFisher(d, m, damping, block);
          fisher.build(source);
          return fisher;
        });
  }

  /** What is kept, and what is needed beside it to build that. */
  private static long bytes(long m, long d, long block) {
    long r = Math.min(m, block);
    long tile = m > block ? block : Math.min(STRIP, block);
    return 8 * ((r + 1) * d + 5 * r * r + m * tile);
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
    Checks.length("out", out.length, x.length);
    for (int j = 0; j < x.length; j++) {
      Checks.length("x", x[j].length, dimension);
      Checks.length("out", out[j].length, dimension);
      Checks.finite("x", x[j]);
    }
    double[][] products = new double[x.length][rows.length];
    double[] part = new double[rows.length];
    for (int from = 0; from < dimension; from = blockEnd(from)) {
      multiplyBlock(x, out, from, products, part);
    }
  }

  private void multiplyBlock(
      double[][] x, double[][] out, int from, double[][] products, double[] part) {
    int to = blockEnd(from);
    int r = rank(to - from);
    boolean whole = direct(to - from);
    for (int tile = from, end; tile < to; tile = end) {
      end = tile + Math.min(TILE, to - tile);
      for (int j = 0; j < x.length; j++) {
        if (tile == from) {
          Arrays.fill(products[j], 0);
        }
        RowKernels.dots(rows, r, x[j], tile, end, part);
        Kernels.axpy(whole ? gradients : -1, part, products[j], 0, r);
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
    Checks.length("out", out.length, dimension);
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
    double sum = 0;
    for (int k = 0; k < rank(length); k++) {
      sum += rows[k][i] * rows[k][j];
    }
    return direct(length) ? gradients * sum : -sum / damping;
  }

  private void build(Source source) {
    int small = Math.min(gradients, blockSize);
    GramFactor factor = new GramFactor(small, gradients * damping);
    for (int from = 0; from < dimension; from = blockEnd(from)) {
      factor.clear();
      int to = blockEnd(from);
      if (direct(to - from)) {
        buildDirect(source, from, to - from, factor);
      } else {
        buildWhitened(source, from, to, factor);
      }
    }
  }

  /** More gradients than elements: the factor of the block itself. */
  private void buildDirect(Source source, int from, int length, GramFactor factor) {
    double[][] columns = new double[length][gradients];
    double[] row = new double[length];
    for (int k = 0; k < gradients; k++) {
      read(source, k, from, row, length);
      for (int i = 0; i < length; i++) {
        columns[i][k] = row[i];
      }
    }
    double[] products = new double[length];
    for (int i = 0; i < length; i++) {
      RowKernels.dots(columns, i + 1, columns[i], 0, gradients, products);
      append(factor, products, i);
    }
    double[][] inverse = new double[length][length];
    for (int i = 0; i < length; i++) {
      inverse[i][i] = 1;
    }
    for (int strip = 0; strip < length; strip += STRIP) {
      factor.whiten(inverse, strip, Math.min(strip + STRIP, length));
    }
    double[] squares = Diagonal.squares(inverse, length, length);
    for (int i = 0; i < length; i++) {
      System.arraycopy(inverse[i], 0, rows[i], from, length);
      diagonal[from + i] = gradients * squares[i];
    }
  }

  private void buildWhitened(Source source, int from, int to, GramFactor factor) {
    int m = gradients;
    double[][] strip = new double[m][Math.min(STRIP, to - from)];
    double[][] gram = new double[m][m];
    for (int tile = from; tile < to; tile += Math.min(STRIP, to - tile)) {
      addProducts(strip, read(source, tile, to, strip), gram);
    }
    for (int i = 0; i < m; i++) {
      append(factor, gram[i], i);
    }
    for (int tile = from; tile < to; tile += Math.min(STRIP, to - tile)) {
      int length = read(source, tile, to, strip);
      double[] squares = Diagonal.squares(strip, m, length);
      factor.whiten(strip, 0, length);
      double[] whitened = Diagonal.squares(strip, m, length);
      for (int i = 0; i < length; i++) {
        diagonal[tile + i] = Diagonal.of(whitened[i], squares[i] / m, damping);
      }
      for (int k = 0; k < m; k++) {
        System.arraycopy(strip[k], 0, rows[k], tile, length);
      }
    }
  }

  /** Adds the inner products of all rows with those before them, a few rows at a time. */
  private static void addProducts(double[][] strip, int length, double[][] gram) {
    double[] part = new double[GramFactor.GROUP];
    for (int first = 0; first < strip.length; first += GramFactor.GROUP) {
      int end = Math.min(first + GramFactor.GROUP, strip.length);
      double[][] group = Arrays.copyOfRange(strip, first, end);
      for (int i = first; i < strip.length; i++) {
        int count = Math.min(group.length, i + 1 - first);
        RowKernels.dots(group, count, strip[i], 0, length, part);
        for (int j = 0; j < count; j++) {
          gram[i][first + j] += part[j];
        }
      }
    }
  }

  private int read(Source source, int from, int to, double[][] block) {
    int length = Math.min(STRIP, to - from);
    for (int k = 0; k < gradients; k++) {
      read(source, k, from, block[k], length);
    }
    return length;
  }

  private static void read(Source source, int gradient, int from, double[] out, int length) {
    source.read(gradient, from, out, length);
    for (int i = 0; i < length; i++) {
      out[i] = Math.abs(out[i]) < DoubleRows.TINY ? 0 : out[i];
    }
  }

  private void append(GramFactor factor, double[] products, int i) {
    if (!(products[i] < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "gradients have a sum of squares of " + products[i] + ", must be finite");
    }
    factor.append(products, 0);
  }

  /** Whether the inverse of a block of this length is kept as Z'Z. */
  private boolean direct(int length) {
    return length < gradients;
  }

  private int rank(int length) {
    return Math.min(length, gradients);
  }

  private int blockEnd(int from) {
    return from + Math.min(blockSize, dimension - from);
  }
}
