package dev.optim.bilevel;

import dev.optim.Checks;
import dev.optim.kernel.Kernels;

/** P_Y(y - step f_y(x, y)) for a box Y. */
final class ProjectedGradient implements ImplicitEquation.FixedPointMap {

  private final BilevelProblem problem;
  private final Optimality lower;
  private final double step;
  private final double[] gradient;
  private final double[] free;

  ProjectedGradient(BilevelProblem problem, double step) {
    if (problem.coupling() != null || !problem.lowerBlock().isBox()) {
      throw new IllegalArgumentException(
          "the lower level has constraints other than a box (lowerBox): give the map yourself");
    }
    this.problem = problem;
    this.step = Checks.positive("step", step);
    lower = Optimality.ofObjective(problem);
    gradient = new double[problem.lowerDimension()];
    free = new double[problem.lowerDimension()];
  }

  @Override
  public void map(double[] x, double[] y, double[] out) {
    lower.residual(x, y, out);
    for (int i = 0; i < out.length; i++) {
      out[i] = y[i] - step * out[i];
    }
    problem.lowerBlock().project(out);
  }

  /** Keeps u on the coordinates that the projection leaves alone. */
  private void free(double[] x, double[] y, double[] u) {
    lower.residual(x, y, gradient);
    for (int i = 0; i < free.length; i++) {
      double stepped = y[i] - step * gradient[i];
      free[i] = problem.lowerBlock().isInside(i, stepped) ? u[i] : 0;
    }
  }

  @Override
  public void transposedY(double[] x, double[] y, double[] u, double[] out) {
    free(x, y, u);
    lower.transposedY(x, y, free, out);
    Kernels.scale(-step, out, 0, out.length);
    Kernels.axpy(1, free, out, 0, out.length);
  }

  @Override
  public void transposedX(double[] x, double[] y, double[] u, double[] out) {
    free(x, y, u);
    lower.transposedX(x, y, free, out);
    Kernels.scale(-step, out, 0, out.length);
  }
}
