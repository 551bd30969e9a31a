package dev.optim.geometry;

import java.util.Objects;

/** 0 on a set, positive infinity off it; the proximal map is the projection. */
record Indicator(ConvexSet set, double tolerance) implements Proximal {

  Indicator {
    Objects.requireNonNull(set, "set");
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance is " + tolerance + ", must be at least 0");
    }
  }

  @Override
  public int dimension() {
    return set.dimension();
  }

  @Override
  public double value(double[] x) {
    double distance = set.distance(x);
    return Double.isNaN(distance)
        ? Double.NaN
        : distance <= tolerance ? 0 : Double.POSITIVE_INFINITY;
  }

  @Override
  public void prox(double[] x, double step) {
    Arguments.step(step);
    set.project(x);
  }
}
