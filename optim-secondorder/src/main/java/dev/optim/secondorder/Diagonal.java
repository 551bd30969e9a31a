package dev.optim.secondorder;

/**
 * Diagonal elements of the inverse in the form (1 - y'y) / damping, y a column of whitened rows.
 */
final class Diagonal {

  private Diagonal() {}

  /**
   * One element. Where y'y is 1 but for rounding, the difference is no longer worth anything: no
   * diagonal element of an inverse is less than the inverse of the matrix's own.
   *
   * @param whitened y'y
   * @param fisher the element of (1/m) G'G
   */
  static double of(double whitened, double fisher, double damping) {
    return Math.max((1 - whitened) / damping, 1 / (damping + fisher));
  }

  /** Sums of squares of the columns of some rows. */
  static double[] squares(double[][] rows, int count, int length) {
    double[] squares = new double[length];
    for (int k = 0; k < count; k++) {
      double[] row = rows[k];
      for (int i = 0; i < length; i++) {
        squares[i] += row[i] * row[i];
      }
    }
    return squares;
  }
}
