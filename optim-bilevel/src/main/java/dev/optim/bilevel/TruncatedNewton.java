package dev.optim.bilevel;

import dev.optim.kernel.Kernels;
import java.util.Arrays;

/** R. S. Dembo, T. Steihaug, Math. Programming 26 (1983) 190-212. */
final class TruncatedNewton implements InnerSolver {

  private static final int HALVINGS = 40;

  private final Optimality optimality;
  private final double tolerance;
  private final int maxIterations;
  private final ConjugateGradients cg;
  private final double[] g;
  private final double[] direction;
  private final double[] trial;
  private final double[] trialG;
  private double[] atX = new double[0];
  private double[] atY = atX;
  private final AdjointSolver.Operator hessian;

  TruncatedNewton(BilevelProblem problem, double tolerance, int maxIterations) {
    this.tolerance = tolerance;
    this.maxIterations = maxIterations;
    int m = problem.lowerDimension();
    optimality = new Optimality(problem);
    cg = new ConjugateGradients(0, 2 * m + 10);
    g = new double[m];
    direction = new double[m];
    trial = new double[m];
    trialG = new double[m];
    hessian = (v, out) -> optimality.transposedY(atX, atY, v, out);
  }

  @Override
  public void solve(double[] x, double[] y) {
    int m = y.length;
    atX = x;
    atY = y;
    optimality.residual(x, y, g);
    double norm = Kernels.norm(g, 0, m);
    double value = optimality.value(x, y);
    for (int k = 0; k < maxIterations && norm > tolerance; k++) {
      Arrays.fill(direction, 0);
      cg.solve(hessian, g, direction, Math.min(0.1, norm));
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
        double trialValue = optimality.value(x, trial);
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
