package dev.optim.bilevel;

import dev.optim.Checks;
import dev.optim.kernel.Kernels;

/** Solves the lower level at a given x. */
@FunctionalInterface
public interface InnerSolver {

  /**
   * Minimises f(x, .).
   *
   * @param x the upper variables; read only
   * @param y where to begin on entry, the solution on return
   */
  void solve(double[] x, double[] y);

  /**
   * Newton's method for a smooth, strongly convex, unconstrained lower level: the direction by
   * conjugate gradients on products with f_yy, the step by halving until f decreases.
   *
   * @param problem whose lower level is solved
   * @param tolerance on |f_y|, at least 0; it ends earlier where f no longer decreases
   * @param maxIterations at least 1
   * @return the solver; not safe for several threads
   * @throws IllegalArgumentException if the lower level is constrained
   */
  static InnerSolver newton(BilevelProblem problem, double tolerance, int maxIterations) {
    Checks.nonNegative("tolerance", tolerance);
    Checks.atLeastOne("maxIterations", maxIterations);
    return new TruncatedNewton(problem, tolerance, maxIterations);
  }

  /**
   * Iterates a map to its fixed point.
   *
   * @param map the map T
   * @param tolerance on |y - T(x, y)|, at least 0
   * @param maxIterations at least 1
   * @return the solver
   */
  static InnerSolver iterate(
      ImplicitEquation.FixedPointMap map, double tolerance, int maxIterations) {
    Checks.nonNegative("tolerance", tolerance);
    Checks.atLeastOne("maxIterations", maxIterations);
    return (x, y) -> {
      double[] mapped = new double[y.length];
      for (int k = 0; k < maxIterations; k++) {
        map.map(x, y.clone(), mapped);
        double step = Math.sqrt(LvHbaState.squaredDistance(mapped, y));
        if (!Kernels.allFinite(mapped, 0, mapped.length)) {
          return;
        }
        System.arraycopy(mapped, 0, y, 0, y.length);
        if (step <= tolerance) {
          return;
        }
      }
    };
  }
}
