package dev.optim;

/** A function to minimise. */
@FunctionalInterface
public interface Objective {

  /**
   * Evaluates the function.
   *
   * @param x the point, read only
   * @return the value
   */
  double value(double[] x);
}
