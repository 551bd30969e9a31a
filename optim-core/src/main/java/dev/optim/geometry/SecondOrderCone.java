package dev.optim.geometry;

/**
 * The cone {@code |v| <= t} of points {@code (t, v)}. With {@code n = |v|}: inside if {@code n <=
 * t}, the origin if {@code n <= -t}, otherwise {@code ((n + t) / 2) (1, v / n)}.
 *
 * <p>Reference: M. Fukushima, Z.-Q. Luo, P. Tseng, Smoothing functions for second-order-cone
 * complementarity problems, SIAM J. Optim. 12 (2002) 436-460.
 */
record SecondOrderCone() implements ConvexSet {

  @Override
  public void project(double[] x) {
    if (!Arguments.isFiniteAndNotEmpty(x)) {
      return;
    }
    double norm = Norms.l2(x, 1);
    if (norm <= x[0]) {
      return;
    }
    double shrink = 0;
    if (norm > -x[0]) {
      double scale = Norms.scale(x, 1);
      double scaledNorm = Norms.l2(x, 1, scale);
      shrink = 0.5 * (scaledNorm + scale * x[0]) / scaledNorm;
    }
    for (int i = 1; i < x.length; i++) {
      x[i] = shrink == 0 ? 0 : shrink * x[i];
    }
    // The norm as computed, so that the point counts as inside from now on.
    x[0] = Norms.l2(x, 1);
  }
}
