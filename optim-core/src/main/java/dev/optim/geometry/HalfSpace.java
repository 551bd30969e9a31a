package dev.optim.geometry;

/** One side of a hyperplane: a point on the other side is projected onto it. */
record HalfSpace(AffineSet boundary) implements ConvexSet {

  @Override
  public int dimension() {
    return boundary.dimension();
  }

  @Override
  public void project(double[] x) {
    if (Arguments.isFinite(x, dimension()) && boundary.excess(x) > 0) {
      boundary.project(x);
    }
  }
}
