package dev.optim.bench.problem;

import dev.optim.DifferentiableObjective;

/**
 * Rosenbrock's function in n variables, the sum over i of 100 (x[i+1] - x[i]^2)^2 + (1 - x[i])^2.
 * Its minimum is 0, at (1, ..., 1), at the end of a curved valley; from four variables on there is
 * a second, local minimum near (-1, 1, ..., 1). A point of one variable has the value 0 everywhere.
 * Safe for use from several threads.
 *
 * <p>H. Rosenbrock, "An automatic method for finding the greatest or least value of a function",
 * The Computer Journal 3 (1960), 175-184.
 */
public final class Rosenbrock implements DifferentiableObjective {

  /** The function in any number of variables. */
  public Rosenbrock() {}

  @Override
  public double value(double[] x) {
    double sum = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      double valley = x[i + 1] - x[i] * x[i];
      double slope = 1 - x[i];
      sum += 100 * valley * valley + slope * slope;
    }
    return sum;
  }

  @Override
  public void gradient(double[] x, double[] out) {
    valueAndGradient(x, out);
  }

  @Override
  public double valueAndGradient(double[] x, double[] out) {
    double sum = 0;
    double fromLeft = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      double valley = x[i + 1] - x[i] * x[i];
      double slope = 1 - x[i];
      sum += 100 * valley * valley + slope * slope;
      out[i] = fromLeft - 400 * x[i] * valley - 2 * slope;
      fromLeft = 200 * valley;
    }
    out[x.length - 1] = fromLeft;
    return sum;
  }
}
