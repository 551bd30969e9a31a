package dev.optim.bench.problem.bbob;

import dev.optim.kernel.Elementary;

/**
 * Small waves around the diagonal, T(x) = sign(x) exp(u + 0.049 (sin(a u) + sin(b u))) with u =
 * log|x|, a = 10, b = 7.9 above 0 and a = 5.5, b = 3.1 below: smooth, except at T(0) = 0, without
 * changing where the optimum is. The suite applies it to points and to values.
 */
record Oscillation() implements Transformation {

  @Override
  public double[] apply(double[] x) {
    double[] z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = of(x[i]);
    }
    return z;
  }

  @Override
  public double[] pullBack(double[] x, double[] gradient) {
    double[] out = new double[x.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = slope(x[i]) * gradient[i];
    }
    return out;
  }

  /** T(x). */
  static double of(double x) {
    if (x == 0) {
      return 0;
    }
    double u = Elementary.log(Math.abs(x));
    double waves = StrictMath.sin(first(x) * u) + StrictMath.sin(second(x) * u);
    return Math.copySign(Elementary.exp(u + 0.049 * waves), x);
  }

  /** The derivative of T; at 0, where there is none, the one of the diagonal. */
  static double slope(double x) {
    if (x == 0) {
      return 1;
    }
    double u = Elementary.log(Math.abs(x));
    double a = first(x);
    double b = second(x);
    double waves = a * StrictMath.cos(a * u) + b * StrictMath.cos(b * u);
    return of(x) / x * (1 + 0.049 * waves);
  }

  private static double first(double x) {
    return x > 0 ? 10 : 5.5;
  }

  private static double second(double x) {
    return x > 0 ? 7.9 : 3.1;
  }
}
