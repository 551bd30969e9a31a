package dev.optim.bench.problem.bbob;

/**
 * Scales the coordinates from 1 to sqrt(10), and those with an even index, counted from 0, ten
 * times more where they are positive: what makes f4 deceptive.
 */
record BuecheScaling(double[] factors) implements Transformation {

  @Override
  public double[] apply(double[] x) {
    return scaled(x, x);
  }

  @Override
  public double[] pullBack(double[] x, double[] gradient) {
    return scaled(x, gradient);
  }

  private double[] scaled(double[] x, double[] what) {
    double[] z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = (x[i] > 0 && i % 2 == 0 ? 10 : 1) * factors[i] * what[i];
    }
    return z;
  }
}
