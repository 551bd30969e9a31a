package dev.optim.geometry;

/** {@code factor h}: the proximal map of h with the step times the factor. */
record ScaledProximal(Proximal function, double factor) implements Proximal {

  ScaledProximal {
    if (!(factor > 0 && factor <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("factor is " + factor + ", must be finite and > 0");
    }
  }

  @Override
  public int dimension() {
    return function.dimension();
  }

  @Override
  public double value(double[] x) {
    return factor * function.value(x);
  }

  @Override
  public void prox(double[] x, double step) {
    Arguments.step(step);
    // The product of two valid numbers may leave the range of valid steps.
    function.prox(x, Math.max(Double.MIN_VALUE, Math.min(factor * step, Double.MAX_VALUE)));
  }
}
