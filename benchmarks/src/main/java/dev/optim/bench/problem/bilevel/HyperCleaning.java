package dev.optim.bench.problem.bilevel;

import dev.optim.Checks;
import dev.optim.bench.data.Samples;
import dev.optim.bilevel.BilevelProblem;
import dev.optim.bilevel.Curvature;
import dev.optim.bilevel.LevelObjective;
import dev.optim.kernel.Elementary;
import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import java.util.Arrays;

/**
 * Data hyper-cleaning: some labels of the training samples are wrong, and each sample has a weight
 * sigmoid(x_i) that is chosen so that the classifier trained with the weights does well on clean
 * validation samples.
 *
 * <p>Lower level: {@code sum_i sigmoid(x_i) loss_i(y) / n + l2 |y|^2 / 2}, softmax regression with
 * a bias; upper level: the mean loss on the validation samples. The length of x is the number of
 * training samples, that of y (features + 1) times classes. Cost of a gradient: about 4 samples
 * times the length of y.
 */
public final class HyperCleaning {

  private final double[][] train; // a one is appended to each sample
  private final double[][] validation;
  private final int[] given;
  private final int[] validationLabels;
  private final boolean[] corrupted;
  private final int classes;
  private final int width;
  private final double l2;

  /**
   * Corrupts labels and makes the two levels.
   *
   * @param trainSamples of the lower level, with true labels
   * @param validationSamples of the upper level
   * @param classes the number of classes, at least 2
   * @param fraction of the training samples that get a wrong label, in [0, 1)
   * @param l2 the weight of the regularisation, greater than 0
   * @param random which samples, and which labels
   */
  public HyperCleaning(
      Samples trainSamples,
      Samples validationSamples,
      int classes,
      double fraction,
      double l2,
      RandomStream random) {
    this.classes = classes;
    this.l2 = Checks.positive("l2", l2);
    Checks.fraction("fraction", fraction);
    train = withBias(trainSamples);
    validation = withBias(validationSamples);
    given = trainSamples.labels();
    validationLabels = validationSamples.labels();
    width = train[0].length;
    corrupted = new boolean[train.length];
    int[] order = random.permutation(train.length);
    for (int i = 0; i < fraction * train.length; i++) {
      int sample = order[i];
      corrupted[sample] = true;
      given[sample] = (given[sample] + 1 + random.nextInt(classes - 1)) % classes;
    }
  }

  private static double[][] withBias(Samples samples) {
    double[][] rows = new double[samples.size()][samples.features() + 1];
    for (int i = 0; i < rows.length; i++) {
      samples.copyFeatures(i, rows[i], 0);
      rows[i][samples.features()] = 1;
    }
    return rows;
  }

  /**
   * The length of y.
   *
   * @return (features + 1) times classes
   */
  public int lowerDimension() {
    return width * classes;
  }

  /**
   * Which training samples have a wrong label.
   *
   * @return a copy
   */
  public boolean[] corrupted() {
    return corrupted.clone();
  }

  /**
   * The two levels.
   *
   * @return the problem, with second-order products of the lower level
   */
  public BilevelProblem problem() {
    double[] ones = new double[validation.length];
    Arrays.fill(ones, 1);
    LevelObjective upper =
        LevelObjective.of(
            (x, y) -> loss(validation, validationLabels, ones, y),
            (x, y, out) -> Arrays.fill(out, 0),
            (x, y, out) -> {
              Arrays.fill(out, 0);
              addGradient(validation, validationLabels, ones, y, out);
            });
    LevelObjective lower =
        LevelObjective.of(
            (x, y) -> loss(train, given, weights(x), y) + 0.5 * l2 * Kernels.dot(y, y),
            (x, y, out) -> {
              double[] p = new double[classes];
              for (int i = 0; i < out.length; i++) {
                double w = Elementary.sigmoid(x[i]);
                out[i] = w * (1 - w) * probabilities(train[i], given[i], y, p) / train.length;
              }
            },
            (x, y, out) -> {
              for (int j = 0; j < out.length; j++) {
                out[j] = l2 * y[j];
              }
              addGradient(train, given, weights(x), y, out);
            });
    return BilevelProblem.of(train.length, lowerDimension())
        .upper(upper)
        .lower(lower)
        .curvature(new Products())
        .build();
  }

  /**
   * The share of samples that a classifier gets right.
   *
   * @param y the classifier
   * @param samples the samples
   * @return in [0, 1]
   */
  public double accuracy(double[] y, Samples samples) {
    double[][] rows = withBias(samples);
    int[] labels = samples.labels();
    double[] p = new double[classes];
    int right = 0;
    for (int i = 0; i < rows.length; i++) {
      probabilities(rows[i], labels[i], y, p);
      int best = 0;
      for (int c = 1; c < classes; c++) {
        best = p[c] > p[best] ? c : best;
      }
      right += best == labels[i] ? 1 : 0;
    }
    return (double) right / rows.length;
  }

  private static double[] weights(double[] x) {
    double[] w = new double[x.length];
    for (int i = 0; i < w.length; i++) {
      w[i] = Elementary.sigmoid(x[i]);
    }
    return w;
  }

  /** Fills the probabilities of the classes; the loss of the label. */
  private double probabilities(double[] row, int label, double[] y, double[] p) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      p[c] = Kernels.dot(row, 0, y, c * width, width);
      largest = Math.max(largest, p[c]);
    }
    double own = p[label] - largest;
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      p[c] = Elementary.exp(p[c] - largest);
      sum += p[c];
    }
    for (int c = 0; c < classes; c++) {
      p[c] /= sum;
    }
    return Elementary.log(sum) - own;
  }

  private double loss(double[][] rows, int[] labels, double[] weights, double[] y) {
    double[] p = new double[classes];
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      sum += weights[i] * probabilities(rows[i], labels[i], y, p);
    }
    return sum / rows.length;
  }

  private void addGradient(
      double[][] rows, int[] labels, double[] weights, double[] y, double[] out) {
    double[] p = new double[classes];
    for (int i = 0; i < rows.length; i++) {
      probabilities(rows[i], labels[i], y, p);
      p[labels[i]] -= 1;
      for (int c = 0; c < classes; c++) {
        Kernels.axpy(weights[i] * p[c] / rows.length, rows[i], 0, out, c * width, width);
      }
    }
  }

  /** Second-order products of the lower level. */
  private final class Products implements Curvature {

    @Override
    public void hessianYY(double[] x, double[] y, double[] v, double[] out) {
      double[] p = new double[classes];
      double[] along = new double[classes];
      for (int j = 0; j < out.length; j++) {
        out[j] = l2 * v[j];
      }
      for (int i = 0; i < train.length; i++) {
        probabilities(train[i], given[i], y, p);
        double mean = 0;
        for (int c = 0; c < classes; c++) {
          along[c] = Kernels.dot(train[i], 0, v, c * width, width);
          mean += p[c] * along[c];
        }
        double w = Elementary.sigmoid(x[i]) / train.length;
        for (int c = 0; c < classes; c++) {
          Kernels.axpy(w * p[c] * (along[c] - mean), train[i], 0, out, c * width, width);
        }
      }
    }

    @Override
    public void mixedXY(double[] x, double[] y, double[] v, double[] out) {
      double[] p = new double[classes];
      for (int i = 0; i < train.length; i++) {
        probabilities(train[i], given[i], y, p);
        p[given[i]] -= 1;
        double along = 0;
        for (int c = 0; c < classes; c++) {
          along += p[c] * Kernels.dot(train[i], 0, v, c * width, width);
        }
        double w = Elementary.sigmoid(x[i]);
        out[i] = w * (1 - w) * along / train.length;
      }
    }
  }
}
