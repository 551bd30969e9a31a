package dev.optim.secondorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;

/** Mean cross-entropy of softmax(X W' + b) on recorded batches. */
record SoftmaxRegression(double[][] inputs, int[] labels, double[] start, int[][] batches) {

  static SoftmaxRegression of(JsonNode json) {
    double[][] w0 = MfacGoldenTest.matrix(json.get("W0"));
    double[] b0 = MfacGoldenTest.vector(json.get("b0"));
    int features = w0[0].length;
    double[] start = new double[b0.length * (features + 1)];
    for (int c = 0; c < b0.length; c++) {
      System.arraycopy(w0[c], 0, start, c * features, features);
      start[b0.length * features + c] = b0[c];
    }
    int[][] batches = new int[json.get("batches").size()][];
    for (int k = 0; k < batches.length; k++) {
      batches[k] = integers(json.get("batches").get(k));
    }
    return new SoftmaxRegression(
        MfacGoldenTest.matrix(json.get("X")), integers(json.get("y")), start, batches);
  }

  int features() {
    return inputs[0].length;
  }

  int classes() {
    return start.length / (features() + 1);
  }

  @Override
  public double[] start() {
    return start.clone();
  }

  int[] batch(int step) {
    return batches[step];
  }

  double valueAndGradient(double[] x, int[] batch, double[] out) {
    Arrays.fill(out, 0);
    double loss = 0;
    int bias = classes() * features();
    double[] p = new double[classes()];
    for (int sample : batch) {
      double[] input = inputs[sample];
      double largest = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < p.length; c++) {
        p[c] = x[bias + c];
        for (int j = 0; j < input.length; j++) {
          p[c] += x[c * input.length + j] * input[j];
        }
        largest = Math.max(largest, p[c]);
      }
      double correct = p[labels[sample]] - largest;
      double sum = 0;
      for (int c = 0; c < p.length; c++) {
        p[c] = StrictMath.exp(p[c] - largest);
        sum += p[c];
      }
      loss += (StrictMath.log(sum) - correct) / batch.length;
      for (int c = 0; c < p.length; c++) {
        double slope = (p[c] / sum - (c == labels[sample] ? 1 : 0)) / batch.length;
        out[bias + c] += slope;
        for (int j = 0; j < input.length; j++) {
          out[c * input.length + j] += slope * input[j];
        }
      }
    }
    return loss;
  }

  private static int[] integers(JsonNode json) {
    int[] integers = new int[json.size()];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = json.get(i).asInt();
    }
    return integers;
  }
}
