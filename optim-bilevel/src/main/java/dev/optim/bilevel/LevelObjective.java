package dev.optim.bilevel;

import dev.optim.DifferentiableObjective;

/**
 * The objective of one level: a smooth function of the upper variables x (n numbers) and the lower
 * variables y (m numbers), with its two partial gradients.
 *
 * <p>The methods of this library hand it scratch copies of x and y, and arrays for the gradients
 * filled with NaN: an element that is not written is noticed, and nothing is read from it.
 */
public interface LevelObjective {

  /**
   * Evaluates the function. The first-order methods ask for values only where a metric is read.
   *
   * @param x the upper variables, n numbers; read only, not kept
   * @param y the lower variables, m numbers; read only, not kept
   * @return the value
   */
  double value(double[] x, double[] y);

  /**
   * Evaluates the partial gradient with respect to x.
   *
   * @param x the upper variables, n numbers; read only, not kept
   * @param y the lower variables, m numbers; read only, not kept
   * @param out receives the n partial derivatives; every element is written
   */
  void gradientX(double[] x, double[] y, double[] out);

  /**
   * Evaluates the partial gradient with respect to y.
   *
   * @param x the upper variables, n numbers; read only, not kept
   * @param y the lower variables, m numbers; read only, not kept
   * @param out receives the m partial derivatives; every element is written
   */
  void gradientY(double[] x, double[] y, double[] out);

  /** A function of both blocks. */
  @FunctionalInterface
  interface Value {
    /**
     * Evaluates the function.
     *
     * @param x the upper variables
     * @param y the lower variables
     * @return the value
     */
    double at(double[] x, double[] y);
  }

  /** A partial gradient. */
  @FunctionalInterface
  interface Partial {
    /**
     * Evaluates the gradient with respect to one block.
     *
     * @param x the upper variables
     * @param y the lower variables
     * @param out receives the partial derivatives
     */
    void at(double[] x, double[] y, double[] out);
  }

  /**
   * Joins a function and its partial gradients.
   *
   * @param value the function
   * @param gradientX its gradient with respect to x
   * @param gradientY its gradient with respect to y
   * @return all three as one objective; {@link BilevelProblem.Builder#checkGradients} compares them
   */
  static LevelObjective of(Value value, Partial gradientX, Partial gradientY) {
    return new FunctionLevel(value, gradientX, gradientY);
  }

  /**
   * Takes a function of the joint point (x, y), x first. Each partial gradient costs a whole one:
   * give both apart where that is much dearer.
   *
   * @param joint the function, of n + m variables
   * @param upperDimension n, at least 1
   * @return the same function of both blocks
   */
  static LevelObjective of(DifferentiableObjective joint, int upperDimension) {
    return new JointLevel(joint, upperDimension);
  }
}
