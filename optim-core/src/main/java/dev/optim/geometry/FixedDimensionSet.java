package dev.optim.geometry;

/** A set of any dimension, held to one. */
record FixedDimensionSet(ConvexSet set, int dimension) implements ConvexSet {

  @Override
  public void project(double[] x) {
    if (Arguments.isFinite(x, dimension)) {
      set.project(x);
    }
  }
}
