package dev.optim.secondorder;

import dev.optim.kernel.Kernels;
import java.util.Arrays;

/**
 * Improves products with the inverse, y = F^-1 b, by what is left of the vector:
 *
 * <pre>
 *   y &larr; y + F^-1 (b - F y) ,   F y = damping y + (1/divisor) G' (G y)
 * </pre>
 *
 * <p>until the change is small. A gradient of the window is nearly an eigenvector of the largest
 * eigenvalues of F, and its product |g|^2 / (m damping) times smaller than the terms it is the sum
 * of. The difference b - F y is as much smaller than its terms. What rounding leaves of them
 * outside of the span of the gradients F^-1 multiplies with 1 / damping. So they are summed in
 * twice the working precision, a number as the sum of two (T. Dekker, <i>A floating-point technique
 * for extending the available precision</i>, 1971), and then a change needs only its first digits
 * right. What rounding makes of the products G y stays in the span, and costs half as many digits
 * as F has in its condition number.
 *
 * <p>A round costs four passes over the gradients, one of them ten times as long as usual, on the
 * calling thread.
 */
final class Refinement {

  /** The change, as a part of the product, after which no other is worth its time. */
  private static final double SMALL = 1e-11;

  /** Each round wins as many digits as the product had before; this many are never needed. */
  private static final int MOST = 8;

  /** Splits the 53 bits of a number into 26 and 27. */
  private static final double SPLIT = 0x1p27 + 1;

  /** Multiplies a vector with the inverse, as well as rounding allows. */
  @FunctionalInterface
  interface Inverse {

    /** Overwrites columns {@code from} to {@code to}; the others count as zero. */
    void multiply(double[] x, int from, int to);
  }

  private final Gradients rows;
  private final int count;
  private final double damping;
  private final int divisor;

  private final double[] left;
  private final double[] tile;

  // sums, each the sum of two numbers
  private final double[] high;
  private final double[] low;
  private final double[] products;

  /**
   * @param rows the gradients
   * @param count how many of them, from the first
   */
  Refinement(Gradients rows, int count, double damping, int divisor) {
    this.rows = rows;
    this.count = count;
    this.damping = damping;
    this.divisor = divisor;
    left = new double[rows.dimension()];
    tile = new double[Math.min(GradientRows.COLUMNS, rows.dimension())];
    high = new double[tile.length];
    low = new double[tile.length];
    products = new double[count];
  }

  /**
   * Improves a product with the block of columns {@code from} to {@code to}.
   *
   * @param b the vector
   * @param y F^-1 b, read and written
   * @param inverse F^-1
   */
  void improve(double[] b, double[] y, int from, int to, Inverse inverse) {
    double last = Double.POSITIVE_INFINITY;
    for (int round = 0; round < MOST; round++) {
      multiply(y, from, to);
      subtract(b, y, from, to);
      inverse.multiply(left, from, to);
      double change = Kernels.norm(left, from, to);
      if (!(change < last / 2)) {
        return;
      }
      Kernels.axpy(1, left, y, from, to);
      if (change <= SMALL * Kernels.norm(y, from, to)) {
        return;
      }
      last = change;
    }
  }

  /** The products G y. */
  private void multiply(double[] y, int from, int to) {
    Arrays.fill(products, 0);
    for (int begin = from, end; begin < to; begin = end) {
      end = begin + Math.min(tile.length, to - begin);
      for (int k = 0; k < count; k++) {
        rows.read(k, begin, end, tile, 0);
        products[k] += Kernels.dot(tile, 0, y, begin, end - begin);
      }
    }
  }

  /** What is left: b - damping y - (1/divisor) G' products. */
  private void subtract(double[] b, double[] y, int from, int to) {
    for (int begin = from, end; begin < to; begin = end) {
      end = begin + Math.min(tile.length, to - begin);
      int length = end - begin;
      Arrays.fill(high, 0, length, 0);
      Arrays.fill(low, 0, length, 0);
      add(divisor, b, begin, length);
      add(-divisor * damping, y, begin, length);
      for (int k = 0; k < count; k++) {
        rows.read(k, begin, end, tile, 0);
        add(-products[k], tile, 0, length);
      }
      for (int i = 0; i < length; i++) {
        left[begin + i] = (high[i] + low[i]) / divisor;
      }
    }
  }

  /** Adds c x to the sums. */
  private void add(double c, double[] x, int from, int length) {
    for (int i = 0; i < length; i++) {
      double product = c * x[from + i];
      double sum = high[i] + product;
      low[i] += sumError(high[i], product, sum) + productError(c, x[from + i], product);
      high[i] = sum;
    }
  }

  /** What rounding took from {@code sum = a + b}, exactly. */
  private static double sumError(double a, double b, double sum) {
    double ofB = sum - a;
    return (a - (sum - ofB)) + (b - ofB);
  }

  /** What rounding took from {@code product = a b}, exactly. */
  private static double productError(double a, double b, double product) {
    double aHigh = SPLIT * a - (SPLIT * a - a);
    double aLow = a - aHigh;
    double bHigh = SPLIT * b - (SPLIT * b - b);
    double bLow = b - bHigh;
    return aLow * bLow - (((product - aHigh * bHigh) - aLow * bHigh) - aHigh * bLow);
  }
}
