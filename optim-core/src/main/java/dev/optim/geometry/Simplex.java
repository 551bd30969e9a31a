package dev.optim.geometry;

/**
 * The simplex {@code x >= 0, sum x = sum}.
 *
 * <p>The projection is {@code max(x - tau, 0)} with {@code tau} the root of {@code g(tau) = sum_i
 * max(x[i] - tau, 0) - sum}, convex, decreasing and piecewise linear. Newton's method started left
 * of the root climbs to it monotonically and stops after finitely many steps. Each step shrinks the
 * product of {@code g} and its slope by a factor of 4 at least; it starts below {@code n^2 sum} and
 * means nothing below {@code 2^-53 sum}, hence at most about {@code 27 + log2(n)} passes.
 *
 * <p>References: C. Michelot, J. Optim. Theory Appl. 50 (1986) 195-200 (the same iteration from
 * another start); L. Condat, Math. Program. 158 (2016) 575-585; the factor of 4: T. Radzik, in
 * Handbook of Combinatorial Optimization, 1998.
 */
record Simplex(double sum) implements ConvexSet {

  /** One pass polishes the sum to rounding; the bound only keeps the loop honest. */
  private static final int POLISHING_PASSES = 8;

  Simplex {
    Arguments.size("sum", sum);
  }

  @Override
  public void project(double[] x) {
    if (!Arguments.isFiniteAndNotEmpty(x) || contains(x)) {
      return;
    }
    threshold(x);
    for (int pass = 0; pass < POLISHING_PASSES && !contains(x); pass++) {
      polish(x);
    }
  }

  private boolean contains(double[] x) {
    for (double coordinate : x) {
      if (coordinate < 0) {
        return false;
      }
    }
    return Math.abs(Norms.l1(x) - sum) <= Norms.ROUNDING * sum + Double.MIN_NORMAL;
  }

  private void threshold(double[] x) {
    // Coordinates relative to the largest: tau lies in [-sum, 0] whatever the offset of the point.
    double max = x[0];
    for (double coordinate : x) {
      max = Math.max(max, coordinate);
    }
    double tau = -sum;
    int count = Integer.MAX_VALUE;
    int previous;
    // The set of coordinates above tau only shrinks; once it stays, tau is the root.
    do {
      previous = count;
      count = 0;
      double excess = 0;
      for (double coordinate : x) {
        double part = Math.max(coordinate - max - tau, 0);
        excess += part;
        count += part > 0 ? 1 : 0;
      }
      tau += count == 0 ? 0 : Math.max((excess - sum) / count, 0);
    } while (count < previous);
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.max(x[i] - max - tau, 0);
    }
  }

  /** Spreads what rounding left over evenly on the positive coordinates. */
  private void polish(double[] x) {
    int count = 0;
    for (double coordinate : x) {
      count += coordinate > 0 ? 1 : 0;
    }
    double surplus = (Norms.l1(x) - sum) / count;
    for (int i = 0; i < x.length; i++) {
      x[i] = x[i] > 0 ? Math.max(x[i] - surplus, 0) : 0;
    }
  }
}
