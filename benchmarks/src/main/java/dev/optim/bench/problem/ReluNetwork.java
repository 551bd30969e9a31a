package dev.optim.bench.problem;

import dev.optim.Checks;
import dev.optim.FiniteSum;
import dev.optim.bench.data.Samples;
import dev.optim.kernel.Elementary;
import dev.optim.kernel.Kernels;
import dev.optim.update.Parameters;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A fully connected network for classification. Each hidden layer computes max(0, W a + b), the
 * output layer W a + b; term i is the cross entropy log(sum_k exp(z_k)) - z_y of sample i, plus (l2
 * / 2) times the squared norm of all weights. Biases are not regularised. Without a hidden layer
 * this is softmax regression.
 *
 * <p>Layout: {@code hidden.weight [h, features]}, {@code hidden.bias [h]}, {@code output.weight
 * [classes, h]}, {@code output.bias [classes]}; several hidden layers are {@code hidden1}, {@code
 * hidden2}, ... Cost of a term: about 6 operations a weight.
 *
 * <p>Working memory is kept from call to call: an instance belongs to one thread at a time.
 */
public final class ReluNetwork implements FiniteSum {

  private final DMatrixRMaj samples; // [sample, feature]
  private final int[] labels;
  private final Parameters layout;
  private final double l2;
  private final Layer[] layers;
  private final DMatrixRMaj gathered = new DMatrixRMaj(0, 0);
  private final int[] all;
  private DMatrixRMaj input = gathered;

  /**
   * A network on samples.
   *
   * @param samples of the classes 0..classes-1
   * @param classes the number of classes, at least 2
   * @param l2 the weight of the regularisation, at least 0
   * @param hidden the width of each hidden layer, from the input on; none for softmax regression
   * @throws IllegalArgumentException if a sample is of another class or a width less than 1
   */
  public ReluNetwork(Samples samples, int classes, double l2, int... hidden) {
    Checks.require(classes >= 2, "classes", classes, "at least 2");
    this.l2 = Checks.nonNegative("l2", l2);
    labels = samples.labels();
    all = new int[labels.length];
    this.samples = new DMatrixRMaj(labels.length, samples.features());
    for (int i = 0; i < labels.length; i++) {
      Checks.require(labels[i] < classes, "class of sample " + i, labels[i], "< " + classes);
      samples.copyFeatures(i, this.samples.data, i * samples.features());
      all[i] = i;
    }
    layout = layout(samples.features(), hidden, classes);
    layers = layers(layout);
  }

  private ReluNetwork(ReluNetwork other) {
    samples = other.samples;
    labels = other.labels;
    all = other.all;
    layout = other.layout;
    l2 = other.l2;
    layers = layers(layout);
  }

  /**
   * The same network on the same samples, which both share, for another thread.
   *
   * @return a new instance with working memory of its own
   */
  public ReluNetwork another() {
    return new ReluNetwork(this);
  }

  /** Weight and bias of each layer. */
  private static Layer[] layers(Parameters layout) {
    Layer[] layers = new Layer[layout.tensors().size() / 2];
    for (int l = 0; l < layers.length; l++) {
      layers[l] = new Layer(layout.tensors().get(2 * l), layout.tensors().get(2 * l + 1));
    }
    return layers;
  }

  private static Parameters layout(int features, int[] hidden, int classes) {
    Parameters.Builder builder = Parameters.builder();
    int width = features;
    for (int l = 0; l < hidden.length; l++) {
      String name = hidden.length == 1 ? "hidden" : "hidden" + (l + 1);
      builder.add(name + ".weight", hidden[l], width).add(name + ".bias", hidden[l]);
      width = hidden[l];
    }
    return builder.add("output.weight", classes, width).add("output.bias", classes).build();
  }

  /**
   * The tensors of the variables.
   *
   * @return weight and bias of each layer, from the input on
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
    return value(x, all);
  }

  @Override
  public double value(double[] x, int[] batch) {
    DMatrixRMaj scores = forward(x, batch);
    double loss = 0;
    for (int row = 0; row < batch.length; row++) {
      loss += crossEntropy(scores, row, labels[batch[row]]);
    }
    return loss / batch.length + penalty(x);
  }

  @Override
  public void gradient(double[] x, double[] out) {
    valueAndGradient(x, all, out);
  }

  @Override
  public double valueAndGradient(double[] x, double[] out) {
    return valueAndGradient(x, all, out);
  }

  @Override
  public double valueAndGradient(double[] x, int[] batch, double[] out) {
    Checks.length("out", out.length, layout.length());
    DMatrixRMaj scores = forward(x, batch);
    double loss = 0;
    for (int row = 0; row < batch.length; row++) {
      int label = labels[batch[row]];
      double entropy = crossEntropy(scores, row, label);
      becomeDerivative(scores, row, label, batch.length, entropy);
      loss += entropy;
    }
    backward(x, out);
    return loss / batch.length + penalty(x);
  }

  /**
   * The fraction of the samples whose class has the highest score.
   *
   * @param x the point
   * @return in 0..1; a sample without a score that is a number counts as wrong
   */
  public double accuracy(double[] x) {
    DMatrixRMaj scores = forward(x, all);
    int right = 0;
    for (int row = 0; row < labels.length; row++) {
      double best = Double.NEGATIVE_INFINITY;
      int winner = -1;
      for (int k = 0; k < scores.numCols; k++) {
        if (scores.unsafe_get(row, k) > best) {
          best = scores.unsafe_get(row, k);
          winner = k;
        }
      }
      right += winner == labels[row] ? 1 : 0;
    }
    return (double) right / labels.length;
  }

  private DMatrixRMaj forward(double[] x, int[] batch) {
    Checks.length("x", x.length, layout.length());
    Checks.atLeastOne("batch.length", batch.length);
    input = batch == all ? samples : gather(batch);
    DMatrixRMaj activation = input;
    for (int l = 0; l < layers.length; l++) {
      layers[l].forward(x, activation, l < layers.length - 1);
      activation = layers[l].output;
    }
    return activation;
  }

  private DMatrixRMaj gather(int[] batch) {
    int features = samples.numCols;
    gathered.reshape(batch.length, features);
    for (int row = 0; row < batch.length; row++) {
      System.arraycopy(
          samples.data, batch[row] * features, gathered.data, row * features, features);
    }
    return gathered;
  }

  /** From the derivatives by the scores, in the last layer's output, to those by the weights. */
  private void backward(double[] x, double[] out) {
    for (int l = layers.length - 1; l >= 0; l--) {
      DMatrixRMaj below = l == 0 ? input : layers[l - 1].output;
      layers[l].gradient(x, below, l2, out);
      if (l > 0) {
        layers[l].propagate(below);
      }
    }
  }

  /** log(sum_k exp(z_k)) - z_label of a row; subtracting the largest first, nothing overflows. */
  private static double crossEntropy(DMatrixRMaj scores, int row, int label) {
    int from = row * scores.numCols;
    double most = scores.data[from];
    for (int k = 1; k < scores.numCols; k++) {
      most = Math.max(most, scores.data[from + k]);
    }
    double sum = 0;
    for (int k = 0; k < scores.numCols; k++) {
      sum += Elementary.exp(scores.data[from + k] - most);
    }
    return Elementary.log(sum) + (most - scores.data[from + label]);
  }

  /** Replaces a row of scores z by (exp(z_k) / sum - [k = label]) / count. */
  private static void becomeDerivative(
      DMatrixRMaj scores, int row, int label, int count, double crossEntropy) {
    int from = row * scores.numCols;
    double logSum = crossEntropy + scores.data[from + label];
    for (int k = 0; k < scores.numCols; k++) {
      scores.data[from + k] = Elementary.exp(scores.data[from + k] - logSum) / count;
    }
    scores.data[from + label] -= 1.0 / count;
  }

  private double penalty(double[] x) {
    double squares = 0;
    for (Layer layer : layers) {
      squares += Kernels.squaredNorm(x, layer.weight.offset(), layer.weight.end());
    }
    return 0.5 * l2 * squares;
  }

  /** Working memory of a layer, for as many rows as the batch has. */
  private static final class Layer {

    private final Parameters.Tensor weight; // [out, in]
    private final Parameters.Tensor bias;
    private final DMatrixRMaj w;
    private final DMatrixRMaj wTransposed;
    private final DMatrixRMaj gradient;
    private final DMatrixRMaj derivative = new DMatrixRMaj(0, 0); // by the input

    /** After forward, what the layer puts out; after propagate of the next, derivatives by it. */
    private final DMatrixRMaj output = new DMatrixRMaj(0, 0);

    Layer(Parameters.Tensor weight, Parameters.Tensor bias) {
      this.weight = weight;
      this.bias = bias;
      w = new DMatrixRMaj(weight.rows(), weight.columns());
      wTransposed = new DMatrixRMaj(weight.columns(), weight.rows());
      gradient = new DMatrixRMaj(weight.rows(), weight.columns());
    }

    void forward(double[] x, DMatrixRMaj activation, boolean rectified) {
      System.arraycopy(x, weight.offset(), w.data, 0, weight.size());
      // the product with a transposed copy runs over consecutive memory and vectorises
      CommonOps_DDRM.transpose(w, wTransposed);
      CommonOps_DDRM.mult(activation, wTransposed, output);
      int width = output.numCols;
      for (int row = 0; row < output.numRows; row++) {
        for (int k = 0; k < width; k++) {
          double z = output.data[row * width + k] + x[bias.offset() + k];
          output.data[row * width + k] = rectified ? Math.max(z, 0) : z;
        }
      }
    }

    void gradient(double[] x, DMatrixRMaj activation, double l2, double[] out) {
      CommonOps_DDRM.multTransA(output, activation, gradient);
      for (int i = 0; i < weight.size(); i++) {
        out[weight.offset() + i] = gradient.data[i] + l2 * x[weight.offset() + i];
      }
      Arrays.fill(out, bias.offset(), bias.end(), 0);
      for (int row = 0; row < output.numRows; row++) {
        for (int k = 0; k < output.numCols; k++) {
          out[bias.offset() + k] += output.data[row * output.numCols + k];
        }
      }
    }

    /** Replaces the outputs of the layer below by the derivatives by its sums before max(0, .). */
    void propagate(DMatrixRMaj below) {
      CommonOps_DDRM.mult(output, w, derivative);
      for (int i = 0; i < below.getNumElements(); i++) {
        below.data[i] = below.data[i] > 0 ? derivative.data[i] : 0;
      }
    }
  }
}
