package dev.optim.zeroth;

/**
 * The moves of one particle x relative to a point c, with v = x - c; all coordinates are kept
 * within {@link Cbo#REACH}. Plain loops over one row each, which the compiler vectorises.
 */
final class Moves {

  private Moves() {}

  /** Drift and noise at once: x = x - a v + s S(v) z. */
  static void step(
      double[] x, double[] c, double[] z, int from, double a, double s, Noise.Scaled noise) {
    if (noise.isotropic()) {
      double scale = s * Math.min(distance(x, c), noise.truncation());
      for (int k = 0; k < x.length; k++) {
        x[k] = clamp(x[k] - a * (x[k] - c[k]) + scale * z[from + k]);
      }
    } else if (noise.truncation() == Double.POSITIVE_INFINITY) {
      for (int k = 0; k < x.length; k++) {
        double v = x[k] - c[k];
        x[k] = clamp(x[k] - a * v + s * v * z[from + k]);
      }
    } else {
      for (int k = 0; k < x.length; k++) {
        double v = x[k] - c[k];
        double cut = Math.min(Math.max(v, -noise.truncation()), noise.truncation());
        x[k] = clamp(x[k] - a * v + s * cut * z[from + k]);
      }
    }
  }

  /** The drift alone: x = x - a v. */
  static void drift(double[] x, double[] c, double a) {
    for (int k = 0; k < x.length; k++) {
      x[k] = clamp(x[k] - a * (x[k] - c[k]));
    }
  }

  /** The noise alone, of unsigned distances: x = x + s |S(v)| z. */
  static void noise(double[] x, double[] c, double[] z, int from, double s, Noise.Scaled noise) {
    if (noise.isotropic()) {
      step(x, c, z, from, 0, s, noise);
      return;
    }
    for (int k = 0; k < x.length; k++) {
      double cut = Math.min(Math.abs(x[k] - c[k]), noise.truncation());
      x[k] = clamp(x[k] + s * cut * z[from + k]);
    }
  }

  /** Noise shaped by a matrix: x = x - a v + s R z, R by rows. */
  static void covariance(
      double[] x, double[] c, double[] z, int from, double a, double s, double[] root) {
    for (int k = 0; k < x.length; k++) {
      double sum = 0;
      for (int j = 0; j < x.length; j++) {
        sum += root[k * x.length + j] * z[from + j];
      }
      x[k] = clamp(x[k] - a * (x[k] - c[k]) + s * sum);
    }
  }

  static double distance(double[] x, double[] c) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      double v = x[k] - c[k];
      sum += v * v;
    }
    return Math.sqrt(sum);
  }

  /** Whether all coordinates of x are within a distance of c. */
  static boolean within(double[] x, double[] c, double distance) {
    for (int k = 0; k < x.length; k++) {
      if (!(Math.abs(x[k] - c[k]) <= distance)) {
        return false;
      }
    }
    return true;
  }

  static double clamp(double x) {
    return Math.min(Math.max(x, -Cbo.REACH), Cbo.REACH);
  }
}
