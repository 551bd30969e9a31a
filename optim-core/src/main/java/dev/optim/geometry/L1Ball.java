package dev.optim.geometry;

/**
 * The ball {@code |x|_1 <= radius}: outside, the sizes of the coordinates are projected onto the
 * simplex and keep their signs.
 *
 * <p>Reference: J. Duchi, S. Shalev-Shwartz, Y. Singer, T. Chandra, Efficient projections onto the
 * l1-ball for learning in high dimensions, ICML 2008.
 */
record L1Ball(double radius) implements ConvexSet {

  L1Ball {
    Arguments.size("radius", radius);
  }

  @Override
  public void project(double[] x) {
    if (!Arguments.isFinite(x, ANY_DIMENSION) || Norms.l1(x) <= radius) {
      return;
    }
    double[] sizes = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      sizes[i] = Math.abs(x[i]);
    }
    new Simplex(radius).project(sizes);
    for (int i = 0; i < x.length; i++) {
      x[i] = x[i] < 0 ? 0.0 - sizes[i] : sizes[i];
    }
  }
}
