package dev.optim.geometry;

/**
 * {@code l1 |x|_1 + l2 / 2 |x|^2} with the proximal map {@code (x - clamp(x, -step l1, step l1)) /
 * (1 + step l2)}: soft thresholding without a branch, then a division.
 *
 * <p>Reference: H. Zou and T. Hastie, J. R. Stat. Soc. B 67 (2005) 301-320.
 */
record ElasticNet(double l1, double l2) implements Proximal {

  @Override
  public double value(double[] x) {
    if (!Arguments.isFinite(x, ConvexSet.ANY_DIMENSION)) {
      return Double.NaN;
    }
    // A zero weight must not meet a norm that overflowed.
    double linear = l1 == 0 ? 0 : l1 * Norms.l1(x);
    double norm = l2 == 0 ? 0 : Norms.l2(x);
    return linear + 0.5 * l2 * norm * norm;
  }

  @Override
  public void prox(double[] x, double step) {
    Arguments.step(step);
    if (!Arguments.isFinite(x, ConvexSet.ANY_DIMENSION)) {
      return;
    }
    double threshold = step * l1;
    double divisor = 1 + step * l2;
    for (int i = 0; i < x.length; i++) {
      x[i] = (x[i] - Math.min(Math.max(x[i], -threshold), threshold)) / divisor;
    }
  }
}
