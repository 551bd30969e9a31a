package dev.optim;

/** The gradient of a function from R^n to R. */
@FunctionalInterface
public interface Gradient {

  /**
   * Evaluates the gradient.
   *
   * @param x the point, n coordinates; read only, not kept
   * @param out receives the n partial derivatives; every element is written
   */
  void gradient(double[] x, double[] out);
}
