package dev.optim.bench.problem.bbob;

import dev.optim.kernel.Elementary;

/**
 * The random numbers that make an instance of a function: COCO's own generator, minimal standard
 * (16807) with a shuffle of 32, so that instances are the same everywhere.
 */
final class Draws {

  private static final long MODULUS = 2147483647;
  private static final int SHUFFLED = 32;
  private static final int WARM_UP = 8;

  private Draws() {}

  /** Numbers in (0, 1). */
  static double[] uniform(int count, long seed) {
    long state = Math.max(1, Math.abs(seed));
    long[] table = new long[SHUFFLED];
    for (int i = SHUFFLED + WARM_UP - 1; i >= 0; i--) {
      state = next(state);
      if (i < SHUFFLED) {
        table[i] = state;
      }
    }
    double[] drawn = new double[count];
    long last = table[0];
    for (int i = 0; i < count; i++) {
      state = next(state);
      int slot = (int) (last / 67108865);
      last = table[slot];
      table[slot] = state;
      drawn[i] = last == 0 ? 1e-99 : last / 2.147483647e9;
    }
    return drawn;
  }

  private static long next(long state) {
    return 16807 * state % MODULUS;
  }

  /** Standard Gaussian numbers. */
  static double[] gaussian(int count, long seed) {
    double[] uniform = uniform(2 * count, seed);
    double[] drawn = new double[count];
    for (int i = 0; i < count; i++) {
      double g =
          Math.sqrt(-2 * Elementary.log(uniform[i]))
              * StrictMath.cos(2 * Math.PI * uniform[count + i]);
      drawn[i] = g == 0 ? 1e-99 : g;
    }
    return drawn;
  }

  /** A rotation: Gaussian columns, made orthonormal by Gram and Schmidt. Indexed [row][column]. */
  static double[][] rotation(int n, long seed) {
    double[] drawn = gaussian(n * n, seed);
    double[][] columns = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] column = new double[n];
      System.arraycopy(drawn, i * n, column, 0, n);
      for (int j = 0; j < i; j++) {
        double overlap = dot(column, columns[j]);
        for (int k = 0; k < n; k++) {
          column[k] -= overlap * columns[j][k];
        }
      }
      double norm = Math.sqrt(dot(column, column));
      for (int k = 0; k < n; k++) {
        column[k] /= norm;
      }
      columns[i] = column;
    }
    double[][] rotation = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        rotation[k][i] = columns[i][k];
      }
    }
    return rotation;
  }

  /** An optimum in [-4, 4]^n, with four decimals. */
  static double[] optimum(int n, long seed) {
    double[] x = uniform(n, seed);
    for (int i = 0; i < n; i++) {
      x[i] = 8 * Math.floor(1e4 * x[i]) / 1e4 - 4;
      if (x[i] == 0) {
        x[i] = -1e-5;
      }
    }
    return x;
  }

  /** An optimal value in [-1000, 1000], with two decimals, Cauchy distributed. */
  static double optimalValue(long seed) {
    double ratio = gaussian(1, seed)[0] / gaussian(1, seed + 1)[0];
    double rounded = Math.floor(100 * 100 * ratio + 0.5) / 100;
    return Math.min(1000, Math.max(-1000, rounded));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
