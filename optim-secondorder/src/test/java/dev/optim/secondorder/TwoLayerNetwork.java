package dev.optim.secondorder;

import dev.optim.FiniteSum;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Classification of points of the plane by a network of one hidden layer: in which of six sectors a
 * point lies. Mean cross-entropy; inputs, tanh units, softmax.
 */
final class TwoLayerNetwork implements FiniteSum {

  static final int HIDDEN = 24;
  static final int CLASSES = 6;
  private static final int INPUTS = 2;
  static final int WEIGHTS = HIDDEN * INPUTS + CLASSES * HIDDEN;
  static final int DIMENSION = WEIGHTS + HIDDEN + CLASSES;

  private final double[][] inputs;
  private final int[] labels;

  TwoLayerNetwork(int samples, long seed) {
    Random random = new Random(seed);
    inputs = new double[samples][INPUTS];
    labels = new int[samples];
    for (int s = 0; s < samples; s++) {
      inputs[s][0] = random.nextGaussian();
      inputs[s][1] = random.nextGaussian();
      double angle = StrictMath.atan2(inputs[s][1], inputs[s][0]) / (2 * Math.PI) + 0.5;
      labels[s] = Math.min(CLASSES - 1, (int) (CLASSES * angle));
    }
  }

  static double[] start(long seed) {
    Random random = new Random(seed);
    double[] x = new double[DIMENSION];
    for (int i = 0; i < WEIGHTS; i++) {
      x[i] = random.nextGaussian() * (i < HIDDEN * INPUTS ? 1 : 0.2);
    }
    return x;
  }

  /** Which weights may be pruned: all but the biases, which come last. */
  static boolean[] prunable() {
    boolean[] prunable = new boolean[DIMENSION];
    Arrays.fill(prunable, 0, WEIGHTS, true);
    return prunable;
  }

  /** Gradients of mini-batches one after the other. */
  double[][] gradients(double[] x, int count, int size) {
    double[][] gradients = new double[count][DIMENSION];
    for (int k = 0; k < count; k++) {
      int first = k * size;
      valueAndGradient(
          x, IntStream.range(first, first + size).map(i -> i % terms()).toArray(), gradients[k]);
    }
    return gradients;
  }

  @Override
  public int terms() {
    return inputs.length;
  }

  @Override
  public double value(double[] x) {
    return value(x, all());
  }

  @Override
  public void gradient(double[] x, double[] out) {
    valueAndGradient(x, all(), out);
  }

  private int[] all() {
    return IntStream.range(0, terms()).toArray();
  }

  double accuracy(double[] x) {
    int right = 0;
    double[] hidden = new double[HIDDEN];
    double[] p = new double[CLASSES];
    for (int s = 0; s < terms(); s++) {
      forward(x, s, hidden, p);
      int best = 0;
      for (int c = 1; c < CLASSES; c++) {
        best = p[c] > p[best] ? c : best;
      }
      right += best == labels[s] ? 1 : 0;
    }
    return (double) right / terms();
  }

  @Override
  public double valueAndGradient(double[] x, int[] batch, double[] out) {
    Arrays.fill(out, 0);
    double[] hidden = new double[HIDDEN];
    double[] p = new double[CLASSES];
    double loss = 0;
    int second = HIDDEN * INPUTS;
    for (int s : batch) {
      forward(x, s, hidden, p);
      double sum = 0;
      double correct = p[labels[s]];
      for (int c = 0; c < CLASSES; c++) {
        p[c] = StrictMath.exp(p[c]);
        sum += p[c];
      }
      loss += (StrictMath.log(sum) - correct) / batch.length;
      for (int c = 0; c < CLASSES; c++) {
        p[c] = (p[c] / sum - (c == labels[s] ? 1 : 0)) / batch.length;
        out[WEIGHTS + HIDDEN + c] += p[c];
      }
      for (int h = 0; h < HIDDEN; h++) {
        double slope = 0;
        for (int c = 0; c < CLASSES; c++) {
          out[second + c * HIDDEN + h] += p[c] * hidden[h];
          slope += p[c] * x[second + c * HIDDEN + h];
        }
        slope *= 1 - hidden[h] * hidden[h];
        out[WEIGHTS + h] += slope;
        for (int i = 0; i < INPUTS; i++) {
          out[h * INPUTS + i] += slope * inputs[s][i];
        }
      }
    }
    return loss;
  }

  private void forward(double[] x, int s, double[] hidden, double[] p) {
    for (int h = 0; h < HIDDEN; h++) {
      double sum = x[WEIGHTS + h];
      for (int i = 0; i < INPUTS; i++) {
        sum += x[h * INPUTS + i] * inputs[s][i];
      }
      hidden[h] = StrictMath.tanh(sum);
    }
    for (int c = 0; c < CLASSES; c++) {
      p[c] = x[WEIGHTS + HIDDEN + c];
      for (int h = 0; h < HIDDEN; h++) {
        p[c] += x[HIDDEN * INPUTS + c * HIDDEN + h] * hidden[h];
      }
    }
  }
}
