package dev.optim.geometry;

import java.util.Arrays;
import java.util.List;

/** Consecutive blocks of coordinates, each in a set of its own. */
record ProductSet(List<ConvexSet> blocks, int dimension) implements ConvexSet {

  ProductSet(List<ConvexSet> blocks) {
    this(blocks, dimension(blocks));
  }

  private static int dimension(List<ConvexSet> blocks) {
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("blocks is empty, must have at least one set");
    }
    int dimension = 0;
    for (int i = 0; i < blocks.size(); i++) {
      dimension = Math.addExact(dimension, Arguments.blockDimension(i, blocks.get(i).dimension()));
    }
    return dimension;
  }

  @Override
  public void project(double[] x) {
    if (!Arguments.isFinite(x, dimension)) {
      return;
    }
    // Written back at the end only: a block that throws leaves the point whole.
    double[] projected = new double[dimension];
    int from = 0;
    for (ConvexSet set : blocks) {
      double[] block = Arrays.copyOfRange(x, from, from + set.dimension());
      set.project(block);
      System.arraycopy(block, 0, projected, from, block.length);
      from += block.length;
    }
    System.arraycopy(projected, 0, x, 0, dimension);
  }
}
