package dev.optim.geometry;

/** The same bounds for every coordinate, in any dimension. */
record Cube(double lower, double upper) implements ConvexSet {

  Cube {
    Arguments.bounds("", lower, upper);
  }

  @Override
  public void project(double[] x) {
    if (!Arguments.isFinite(x, ANY_DIMENSION)) {
      return;
    }
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.min(Math.max(x[i], lower), upper);
    }
  }
}
