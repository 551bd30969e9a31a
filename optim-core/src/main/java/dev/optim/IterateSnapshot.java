package dev.optim;

import java.util.Map;
import java.util.Set;

/** An iterate that no longer changes. */
record IterateSnapshot(
    long iteration,
    Evaluations.Counts evaluations,
    double[] coordinates,
    double value,
    Map<String, Double> figures)
    implements Iterate {

  @Override
  public int dimension() {
    return coordinates.length;
  }

  @Override
  public void copyPoint(double[] out) {
    Checks.length("out", out.length, coordinates.length);
    System.arraycopy(coordinates, 0, out, 0, out.length);
  }

  @Override
  public Set<String> metrics() {
    return figures.keySet();
  }

  @Override
  public double metric(String name) {
    return figures.getOrDefault(name, Double.NaN);
  }

  @Override
  public Iterate snapshot() {
    return this;
  }
}
