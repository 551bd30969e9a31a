package dev.optim.bilevel;

import static java.util.Objects.requireNonNull;

/** y - T(x, y) = 0. */
record FixedPoint(FixedPointMap map) implements ImplicitEquation {

  FixedPoint {
    requireNonNull(map, "map");
  }

  @Override
  public void residual(double[] x, double[] y, double[] out) {
    map.map(x, y, out);
    for (int i = 0; i < out.length; i++) {
      out[i] = y[i] - out[i];
    }
  }

  @Override
  public void transposedY(double[] x, double[] y, double[] u, double[] out) {
    map.transposedY(x, y, u, out);
    for (int i = 0; i < out.length; i++) {
      out[i] = u[i] - out[i];
    }
  }

  @Override
  public void transposedX(double[] x, double[] y, double[] u, double[] out) {
    map.transposedX(x, y, u, out);
    for (int i = 0; i < out.length; i++) {
      out[i] = -out[i];
    }
  }
}
