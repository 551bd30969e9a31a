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

  /**
   * Whether an element is so near the span of the gradients that 1 - y'y leaves too few digits. The
   * sum of all y'y is at most m, so this is so of 2 m elements at most.
   *
   * @param value of the diagonal
   * @param collinearity of the factor
   */
  static boolean loses(double value, double damping, double collinearity) {
    double rest = value * damping;
    return rest < 0.5 && GramFactor.loses(Math.sqrt(collinearity), rest);
  }

  /**
   * Whitens a strip and computes the elements of its columns.
   *
   * @param strip gradients; overwritten
   * @param lower the factor, transposed
   * @param out written from index {@code at}
   */
  static void of(
      Strip strip, double[] lower, int divisor, double damping, double[] out, int at, int length) {
    double[] squares = strip.squares();
    strip.whiten(lower);
    double[] whitened = strip.squares();
    for (int i = 0; i < length; i++) {
      out[at + i] = of(whitened[i], squares[i] / divisor, damping);
    }
  }
}
