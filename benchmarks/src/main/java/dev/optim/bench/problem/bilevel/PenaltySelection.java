package dev.optim.bench.problem.bilevel;

import static java.util.Objects.requireNonNull;

import dev.optim.bench.data.Samples;
import dev.optim.bilevel.BilevelProblem;
import dev.optim.bilevel.Curvature;
import dev.optim.bilevel.LevelObjective;
import dev.optim.kernel.Elementary;
import dev.optim.kernel.Kernels;
import java.util.Arrays;

/**
 * The choice of one ridge parameter for every coefficient of a regression. Lower level: {@code
 * sum_i loss(a_i . y, b_i) / n + sum_j exp(x_j) y_j^2 / 2} on training samples, the last
 * coefficient being the intercept, not penalised; upper level: the mean loss on validation samples.
 * The length of x is the number of features, that of y one more.
 */
public final class PenaltySelection {

  /** What a prediction p of a target t costs. */
  public enum Loss {
    /** (p - t)^2 / 2, for measured values. */
    SQUARED {
      @Override
      double value(double p, double t) {
        return 0.5 * (p - t) * (p - t);
      }

      @Override
      double slope(double p, double t) {
        return p - t;
      }

      @Override
      double curvature(double p) {
        return 1;
      }
    },
    /** The negative log-likelihood of a class, 0 or 1, whose logit is p. */
    LOGISTIC {
      @Override
      double value(double p, double t) {
        double signed = t > 0.5 ? p : -p;
        return Elementary.log(1 + Elementary.exp(-Math.abs(signed))) + Math.max(-signed, 0);
      }

      @Override
      double slope(double p, double t) {
        return Elementary.sigmoid(p) - t;
      }

      @Override
      double curvature(double p) {
        double s = Elementary.sigmoid(p);
        return s * (1 - s);
      }
    };

    abstract double value(double p, double t);

    abstract double slope(double p, double t);

    abstract double curvature(double p);
  }

  private final Loss loss;
  private final double[][] train;
  private final double[] trainTargets;
  private final double[][] validation;
  private final double[] validationTargets;
  private final double scale;
  private final int features;

  /**
   * Takes the samples.
   *
   * @param loss what a prediction costs
   * @param train of the lower level
   * @param validation of the upper level
   * @param scale what targets are divided by, not 0; 1 for classes
   */
  public PenaltySelection(Loss loss, Samples train, Samples validation, double scale) {
    this.loss = requireNonNull(loss, "loss");
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
                Arrays.fill(out, 0);
                for (double[] row : train) {
                  double along = loss.curvature(Kernels.dot(row, y)) * Kernels.dot(row, v);
                  Kernels.axpy(along / train.length, row, out, 0, out.length);
                }
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
   * The mean loss of a regression on other samples.
   *
   * @param y the coefficients, the intercept last
   * @param samples the samples
   * @return for {@link Loss#SQUARED} in squares of the scaled targets
   */
  public double loss(double[] y, Samples samples) {
    return loss(rows(samples), targets(samples), y);
  }

  /**
   * The share of samples whose class a regression gets right.
   *
   * @param y the coefficients, the intercept last
   * @param samples the samples, of classes 0 and 1
   * @return in [0, 1]
   */
  public static double accuracy(double[] y, Samples samples) {
    double[][] rows = rows(samples);
    int right = 0;
    for (int i = 0; i < rows.length; i++) {
      right += Kernels.dot(rows[i], y) > 0 == samples.target(i) > 0.5 ? 1 : 0;
    }
    return (double) right / rows.length;
  }

  private void addRidge(double[] x, double[] y, double[] out) {
    for (int j = 0; j < features; j++) {
      out[j] += Elementary.exp(x[j]) * y[j];
    }
  }

  private double loss(double[][] rows, double[] targets, double[] y) {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      sum += loss.value(Kernels.dot(rows[i], y), targets[i]);
    }
    return sum / rows.length;
  }

  private void gradient(double[][] rows, double[] targets, double[] y, double[] out) {
    Arrays.fill(out, 0);
    for (int i = 0; i < rows.length; i++) {
      double slope = loss.slope(Kernels.dot(rows[i], y), targets[i]);
      Kernels.axpy(slope / rows.length, rows[i], out, 0, out.length);
    }
  }
}
