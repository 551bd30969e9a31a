package dev.optim;

/**
 * A function f from R^n to R, to be minimised.
 *
 * <p>A value that is NaN or infinite is allowed: no method of this library ever takes such a point
 * for the best one.
 */
@FunctionalInterface
public interface Objective {

  /**
   * Evaluates f.
   *
   * @param x the point, n coordinates; read only, and not to be kept: the caller re-uses the array
   * @return f(x)
   */
  double value(double[] x);

  /**
   * Evaluates f at several points. Override it where a batch is cheaper than one point at a time.
   *
   * @param points the points, each with n coordinates; read only, not kept
   * @param out receives f(points[i]) at index i; at least as long as {@code points}
   * @throws IllegalArgumentException if {@code out} is shorter than {@code points}
   */
  default void values(double[][] points, double[] out) {
    if (out.length < points.length) {
      throw new IllegalArgumentException(
          "out has length " + out.length + ", shorter than the " + points.length + " points");
    }
    for (int i = 0; i < points.length; i++) {
      out[i] = value(points[i]);
    }
  }
}
