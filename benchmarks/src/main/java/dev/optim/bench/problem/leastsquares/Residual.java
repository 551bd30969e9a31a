package dev.optim.bench.problem.leastsquares;

/** The residuals of a least-squares problem, one at a time. Keeps no state. */
@FunctionalInterface
public interface Residual {

  /**
   * Evaluates residual i and its gradient.
   *
   * @param i which one, from 0 on
   * @param x the point; read only, not kept
   * @param gradient of zeros; receives the partial derivatives that are not zero
   * @return r_i(x)
   */
  double at(int i, double[] x, double[] gradient);
}
