package dev.optim.bilevel;

/**
 * An equation Phi(x, y) = 0 of m rows that the solution y(x) of the lower level satisfies. By the
 * implicit function theorem the gradient of F(x, y(x)) is {@code F_x - Phi_x' u} with {@code Phi_y'
 * u = F_y}; only products with the transposed derivatives are asked for.
 */
public interface ImplicitEquation {

  /**
   * Evaluates Phi.
   *
   * @param x the upper variables, n numbers; read only, not kept
   * @param y the lower variables, m numbers; read only, not kept
   * @param out receives the m residuals; every element is written
   */
  void residual(double[] x, double[] y, double[] out);

  /**
   * Multiplies the transposed derivative with respect to y by a vector.
   *
   * @param x the upper variables, n numbers; read only, not kept
   * @param y the lower variables, m numbers; read only, not kept
   * @param u m numbers; read only, not kept
   * @param out receives the m numbers {@code Phi_y' u}; every element is written
   */
  void transposedY(double[] x, double[] y, double[] u, double[] out);

  /**
   * Multiplies the transposed derivative with respect to x by a vector.
   *
   * @param x the upper variables, n numbers; read only, not kept
   * @param y the lower variables, m numbers; read only, not kept
   * @param u m numbers; read only, not kept
   * @param out receives the n numbers {@code Phi_x' u}; every element is written
   */
  void transposedX(double[] x, double[] y, double[] u, double[] out);

  /**
   * The optimality condition of an unconstrained lower level: {@code Phi = f_y}, its derivatives
   * the second-order products of f. Products come from {@link BilevelProblem#curvature}, or from
   * central differences of the partial gradients (two each, relative error about 1e-9).
   *
   * @param problem a problem without lower-level constraints
   * @return the equation; not safe for several threads
   * @throws IllegalArgumentException if the lower level is constrained
   */
  static ImplicitEquation optimality(BilevelProblem problem) {
    return new Optimality(problem);
  }

  /**
   * A fixed point: {@code Phi = y - T(x, y)}. For constrained or nonsmooth lower levels T is a
   * projected or proximal gradient step.
   *
   * @param map the map T and its transposed products
   * @return the equation
   */
  static ImplicitEquation fixedPoint(FixedPointMap map) {
    return new FixedPoint(map);
  }

  /**
   * The projected gradient step {@code T(x, y) = P_Y(y - step f_y(x, y))} for a lower level in a
   * box: its fixed point solves the lower level, and its derivative is that of the step on the
   * coordinates that are not held at a bound. At a weakly active bound, where multiplier and slack
   * are both zero, the solution has no derivative, and this is one of its one-sided ones.
   *
   * @param problem a problem whose lower level has bounds at most
   * @param step greater than 0; below 2/L of f_y, so that T contracts
   * @return the map, for {@link #fixedPoint} and {@link InnerSolver#iterate}; not safe for several
   *     threads
   * @throws IllegalArgumentException if the lower level has coupling constraints, or Y is no box
   */
  static FixedPointMap projectedGradient(BilevelProblem problem, double step) {
    return new ProjectedGradient(problem, step);
  }

  /** A map T(x, y) whose fixed point in y is the lower level's solution. */
  interface FixedPointMap {

    /**
     * Evaluates T.
     *
     * @param x the upper variables; read only
     * @param y the lower variables; read only
     * @param out receives the m numbers T(x, y)
     */
    void map(double[] x, double[] y, double[] out);

    /**
     * Multiplies the transposed derivative of T with respect to y by a vector.
     *
     * @param x the upper variables; read only
     * @param y the lower variables; read only
     * @param u m numbers; read only
     * @param out receives the m numbers {@code T_y' u}
     */
    void transposedY(double[] x, double[] y, double[] u, double[] out);

    /**
     * Multiplies the transposed derivative of T with respect to x by a vector.
     *
     * @param x the upper variables; read only
     * @param y the lower variables; read only
     * @param u m numbers; read only
     * @param out receives the n numbers {@code T_x' u}
     */
    void transposedX(double[] x, double[] y, double[] u, double[] out);
  }
}
