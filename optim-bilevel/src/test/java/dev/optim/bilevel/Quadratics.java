package dev.optim.bilevel;

import static dev.optim.bilevel.GoldenMath.times;
import static dev.optim.bilevel.GoldenMath.transposedTimes;

import dev.optim.kernel.Kernels;

/** Level objectives the golden files are made of. */
final class Quadratics {

  private Quadratics() {}

  /** weight |x - a|^2 / 2 + |y - b|^2 / 2. */
  static LevelObjective squaredDistance(double[] a, double weight, double[] b) {
    return LevelObjective.of(
        (x, y) ->
            0.5 * weight * LvHbaState.squaredDistance(x, a)
                + 0.5 * LvHbaState.squaredDistance(y, b),
        (x, y, out) -> {
          for (int i = 0; i < a.length; i++) {
            out[i] = weight * (x[i] - a[i]);
          }
        },
        (x, y, out) -> {
          for (int i = 0; i < b.length; i++) {
            out[i] = y[i] - b[i];
          }
        });
  }

  /** y.Qy/2 - (Mx+q).y. */
  static LevelObjective of(double[][] q, double[][] cross, double[] linear) {
    return LevelObjective.of(
        (x, y) ->
            0.5 * Kernels.dot(y, times(q, y))
                - Kernels.dot(times(cross, x), y)
                - Kernels.dot(linear, y),
        (x, y, out) -> {
          double[] product = transposedTimes(cross, y);
          for (int i = 0; i < x.length; i++) {
            out[i] = -product[i];
          }
        },
        (x, y, out) -> {
          double[] qy = times(q, y);
          double[] mx = times(cross, x);
          for (int i = 0; i < y.length; i++) {
            out[i] = qy[i] - mx[i] - linear[i];
          }
        });
  }

  /** |Ay - Bx|^2 / 2. */
  static LevelObjective leastSquares(double[][] a, double[][] b) {
    return LevelObjective.of(
        (x, y) -> 0.5 * LvHbaState.squaredDistance(times(a, y), times(b, x)),
        (x, y, out) -> {
          double[] product = transposedTimes(b, difference(times(b, x), times(a, y)));
          System.arraycopy(product, 0, out, 0, out.length);
        },
        (x, y, out) -> {
          double[] product = transposedTimes(a, difference(times(a, y), times(b, x)));
          System.arraycopy(product, 0, out, 0, out.length);
        });
  }

  private static double[] difference(double[] a, double[] b) {
    double[] out = a.clone();
    for (int i = 0; i < a.length; i++) {
      out[i] -= b[i];
    }
    return out;
  }

  /** |x - y|^2 / 2. */
  static LevelObjective halfSquaredDifference() {
    return LevelObjective.of(
        (x, y) -> 0.5 * LvHbaState.squaredDistance(x, y),
        (x, y, out) -> {
          for (int i = 0; i < x.length; i++) {
            out[i] = x[i] - y[i];
          }
        },
        (x, y, out) -> {
          for (int i = 0; i < x.length; i++) {
            out[i] = y[i] - x[i];
          }
        });
  }

  /** sin(c.x + d.y) + log(|x + y|^2 + 1). */
  static LevelObjective sineAndLogarithm(double[] c, double[] d) {
    return LevelObjective.of(
        (x, y) ->
            StrictMath.sin(Kernels.dot(c, x) + Kernels.dot(d, y))
                + StrictMath.log(squaredSum(x, y) + 1),
        (x, y, out) -> partial(c, c, d, x, y, out),
        (x, y, out) -> partial(d, c, d, x, y, out));
  }

  private static void partial(
      double[] own, double[] c, double[] d, double[] x, double[] y, double[] out) {
    double cosine = StrictMath.cos(Kernels.dot(c, x) + Kernels.dot(d, y));
    double factor = 2 / (squaredSum(x, y) + 1);
    for (int i = 0; i < out.length; i++) {
      out[i] = cosine * own[i] + factor * (x[i] + y[i]);
    }
  }

  private static double squaredSum(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] + y[i]) * (x[i] + y[i]);
    }
    return sum;
  }
}
