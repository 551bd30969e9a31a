package dev.optim.bilevel;

import static dev.optim.bilevel.GoldenMath.times;
import static dev.optim.bilevel.GoldenMath.transposedTimes;

import java.util.Arrays;

/** Regressions whose hyper-parameters are the upper variables. */
final class Regressions {

  private Regressions() {}

  /** |A y - b|^2 / (2 N), without x. */
  static LevelObjective leastSquares(double[][] a, double[] b) {
    return LevelObjective.of(
        (x, y) -> 0.5 * LvHbaState.squaredDistance(times(a, y), b) / b.length,
        (x, y, out) -> Arrays.fill(out, 0),
        (x, y, out) -> gradient(a, b, y, out));
  }

  static void gradient(double[][] a, double[] b, double[] y, double[] out) {
    double[] r = times(a, y);
    for (int i = 0; i < r.length; i++) {
      r[i] = (r[i] - b[i]) / b.length;
    }
    System.arraycopy(transposedTimes(a, r), 0, out, 0, out.length);
  }

  /** Ridge regression with a weight exp(x_j) for every coefficient. */
  static BilevelProblem ridge(double[][] a, double[] b, double[][] av, double[] bv) {
    int m = a[0].length;
    LevelObjective loss = leastSquares(a, b);
    return BilevelProblem.of(m, m)
        .upper(leastSquares(av, bv))
        .lower(
            LevelObjective.of(
                (x, y) -> {
                  double sum = loss.value(x, y);
                  for (int i = 0; i < m; i++) {
                    sum += 0.5 * StrictMath.exp(x[i]) * y[i] * y[i];
                  }
                  return sum;
                },
                (x, y, out) -> {
                  for (int i = 0; i < m; i++) {
                    out[i] = 0.5 * StrictMath.exp(x[i]) * y[i] * y[i];
                  }
                },
                (x, y, out) -> {
                  loss.gradientY(x, y, out);
                  for (int i = 0; i < m; i++) {
                    out[i] += StrictMath.exp(x[i]) * y[i];
                  }
                }))
        .curvature(
            new Curvature() {
              @Override
              public void hessianYY(double[] x, double[] y, double[] v, double[] out) {
                gradient(a, new double[b.length], v, out);
                for (int i = 0; i < m; i++) {
                  out[i] += StrictMath.exp(x[i]) * v[i];
                }
              }

              @Override
              public void mixedXY(double[] x, double[] y, double[] v, double[] out) {
                for (int i = 0; i < m; i++) {
                  out[i] = StrictMath.exp(x[i]) * y[i] * v[i];
                }
              }
            })
        .build();
  }

  /** Logistic regression with the weight exp(x_0) on |y|^2 / 2; no curvature given. */
  static BilevelProblem logistic(double[][] a, double[] l, double[][] av, double[] lv) {
    int m = a[0].length;
    return BilevelProblem.of(1, m)
        .upper(
            LevelObjective.of(
                (x, y) -> logisticLoss(av, lv, y),
                (x, y, out) -> out[0] = 0,
                (x, y, out) -> logisticGradient(av, lv, y, out)))
        .lower(
            LevelObjective.of(
                (x, y) ->
                    logisticLoss(a, l, y)
                        + 0.5 * StrictMath.exp(x[0]) * LvHbaState.squaredDistance(y, new double[m]),
                (x, y, out) ->
                    out[0] =
                        0.5 * StrictMath.exp(x[0]) * LvHbaState.squaredDistance(y, new double[m]),
                (x, y, out) -> {
                  logisticGradient(a, l, y, out);
                  for (int i = 0; i < m; i++) {
                    out[i] += StrictMath.exp(x[0]) * y[i];
                  }
                }))
        .build();
  }

  private static double logisticLoss(double[][] a, double[] l, double[] y) {
    double[] margin = times(a, y);
    double sum = 0;
    for (int i = 0; i < l.length; i++) {
      sum += StrictMath.log1p(StrictMath.exp(-l[i] * margin[i]));
    }
    return sum / l.length;
  }

  private static void logisticGradient(double[][] a, double[] l, double[] y, double[] out) {
    double[] margin = times(a, y);
    for (int i = 0; i < l.length; i++) {
      margin[i] = -l[i] / (1 + StrictMath.exp(l[i] * margin[i])) / l.length;
    }
    System.arraycopy(transposedTimes(a, margin), 0, out, 0, out.length);
  }

  /** The proximal gradient step of the lasso |A y - b|^2 / (2N) + x_0 |y|_1. */
  record Lasso(double[][] a, double[] b, double step) implements ImplicitEquation.FixedPointMap {

    Lasso(double[][] a, double[] b) {
      this(a, b, 0.9 / largestEigenvalue(a));
    }

    private static double largestEigenvalue(double[][] a) {
      double[] v = GoldenMath.filled(a[0].length, 1);
      double norm = 1;
      for (int k = 0; k < 1000; k++) {
        v = transposedTimes(a, times(a, v));
        norm = GoldenMath.distance(v, new double[v.length]);
        for (int i = 0; i < v.length; i++) {
          v[i] /= norm;
        }
      }
      return norm / a.length;
    }

    private double[] forward(double[] y) {
      double[] g = new double[y.length];
      gradient(a, b, y, g);
      for (int i = 0; i < g.length; i++) {
        g[i] = y[i] - step * g[i];
      }
      return g;
    }

    @Override
    public void map(double[] x, double[] y, double[] out) {
      double[] f = forward(y);
      for (int i = 0; i < f.length; i++) {
        out[i] = Math.signum(f[i]) * Math.max(0, Math.abs(f[i]) - step * x[0]);
      }
    }

    @Override
    public void transposedY(double[] x, double[] y, double[] u, double[] out) {
      double[] f = forward(y);
      double[] v = new double[u.length];
      for (int i = 0; i < u.length; i++) {
        v[i] = Math.abs(f[i]) > step * x[0] ? u[i] : 0;
      }
      gradient(a, new double[b.length], v, out);
      for (int i = 0; i < u.length; i++) {
        out[i] = v[i] - step * out[i];
      }
    }

    @Override
    public void transposedX(double[] x, double[] y, double[] u, double[] out) {
      double[] f = forward(y);
      out[0] = 0;
      for (int i = 0; i < u.length; i++) {
        out[0] -= Math.abs(f[i]) > step * x[0] ? step * Math.signum(f[i]) * u[i] : 0;
      }
    }
  }
}
