package dev.optim.bench.problem.leastsquares;

/** The three linear functions, and Mancino's, which nearly is. */
final class LinearResiduals {

  private LinearResiduals() {}

  static Residual fullRank(int n, int m) {
    return (i, x, gradient) -> {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += x[j];
        gradient[j] = (i == j ? 1 : 0) - 2.0 / m;
      }
      return (i < n ? x[i] : 0) - 2.0 / m * sum - 1;
    };
  }

  static Residual rankOne(int n, int m) {
    return (i, x, gradient) -> weighted(i + 1, 0, n, x, gradient) - 1;
  }

  /** The first and the last variable have no influence, nor has any on the last residual. */
  static Residual rankOneWithZeros(int n, int m) {
    return (i, x, gradient) -> (i == m - 1 ? 0 : weighted(i, 1, n - 1, x, gradient)) - 1;
  }

  /** factor sum_j (j+1) x[j]. */
  private static double weighted(int factor, int from, int to, double[] x, double[] gradient) {
    double sum = 0;
    for (int j = from; j < to; j++) {
      gradient[j] = factor * (j + 1.0);
      sum += gradient[j] * x[j];
    }
    return sum;
  }

  /** 1400 x_i + (i - 50)^3 + sum_j v (sin^5(log v) + cos^5(log v)), v = sqrt(x_i^2 + i/j). */
  static double mancino(int i, double[] x, double[] gradient) {
    int n = x.length;
    double sum = 1400 * x[i] + cube(i + 1 - 50);
    double slope = 1400;
    for (int j = 0; j < n; j++) {
      double v = Math.sqrt(x[i] * x[i] + (i + 1.0) / (j + 1));
      double sine = StrictMath.sin(StrictMath.log(v));
      double cosine = StrictMath.cos(StrictMath.log(v));
      double fifths = power5(sine) + power5(cosine);
      double change = 5 * sine * cosine * (cube(sine) - cube(cosine));
      sum += v * fifths;
      slope += (fifths + change) * x[i] / v;
    }
    gradient[i] = slope;
    return sum;
  }

  static double[] mancinoStart(int n) {
    double[] zero = new double[n];
    double[] start = new double[n];
    for (int i = 0; i < n; i++) {
      start[i] = -8.710996e-4 * mancino(i, zero, new double[n]);
    }
    return start;
  }

  private static double cube(double x) {
    return x * x * x;
  }

  private static double power5(double x) {
    return x * x * x * x * x;
  }
}
