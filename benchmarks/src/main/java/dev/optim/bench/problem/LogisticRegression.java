package dev.optim.bench.problem;

import dev.optim.Checks;
import dev.optim.FiniteSum;
import dev.optim.bench.data.Samples;
import dev.optim.kernel.Elementary;
import dev.optim.kernel.Kernels;
import dev.optim.update.Parameters;

/**
 * Logistic regression of two classes: term i is log(1 + exp(z)) - y z with z = w x_i + b, y the
 * class 0 or 1, plus (l2 / 2) |w|^2. The bias b is not regularised. Strongly convex in w.
 *
 * <p>Layout: {@code weight [features]}, {@code bias []}. Cost of a term: about 4 features
 * operations. Allocates nothing per evaluation. Safe for use from several threads.
 */
public final class LogisticRegression implements FiniteSum {

  private final double[] inputs; // [sample][feature], row-major
  private final int[] labels;
  private final int features;
  private final double l2;
  private final Parameters layout;

  /**
   * Logistic regression on samples.
   *
   * @param samples of the classes 0 and 1
   * @param l2 the weight of the regularisation, at least 0
   * @throws IllegalArgumentException if there are other classes
   */
  public LogisticRegression(Samples samples, double l2) {
    this.l2 = Checks.nonNegative("l2", l2);
    features = samples.features();
    labels = samples.labels();
    inputs = new double[samples.size() * features];
    for (int i = 0; i < labels.length; i++) {
      Checks.require(labels[i] <= 1, "class of sample " + i, labels[i], "0 or 1");
      samples.copyFeatures(i, inputs, i * features);
    }
    layout = Parameters.builder().add("weight", features).add("bias").build();
  }

  /**
   * The tensors of the variables.
   *
   * @return weight and bias
   */
  public Parameters layout() {
    return layout;
  }

  @Override
  public int terms() {
    return labels.length;
  }

  @Override
  public double value(double[] x) {
    double loss = 0;
    for (int i = 0; i < labels.length; i++) {
      loss += loss(score(x, i), labels[i]);
    }
    return loss / labels.length + penalty(x);
  }

  @Override
  public double value(double[] x, int[] batch) {
    double loss = 0;
    for (int i : batch) {
      loss += loss(score(x, i), labels[i]);
    }
    return loss / batch.length + penalty(x);
  }

  @Override
  public void gradient(double[] x, double[] out) {
    valueAndGradient(x, out);
  }

  @Override
  public double valueAndGradient(double[] x, double[] out) {
    begin(x, out);
    double loss = 0;
    for (int i = 0; i < labels.length; i++) {
      loss += add(x, i, labels.length, out);
    }
    return loss / labels.length + penalty(x);
  }

  @Override
  public double valueAndGradient(double[] x, int[] batch, double[] out) {
    begin(x, out);
    double loss = 0;
    for (int i : batch) {
      loss += add(x, i, batch.length, out);
    }
    return loss / batch.length + penalty(x);
  }

  /**
   * The fraction of the samples whose class is the more likely one.
   *
   * @param x the point
   * @return in 0..1; a sample without a finite score counts as wrong
   */
  public double accuracy(double[] x) {
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      double score = score(x, i);
      right += labels[i] == 1 ? (score > 0 ? 1 : 0) : (score <= 0 ? 1 : 0);
    }
    return (double) right / labels.length;
  }

  private double score(double[] x, int sample) {
    return Kernels.dot(inputs, sample * features, x, 0, features) + x[features];
  }

  /** log(1 + exp(z)) - y z, without overflow for large |z|. */
  private static double loss(double z, int y) {
    return Math.max(z, 0) + StrictMath.log1p(Elementary.exp(-Math.abs(z))) - y * z;
  }

  private double penalty(double[] x) {
    return 0.5 * l2 * Kernels.squaredNorm(x, 0, features);
  }

  private void begin(double[] x, double[] out) {
    for (int j = 0; j < features; j++) {
      out[j] = l2 * x[j];
    }
    out[features] = 0;
  }

  private double add(double[] x, int sample, int count, double[] out) {
    double z = score(x, sample);
    double residual = (Elementary.sigmoid(z) - labels[sample]) / count;
    Kernels.axpy(residual, inputs, sample * features, out, 0, features);
    out[features] += residual;
    return loss(z, labels[sample]);
  }
}
