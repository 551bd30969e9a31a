package dev.optim.geometry;

/** A function of any dimension, held to one. */
record FixedDimensionProximal(Proximal function, int dimension) implements Proximal {

  @Override
  public double value(double[] x) {
    return Arguments.isFinite(x, dimension) ? function.value(x) : Double.NaN;
  }

  @Override
  public void prox(double[] x, double step) {
    Arguments.step(step);
    if (Arguments.isFinite(x, dimension)) {
      function.prox(x, step);
    }
  }
}
