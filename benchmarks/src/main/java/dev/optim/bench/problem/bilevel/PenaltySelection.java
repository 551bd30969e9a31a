package dev.optim.bench.problem.bilevel;

import dev.optim.bench.data.Samples;
import dev.optim.bilevel.BilevelProblem;
import dev.optim.bilevel.Curvature;
import dev.optim.bilevel.LevelObjective;
import dev.optim.kernel.Elementary;
import dev.optim.kernel.Kernels;
import java.util.Arrays;

/**
 * The choice of one ridge parameter for every coefficient of a linear regression. Lower level:
 * {@code |A y - b|^2 / (2 n) + sum_j exp(x_j) y_j^2 / 2} on training samples, the last coefficient
 * being the intercept, not regularised; upper level: the mean squared error, halved, on validation
 * samples. Targets are divided by a scale.
 */
public final class RidgeSelection {

  private final double[][] train;
  private final double[] trainTargets;
  private final double[][] validation;
  private final double[] validationTargets;
  private final double scale;
  private final int features;

  /**
   * Takes the samples.
   *
   * @param train of the lower level
   * @param validation of the upper level
   * @param scale what targets are divided by, not 0
   */
  public RidgeSelection(Samples train, Samples validation, double scale) {
    this.train = rows(train);
    this.validation = rows(validation);
    this.scale = scale;
    trainTargets = targets(train);
    validationTargets = targets(validation);
    features = train.features();
  }

  private static double[][] rows(Samples samples) {
    double[][] rows = new double[samples.size()][samples.features() + 1];
    for (int i = 0; i < rows.length; i++) {
      samples.copyFeatures(i, rows[i], 0);
      rows[i][samples.features()] = 1;
    }
    return rows;
  }

  private double[] targets(Samples samples) {
    double[] targets = new double[samples.size()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = samples.target(i) / scale;
    }
    return targets;
  }

  /**
   * The two levels.
   *
   * @return the problem: x has one number for each feature, y one more
   */
  public BilevelProblem problem() {
    return BilevelProblem.of(features, features + 1)
        .upper(
            LevelObjective.of(
                (x, y) -> loss(validation, validationTargets, y),
                (x, y, out) -> Arrays.fill(out, 0),
                (x, y, out) -> gradient(validation, validationTargets, y, out)))
        .lower(
            LevelObjective.of(
                (x, y) -> {
                  double sum = loss(train, trainTargets, y);
                  for (int j = 0; j < features; j++) {
                    sum += 0.5 * Elementary.exp(x[j]) * y[j] * y[j];
                  }
                  return sum;
                },
                (x, y, out) -> {
                  for (int j = 0; j < features; j++) {
                    out[j] = 0.5 * Elementary.exp(x[j]) * y[j] * y[j];
                  }
                },
                (x, y, out) -> {
                  gradient(train, trainTargets, y, out);
                  addRidge(x, y, out);
                }))
        .curvature(
            new Curvature() {
              @Override
              public void hessianYY(double[] x, double[] y, double[] v, double[] out) {
                gradient(train, new double[train.length], v, out);
                addRidge(x, v, out);
              }

              @Override
              public void mixedXY(double[] x, double[] y, double[] v, double[] out) {
                for (int j = 0; j < features; j++) {
                  out[j] = Elementary.exp(x[j]) * y[j] * v[j];
                }
              }
            })
        .build();
  }

  /**
   * The mean squared error, halved, of a regression on other samples.
   *
   * @param y the coefficients, the intercept last
   * @param samples the samples
   * @return in squares of the scaled targets
   */
  public double error(double[] y, Samples samples) {
    return loss(rows(samples), targets(samples), y);
  }

  private void addRidge(double[] x, double[] y, double[] out) {
    for (int j = 0; j < features; j++) {
      out[j] += Elementary.exp(x[j]) * y[j];
    }
  }

  private static double loss(double[][] rows, double[] targets, double[] y) {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      double r = Kernels.dot(rows[i], y) - targets[i];
      sum += r * r;
    }
    return 0.5 * sum / rows.length;
  }

  private static void gradient(double[][] rows, double[] targets, double[] y, double[] out) {
    Arrays.fill(out, 0);
    for (int i = 0; i < rows.length; i++) {
      double r = (Kernels.dot(rows[i], y) - targets[i]) / rows.length;
      Kernels.axpy(r, rows[i], out, 0, out.length);
    }
  }
}
