package dev.optim.bench.problem.bbob;

import dev.optim.DifferentiableObjective;
import dev.optim.Objective;

/** What is left of the functions with one valley when the changes of variables are taken away. */
final class UnimodalCores {

  private UnimodalCores() {}

  /** sum_i w[i] z[i]^2. */
  record WeightedSquares(double[] weights) implements DifferentiableObjective {

    @Override
    public double value(double[] z) {
      double sum = 0;
      for (int i = 0; i < z.length; i++) {
        sum += weights[i] * (z[i] * z[i]);
      }
      return sum;
    }

    @Override
    public void gradient(double[] z, double[] out) {
      for (int i = 0; i < z.length; i++) {
        out[i] = 2 * weights[i] * z[i];
      }
    }
  }

  /** A plane that ends where the optimum's corner of the box is. */
  record LinearSlope(double[] slopes, double[] corner) implements DifferentiableObjective {

    @Override
    public double value(double[] z) {
      double sum = 0;
      for (int i = 0; i < z.length; i++) {
        sum += 5 * Math.abs(slopes[i]) - slopes[i] * (inside(z, i) ? z[i] : corner[i]);
      }
      return sum;
    }

    @Override
    public void gradient(double[] z, double[] out) {
      for (int i = 0; i < z.length; i++) {
        out[i] = inside(z, i) ? -slopes[i] : 0;
      }
    }

    private boolean inside(double[] z, int i) {
      return z[i] * corner[i] < 25;
    }
  }

  /** T(sum_i (s[i] z[i])^2)^0.9 with s = 100 on the optimum's side of 0, 1 on the other. */
  record AttractiveSector(double[] optimum) implements DifferentiableObjective {

    @Override
    public double value(double[] z) {
      return StrictMath.pow(Oscillation.of(squares(z)), 0.9);
    }

    @Override
    public void gradient(double[] z, double[] out) {
      double squares = squares(z);
      double outer =
          squares == 0
              ? 0
              : 0.9 * StrictMath.pow(Oscillation.of(squares), -0.1) * Oscillation.slope(squares);
      for (int i = 0; i < z.length; i++) {
        out[i] = outer * 2 * weight(z, i) * z[i];
      }
    }

    private double squares(double[] z) {
      double sum = 0;
      for (int i = 0; i < z.length; i++) {
        sum += weight(z, i) * (z[i] * z[i]);
      }
      return sum;
    }

    private double weight(double[] z, int i) {
      return z[i] * optimum[i] > 0 ? 1e4 : 1;
    }
  }

  /** An ellipsoid of plateaus: its gradient is zero almost everywhere, so that it offers none. */
  record StepEllipsoid(double[][] rotation, double[] weights) implements Objective {

    @Override
    public double value(double[] z) {
      double[] steps = new double[z.length];
      for (int i = 0; i < z.length; i++) {
        steps[i] = Math.abs(z[i]) > 0.5 ? round(z[i]) : round(10 * z[i]) / 10;
      }
      double[] rotated = new Transformation.Linear(rotation).apply(steps);
      double sum = new WeightedSquares(weights).value(rotated);
      return 0.1 * Math.max(Math.abs(z[0]) * 1e-4, sum);
    }

    private static double round(double x) {
      return Math.floor(x + 0.5);
    }
  }

  /** z[0]^2 + 100 |(z[1], ..., z[n-1])|. */
  record SharpRidge() implements DifferentiableObjective {

    @Override
    public double value(double[] z) {
      return z[0] * z[0] + 100 * distance(z);
    }

    @Override
    public void gradient(double[] z, double[] out) {
      double distance = distance(z);
      out[0] = 2 * z[0];
      for (int i = 1; i < z.length; i++) {
        out[i] = distance == 0 ? 0 : 100 * z[i] / distance;
      }
    }

    private static double distance(double[] z) {
      double sum = 0;
      for (int i = 1; i < z.length; i++) {
        sum += z[i] * z[i];
      }
      return Math.sqrt(sum);
    }
  }

  /** sqrt(sum_i |z[i]|^p[i]) with p from 2 to 6. */
  record DifferentPowers() implements DifferentiableObjective {

    @Override
    public double value(double[] z) {
      double sum = 0;
      for (int i = 0; i < z.length; i++) {
        sum += StrictMath.pow(Math.abs(z[i]), power(i, z.length));
      }
      return Math.sqrt(sum);
    }

    @Override
    public void gradient(double[] z, double[] out) {
      double root = value(z);
      for (int i = 0; i < z.length; i++) {
        double p = power(i, z.length);
        double slope = p * StrictMath.pow(Math.abs(z[i]), p - 1);
        out[i] = root == 0 ? 0 : Math.copySign(slope, z[i]) / (2 * root);
      }
    }

    private static double power(int i, int n) {
      return 2 + 4.0 * i / (n - 1);
    }
  }
}
