package dev.optim.testing;

import dev.optim.FiniteSum;

/**
 * The mean of n terms 0.5 |x - c_i|^2 with c_i = i in every coordinate; its minimum is at (n-1)/2.
 */
public final class Quadratic implements FiniteSum {

  private final int terms;

  public Quadratic(int terms) {
    this.terms = terms;
  }

  @Override
  public int terms() {
    return terms;
  }

  @Override
  public double value(double[] x) {
    double sum = 0;
    for (double xi : x) {
      for (int i = 0; i < terms; i++) {
        sum += 0.5 * (xi - i) * (xi - i);
      }
    }
    return sum / terms;
  }

  @Override
  public void gradient(double[] x, double[] out) {
    for (int j = 0; j < x.length; j++) {
      out[j] = x[j] - (terms - 1) / 2.0;
    }
  }

  @Override
  public double valueAndGradient(double[] x, int[] batch, double[] out) {
    double value = 0;
    for (int j = 0; j < x.length; j++) {
      double sum = 0;
      for (int i : batch) {
        sum += x[j] - i;
        value += 0.5 * (x[j] - i) * (x[j] - i);
      }
      out[j] = sum / batch.length;
    }
    return value / batch.length;
  }
}
