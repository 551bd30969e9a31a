package dev.optim.bench.problem.bbob;

import dev.optim.DifferentiableObjective;

/**
 * Lunacek's two funnels under Rastrigin's waves: the smaller of |x - 2.5|^2 and n + s |x - m|^2,
 * plus 10 (n - sum_i cos(2 pi z[i])) with z = matrix (x - 2.5). The second funnel, at m, is wider
 * and does not hold the optimum.
 */
record Lunacek(Transformation.Linear waves) implements DifferentiableObjective {

  static final double CENTER = 2.5;

  private static final double TWO_PI = 2 * Math.PI;

  @Override
  public double value(double[] x) {
    double cosines = 0;
    for (double t : rotated(x)) {
      cosines += StrictMath.cos(TWO_PI * t);
    }
    int n = x.length;
    double funnels = Math.min(squares(x, CENTER), n + scale(n) * squares(x, other(n)));
    return funnels + 10 * (n - cosines);
  }

  @Override
  public void gradient(double[] x, double[] out) {
    double[] z = rotated(x);
    for (int i = 0; i < z.length; i++) {
      z[i] = 10 * TWO_PI * StrictMath.sin(TWO_PI * z[i]);
    }
    double[] ofWaves = waves.pullBack(x, z);
    int n = x.length;
    boolean first = squares(x, CENTER) <= n + scale(n) * squares(x, other(n));
    for (int i = 0; i < n; i++) {
      double ofFunnel = first ? 2 * (x[i] - CENTER) : 2 * scale(n) * (x[i] - other(n));
      out[i] = ofWaves[i] + ofFunnel;
    }
  }

  private double[] rotated(double[] x) {
    double[] centered = x.clone();
    for (int i = 0; i < x.length; i++) {
      centered[i] -= CENTER;
    }
    return waves.apply(centered);
  }

  private static double squares(double[] x, double center) {
    double sum = 0;
    for (double t : x) {
      sum += (t - center) * (t - center);
    }
    return sum;
  }

  private static double scale(int n) {
    return 1 - 0.5 / (Math.sqrt(n + 20) - 4.1);
  }

  private static double other(int n) {
    return -Math.sqrt((CENTER * CENTER - 1) / scale(n));
  }
}
