package dev.optim.geometry;

import java.util.Arrays;
import java.util.List;

/** A separable sum over consecutive blocks of coordinates. */
record ProductProximal(List<Proximal> blocks, int dimension) implements Proximal {

  ProductProximal(List<Proximal> blocks) {
    this(blocks, dimension(blocks));
  }

  private static int dimension(List<Proximal> blocks) {
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("blocks is empty, must have at least one function");
    }
    int dimension = 0;
    for (int i = 0; i < blocks.size(); i++) {
      dimension = Math.addExact(dimension, Arguments.blockDimension(i, blocks.get(i).dimension()));
    }
    return dimension;
  }

  @Override
  public double value(double[] x) {
    if (!Arguments.isFinite(x, dimension)) {
      return Double.NaN;
    }
    double sum = 0;
    int from = 0;
    for (Proximal function : blocks) {
      sum += function.value(Arrays.copyOfRange(x, from, from + function.dimension()));
      from += function.dimension();
    }
    return sum;
  }

  @Override
  public void prox(double[] x, double step) {
    Arguments.step(step);
    if (!Arguments.isFinite(x, dimension)) {
      return;
    }
    // Written back at the end only: a block that throws leaves the point whole.
    double[] result = new double[dimension];
    int from = 0;
    for (Proximal function : blocks) {
      double[] block = Arrays.copyOfRange(x, from, from + function.dimension());
      function.prox(block, step);
      System.arraycopy(block, 0, result, from, block.length);
      from += block.length;
    }
    System.arraycopy(result, 0, x, 0, dimension);
  }
}
