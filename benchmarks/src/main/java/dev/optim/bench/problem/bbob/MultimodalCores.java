package dev.optim.bench.problem.bbob;

import dev.optim.DifferentiableObjective;
import dev.optim.Objective;

/** What is left of the functions with many valleys when the changes of variables are taken away. */
final class MultimodalCores {

  private static final double TWO_PI = 2 * Math.PI;

  private MultimodalCores() {}

  /** 10 (n - sum_i cos(2 pi z[i])) + |z|^2. */
  record Rastrigin() implements DifferentiableObjective {

    @Override
    public double value(double[] z) {
      double cosines = 0;
      double squares = 0;
      for (double t : z) {
        cosines += StrictMath.cos(TWO_PI * t);
        squares += t * t;
      }
      return 10 * (z.length - cosines) + squares;
    }

    @Override
    public void gradient(double[] z, double[] out) {
      for (int i = 0; i < z.length; i++) {
        out[i] = 10 * TWO_PI * StrictMath.sin(TWO_PI * z[i]) + 2 * z[i];
      }
    }
  }

  /** 10 (mean_i sum_k 2^-k cos(2 pi 3^k (z[i] + 1/2)) - the same at 0)^3, k from 0 to 11. */
  record Weierstrass() implements DifferentiableObjective {

    private static final int WAVES = 12;

    @Override
    public double value(double[] z) {
      double height = height(z);
      return 10 * height * height * height;
    }

    @Override
    public void gradient(double[] z, double[] out) {
      double height = height(z);
      for (int i = 0; i < z.length; i++) {
        double slope = 0;
        double amplitude = 1;
        double frequency = TWO_PI;
        for (int k = 0; k < WAVES; k++) {
          slope -= amplitude * frequency * StrictMath.sin(frequency * (z[i] + 0.5));
          amplitude /= 2;
          frequency *= 3;
        }
        out[i] = 30 * height * height * slope / z.length;
      }
    }

    private static double height(double[] z) {
      double sum = 0;
      for (double t : z) {
        sum += waves(t);
      }
      return sum / z.length - waves(0);
    }

    private static double waves(double t) {
      double sum = 0;
      double amplitude = 1;
      double frequency = TWO_PI;
      for (int k = 0; k < WAVES; k++) {
        sum += amplitude * StrictMath.cos(frequency * (t + 0.5));
        amplitude /= 2;
        frequency *= 3;
      }
      return sum;
    }
  }

  /** (mean_i sqrt(s) (1 + sin^2(50 s^0.2)))^2 with s the norm of (z[i], z[i+1]). */
  record SchaffersF7() implements DifferentiableObjective {

    @Override
    public double value(double[] z) {
      double mean = mean(z);
      return mean * mean;
    }

    @Override
    public void gradient(double[] z, double[] out) {
      double outer = 2 * mean(z) / (z.length - 1);
      double fromLeft = 0;
      for (int i = 0; i + 1 < z.length; i++) {
        double squares = z[i] * z[i] + z[i + 1] * z[i + 1];
        double slope = squares == 0 ? 0 : outer * slope(squares);
        out[i] = fromLeft + 2 * z[i] * slope;
        fromLeft = 2 * z[i + 1] * slope;
      }
      out[z.length - 1] = fromLeft;
    }

    private static double mean(double[] z) {
      double sum = 0;
      for (int i = 0; i + 1 < z.length; i++) {
        double squares = z[i] * z[i] + z[i + 1] * z[i + 1];
        double sine = StrictMath.sin(50 * StrictMath.pow(squares, 0.1));
        sum += Math.sqrt(Math.sqrt(squares)) * (1 + sine * sine);
      }
      return sum / (z.length - 1);
    }

    /** The derivative of a term by s^2, which is not zero. */
    private static double slope(double squares) {
      double root = Math.sqrt(Math.sqrt(squares));
      double phase = 50 * StrictMath.pow(squares, 0.1);
      double sine = StrictMath.sin(phase);
      double waves = 2 * sine * StrictMath.cos(phase) * 0.1 * phase;
      return root / squares * (0.25 * (1 + sine * sine) + waves);
    }
  }

  /** 10 + 10 mean_i (r / 4000 - cos(r)) with r Rosenbrock's term of z[i] and z[i+1]. */
  record GriewankRosenbrock() implements DifferentiableObjective {

    @Override
    public double value(double[] z) {
      double sum = 0;
      for (int i = 0; i + 1 < z.length; i++) {
        double valley = z[i] * z[i] - z[i + 1];
        double slope = 1 - z[i];
        double r = 100 * valley * valley + slope * slope;
        sum += r / 4000 - StrictMath.cos(r);
      }
      return 10 + 10 * sum / (z.length - 1);
    }

    @Override
    public void gradient(double[] z, double[] out) {
      double fromLeft = 0;
      for (int i = 0; i + 1 < z.length; i++) {
        double valley = z[i] * z[i] - z[i + 1];
        double slope = 1 - z[i];
        double r = 100 * valley * valley + slope * slope;
        double outer = 10.0 / (z.length - 1) * (1.0 / 4000 + StrictMath.sin(r));
        out[i] = fromLeft + outer * (400 * z[i] * valley - 2 * slope);
        fromLeft = -outer * 200 * valley;
      }
      out[z.length - 1] = fromLeft;
    }
  }

  /** 10/n^2 (prod_i (1 + (i+1) sum_k |2^k z[i] - round| / 2^k)^(10/n^1.2) - 1), k from 1 to 32. */
  record Katsuura() implements Objective {

    @Override
    public double value(double[] z) {
      double n = z.length;
      double power = 10 / StrictMath.pow(n, 1.2);
      double product = 1;
      for (int i = 0; i < z.length; i++) {
        double sum = 0;
        for (int k = 1; k <= 32; k++) {
          double scale = (double) (1L << k);
          double t = scale * z[i];
          sum += Math.abs(t - Math.floor(t + 0.5)) / scale;
        }
        product *= StrictMath.pow(1 + (i + 1) * sum, power);
      }
      return 10 / n / n * (product - 1);
    }
  }
}
