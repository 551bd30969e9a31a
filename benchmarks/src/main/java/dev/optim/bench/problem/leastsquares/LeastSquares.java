package dev.optim.bench.problem.leastsquares;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.FiniteSum;
import dev.optim.kernel.Kernels;
import java.util.Arrays;

/**
 * A sum of squares f(x) = sum_i r_i(x)^2 of m residuals, its gradient 2 J(x)^T r(x). As a finite
 * sum it is the mean of the terms m r_i(x)^2.
 *
 * <p>An evaluation allocates n numbers; the value alone costs as much as value and gradient. Safe
 * for use from several threads.
 *
 * @param variables the number of variables, n
 * @param residuals the number of residuals, m
 * @param residual gives each of them
 */
public record LeastSquares(int variables, int residuals, Residual residual) implements FiniteSum {

  /** Checks the arguments. */
  public LeastSquares {
    Checks.atLeastOne("variables", variables);
    Checks.atLeastOne("residuals", residuals);
    requireNonNull(residual, "residual");
  }

  @Override
  public int terms() {
    return residuals;
  }

  @Override
  public double value(double[] x) {
    double sum = 0;
    double[] row = new double[checked(x)];
    for (int i = 0; i < residuals; i++) {
      Arrays.fill(row, 0);
      double r = residual.at(i, x, row);
      sum += r * r;
    }
    return sum;
  }

  @Override
  public void gradient(double[] x, double[] out) {
    valueAndGradient(x, out);
  }

  @Override
  public double valueAndGradient(double[] x, double[] out) {
    double[] row = begin(x, out);
    double sum = 0;
    for (int i = 0; i < residuals; i++) {
      sum += add(i, x, row, 1, out);
    }
    return sum;
  }

  @Override
  public double valueAndGradient(double[] x, int[] batch, double[] out) {
    Checks.atLeastOne("batch.length", batch.length);
    double[] row = begin(x, out);
    double weight = (double) residuals / batch.length;
    double sum = 0;
    for (int i : batch) {
      sum += weight * add(i, x, row, weight, out);
    }
    return sum;
  }

  /**
   * Evaluates all residuals and their gradients.
   *
   * @param x the point; read only, not kept
   * @param out receives r_i(x) at index i, all m of them
   * @param jacobian receives the partial derivatives of r_i in row i, [m][n]
   */
  public void residuals(double[] x, double[] out, double[][] jacobian) {
    checked(x);
    Checks.length("out", out.length, residuals);
    Checks.length("jacobian", jacobian.length, residuals);
    for (int i = 0; i < residuals; i++) {
      Arrays.fill(jacobian[i], 0);
      out[i] = residual.at(i, x, jacobian[i]);
    }
  }

  private double[] begin(double[] x, double[] out) {
    Checks.length("out", out.length, checked(x));
    Arrays.fill(out, 0);
    return new double[variables];
  }

  /** Adds the weighted gradient of a residual's square to out and returns the square. */
  private double add(int i, double[] x, double[] row, double weight, double[] out) {
    Arrays.fill(row, 0);
    double r = residual.at(i, x, row);
    Kernels.axpy(2 * weight * r, row, out, 0, variables);
    return r * r;
  }

  private int checked(double[] x) {
    Checks.length("x", x.length, variables);
    return variables;
  }
}
