package dev.optim.bilevel;

import dev.optim.kernel.Kernels;

/** R. S. Dembo, T. Steihaug, Math. Programming 26 (1983) 190-212. */
final class TruncatedNewton implements InnerSolver {

  private static final int HALVINGS = 40;

  private final BilevelProblem problem;
  private final Optimality optimality;
  private final double tolerance;
  private final int maxIterations;

  TruncatedNewton(BilevelProblem problem, double tolerance, int maxIterations) {
    this.problem = problem;
    this.tolerance = tolerance;
    this.maxIterations = maxIterations;
    optimality = new Optimality(problem);
  }

  @Override
  public void solve(double[] x, double[] y) {
    int m = y.length;
    double[] g = new double[m];
    double[] trial = new double[m];
    double[] trialG = new double[m];
    optimality.residual(x, y, g);
    double norm = Kernels.norm(g, 0, m);
    double value = problem.lower().value(x, y.clone());
    for (int k = 0; k < maxIterations && norm > tolerance; k++) {
      double[] direction = new double[m];
      double forcing = Math.min(0.1, norm);
      AdjointSolver.cg(forcing, 2 * m + 10)
          .solve((v, out) -> optimality.transposedY(x, y, v, out), g, direction);
      double slope = Kernels.dot(g, direction);
      if (!(slope > 0)) {
        System.arraycopy(g, 0, direction, 0, m);
        slope = norm * norm;
      }
      double step = 1;
      boolean better = false;
      for (int h = 0; h < HALVINGS && !better; h++) {
        for (int i = 0; i < m; i++) {
          trial[i] = y[i] - step * direction[i];
        }
        double trialValue = problem.lower().value(x, trial.clone());
        optimality.residual(x, trial, trialG);
        double trialNorm = Kernels.norm(trialG, 0, m);
        // close to the solution values are equal to rounding, and the gradient decides
        better =
            trialValue <= value - 1e-4 * step * slope
                || (trialValue <= value + 1e-12 * Math.abs(value) && trialNorm < norm);
        if (better) {
          System.arraycopy(trial, 0, y, 0, m);
          System.arraycopy(trialG, 0, g, 0, m);
          value = trialValue;
          norm = trialNorm;
        }
        step *= 0.5;
      }
      if (!better) {
        return;
      }
    }
  }
}
