package dev.optim.bench.problem.bilevel;

import dev.optim.bench.data.Samples;
import dev.optim.bilevel.BilevelProblem;
import dev.optim.bilevel.Curvature;
import dev.optim.bilevel.LevelObjective;
import dev.optim.bilevel.LinearCoupling;
import dev.optim.kernel.Elementary;
import dev.optim.kernel.Kernels;
import java.util.Arrays;

/**
 * A support vector machine whose slack costs are chosen sample by sample. With labels t = -1 or 1,
 * x one number a training sample and y = (w, b, xi):
 *
 * <pre>
 * lower level: |w|^2 / 2 + sum_i exp(x_i) xi_i^2 / 2   over   1 - xi_i - t_i (w.a_i + b) &lt;= 0
 * upper level: mean over validation samples of leaky(2 sigmoid(-5 t (w.a + b) / |w|) - 1)
 * </pre>
 *
 * leaky(s) being s where it is positive and s/100 elsewhere. |w| is smoothed at zero as the root of
 * |w|^2 + 1e-4. The experiment is that of LV-HBA (Yao et al., ICLR 2024).
 *
 * <p>The lower level comes in two forms: with the constraints, and {@linkplain #reduced reduced} to
 * y = (w, b) by {@code xi_i = max(0, 1 - t_i (w.a_i + b))}.
 */
public final class MarginSelection {

  private static final double LEAK = 0.01;
  private static final double SHARPNESS = 5;
  private static final double SMOOTHING = 1e-4;

  private final double[][] train; // t (a, 1), so that a margin is one product
  private final double[][] validation;
  private final int features;

  /**
   * Takes the samples.
   *
   * @param train of the lower level, of classes 0 and 1
   * @param validation of the upper level, of classes 0 and 1
   */
  public MarginSelection(Samples train, Samples validation) {
    this.train = signed(train);
    this.validation = signed(validation);
    features = train.features();
  }

  private static double[][] signed(Samples samples) {
    double[][] rows = new double[samples.size()][samples.features() + 1];
    for (int i = 0; i < rows.length; i++) {
      samples.copyFeatures(i, rows[i], 0);
      rows[i][samples.features()] = 1;
      double t = samples.target(i) > 0.5 ? 1 : -1;
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] *= t;
      }
    }
    return rows;
  }

  /**
   * The problem as stated.
   *
   * @return x has one number for each training sample, y is (w, b, xi); linear coupling
   *     constraints, one for each training sample
   */
  public BilevelProblem constrained() {
    int l = train.length;
    int m = features + 1 + l;
    double[][] b = new double[l][m];
    double[] right = new double[l];
    for (int i = 0; i < l; i++) {
      for (int j = 0; j <= features; j++) {
        b[i][j] = -train[i][j];
      }
      b[i][features + 1 + i] = -1;
      right[i] = -1;
    }
    int slack = features + 1;
    return BilevelProblem.of(l, m)
        .upper(upper())
        .lower(
            LevelObjective.of(
                (x, y) -> {
                  double sum = 0.5 * Kernels.squaredNorm(y, 0, features);
                  for (int i = 0; i < l; i++) {
                    sum += 0.5 * Elementary.exp(x[i]) * y[slack + i] * y[slack + i];
                  }
                  return sum;
                },
                (x, y, out) -> {
                  for (int i = 0; i < l; i++) {
                    out[i] = 0.5 * Elementary.exp(x[i]) * y[slack + i] * y[slack + i];
                  }
                },
                (x, y, out) -> {
                  System.arraycopy(y, 0, out, 0, features);
                  out[features] = 0;
                  for (int i = 0; i < l; i++) {
                    out[slack + i] = Elementary.exp(x[i]) * y[slack + i];
                  }
                }))
        .coupling(LinearCoupling.atMost(new double[l][l], b, right))
        .build();
  }

  /**
   * The problem without slack variables and constraints.
   *
   * @return x has one number for each training sample, y is (w, b)
   */
  public BilevelProblem reduced() {
    return BilevelProblem.of(train.length, features + 1)
        .upper(upper())
        .lower(
            LevelObjective.of(
                (x, y) -> {
                  double sum = 0.5 * Kernels.squaredNorm(y, 0, features);
                  for (int i = 0; i < x.length; i++) {
                    double xi = slack(i, y);
                    sum += 0.5 * Elementary.exp(x[i]) * xi * xi;
                  }
                  return sum;
                },
                (x, y, out) -> {
                  for (int i = 0; i < x.length; i++) {
                    double xi = slack(i, y);
                    out[i] = 0.5 * Elementary.exp(x[i]) * xi * xi;
                  }
                },
                (x, y, out) -> {
                  System.arraycopy(y, 0, out, 0, features);
                  out[features] = 0;
                  for (int i = 0; i < x.length; i++) {
                    double xi = slack(i, y);
                    Kernels.axpy(-Elementary.exp(x[i]) * xi, train[i], out, 0, out.length);
                  }
                }))
        .curvature(
            new Curvature() {
              @Override
              public void hessianYY(double[] x, double[] y, double[] v, double[] out) {
                System.arraycopy(v, 0, out, 0, features);
                out[features] = 0;
                for (int i = 0; i < x.length; i++) {
                  if (slack(i, y) > 0) {
                    double along = Elementary.exp(x[i]) * Kernels.dot(train[i], v);
                    Kernels.axpy(along, train[i], out, 0, out.length);
                  }
                }
              }

              @Override
              public void mixedXY(double[] x, double[] y, double[] v, double[] out) {
                for (int i = 0; i < x.length; i++) {
                  double xi = slack(i, y);
                  out[i] = -Elementary.exp(x[i]) * xi * Kernels.dot(train[i], v);
                }
              }
            })
        .build();
  }

  /**
   * Completes a point of the reduced form.
   *
   * @param y (w, b)
   * @return (w, b, xi) with the least slack that the constraints allow
   */
  public double[] withSlack(double[] y) {
    double[] whole = Arrays.copyOf(y, features + 1 + train.length);
    for (int i = 0; i < train.length; i++) {
      whole[features + 1 + i] = slack(i, y);
    }
    return whole;
  }

  private double slack(int sample, double[] y) {
    return Math.max(0, 1 - Kernels.dot(train[sample], y));
  }

  /** The upper level of both forms: of y it sees (w, b). */
  private LevelObjective upper() {
    return LevelObjective.of(
        (x, y) -> {
          double size = size(y);
          double sum = 0;
          for (double[] row : validation) {
            double s = 2 * Elementary.sigmoid(-SHARPNESS * margin(row, y) / size) - 1;
            sum += s > 0 ? s : LEAK * s;
          }
          return sum / validation.length;
        },
        (x, y, out) -> Arrays.fill(out, 0),
        (x, y, out) -> {
          Arrays.fill(out, 0);
          double size = size(y);
          double shrink = 0;
          for (double[] row : validation) {
            double distance = margin(row, y) / size;
            double p = Elementary.sigmoid(-SHARPNESS * distance);
            double slope = -2 * SHARPNESS * p * (1 - p) / validation.length;
            slope *= p > 0.5 ? 1 : LEAK;
            Kernels.axpy(slope / size, row, out, 0, features + 1);
            shrink += slope * distance;
          }
          Kernels.axpy(-shrink / (size * size), y, out, 0, features);
        });
  }

  private double margin(double[] row, double[] y) {
    return Kernels.dot(row, 0, y, 0, features + 1);
  }

  private double size(double[] y) {
    return Math.sqrt(Kernels.squaredNorm(y, 0, features) + SMOOTHING);
  }
}
