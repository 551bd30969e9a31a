package dev.optim.bilevel;

import dev.optim.Checks;

/**
 * Solves the adjoint system A u = b, matrix-free. A is {@code Phi_y'}: the Hessian of f for the
 * optimality condition, the identity less {@code T_y'} for a fixed point.
 *
 * <p>A solver need not reach its tolerance: {@link ImplicitGradient} measures the residual itself.
 */
@FunctionalInterface
public interface AdjointSolver {

  /** A product with a square matrix. */
  @FunctionalInterface
  interface Operator {
    /**
     * Multiplies.
     *
     * @param v m numbers; read only
     * @param out receives the m numbers A v
     */
    void times(double[] v, double[] out);
  }

  /**
   * Solves A u = b.
   *
   * @param a the matrix
   * @param b the right-hand side, m numbers; read only
   * @param u the first guess on entry, the solution on return
   */
  void solve(Operator a, double[] b, double[] u);

  /**
   * Conjugate gradients, for symmetric positive definite A: a strongly convex lower level. One
   * product an iteration, memory 3m, kept from call to call: the solver is not safe for several
   * threads. It ends where the curvature along its direction is not positive.
   *
   * @param tolerance on |b - A u| / |b|, at least 0
   * @param maxIterations at least 1
   * @return the solver
   */
  static AdjointSolver cg(double tolerance, int maxIterations) {
    Checks.nonNegative("tolerance", tolerance);
    Checks.atLeastOne("maxIterations", maxIterations);
    return new ConjugateGradients(tolerance, maxIterations);
  }

  /**
   * Minimal residuals, for symmetric A that may be indefinite. One product an iteration, memory 7m.
   *
   * @param tolerance on |b - A u| / |b|, at least 0
   * @param maxIterations at least 1
   * @return the solver
   */
  static AdjointSolver minres(double tolerance, int maxIterations) {
    Checks.nonNegative("tolerance", tolerance);
    Checks.atLeastOne("maxIterations", maxIterations);
    return new MinimalResiduals(tolerance, maxIterations);
  }

  /**
   * Generalised minimal residuals, for any regular A: fixed points, saddle points. One product an
   * iteration, memory m for each.
   *
   * @param tolerance on |b - A u| / |b|, at least 0
   * @param maxIterations at least 1; also the dimension of the Krylov space, there are no restarts
   * @return the solver
   */
  static AdjointSolver gmres(double tolerance, int maxIterations) {
    Checks.nonNegative("tolerance", tolerance);
    Checks.atLeastOne("maxIterations", maxIterations);
    return new GeneralisedMinimalResiduals(tolerance, maxIterations);
  }

  /**
   * The truncated Neumann series {@code u = step sum_k (I - step A)^k b}, which is what unrolled
   * gradient descent would differentiate to. Converges for a step below 2/|A|; one product a term,
   * memory 2m. It starts from zero.
   *
   * @param step greater than 0; 1 for a contraction's fixed point
   * @param terms at least 1
   * @return the solver
   */
  static AdjointSolver neumann(double step, int terms) {
    Checks.positive("step", step);
    Checks.atLeastOne("terms", terms);
    return new NeumannSeries(step, terms);
  }
}
