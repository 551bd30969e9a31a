package dev.optim.nd4j;

import dev.optim.update.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;

/** Where the tensors of a network lie in its flat parameters, and which of them are trained. */
final class NetworkLayout {

  private final Parameters parameters;
  private final boolean[] trained;
  private final boolean[] divided;
  private final boolean[] statistics;

  private NetworkLayout(Parameters parameters) {
    this.parameters = parameters;
    int n = parameters.tensors().size();
    trained = new boolean[n];
    divided = new boolean[n];
    statistics = new boolean[n];
  }

  static NetworkLayout of(Network network) {
    if (network.truncated()) {
      throw new IllegalArgumentException(
          "network asks for truncated backpropagation through time, which this loop does not do");
    }
    Map<String, INDArray> table = network.model().paramTable();
    INDArray all = network.model().params();
    Parameters.Builder builder = Parameters.builder();
    for (Map.Entry<String, INDArray> entry : inMemory(table)) {
      builder.add(entry.getKey(), shape(entry.getKey(), entry.getValue()));
    }
    NetworkLayout layout = new NetworkLayout(builder.build());
    if (layout.parameters.length() != all.length()) {
      throw new IllegalArgumentException(
          "network has " + all.length() + " parameters, " + layout.parameters.length() + " named");
    }
    for (Layer layer : network.layers()) {
      layout.add(layer, table);
    }
    return layout;
  }

  private void add(Layer layer, Map<String, INDArray> table) {
    TrainingConfig config = layer.getConfig();
    for (Map.Entry<String, INDArray> entry : layer.paramTable(false).entrySet()) {
      Parameters.Tensor tensor = at(entry.getValue(), table);
      boolean frozen = layer instanceof FrozenLayer;
      requireNothingElse(config, entry.getKey(), tensor);
      statistics[tensor.index()] =
          !frozen && config.getUpdaterByParam(entry.getKey()) instanceof NoOp;
      trained[tensor.index()] = !frozen && !statistics[tensor.index()];
      divided[tensor.index()] = layer.updaterDivideByMinibatch(entry.getKey());
    }
  }

  /**
   * The tensor whose memory a layer's array shares: layers do not know their names in the table.
   */
  private Parameters.Tensor at(INDArray array, Map<String, INDArray> table) {
    for (Map.Entry<String, INDArray> entry : table.entrySet()) {
      if (ArrayMemory.start(entry.getValue()) == ArrayMemory.start(array)) {
        return parameters.tensor(entry.getKey());
      }
    }
    throw new IllegalArgumentException("network has a layer outside its parameters");
  }

  private static void requireNothingElse(
      TrainingConfig config, String parameter, Parameters.Tensor tensor) {
    var regularization = config.getRegularizationByParam(parameter);
    if (regularization != null
        && regularization.stream().anyMatch(each -> !(each instanceof RuleCompanion))) {
      throw new IllegalArgumentException(
          tensor.name()
              + " is configured with "
              + regularization
              + ", which this loop does not apply: give weight decay to the rule");
    }
    GradientNormalization normalization = config.getGradientNormalization();
    if (normalization != null && normalization != GradientNormalization.None) {
      throw new IllegalArgumentException(
          tensor.name()
              + " is configured with "
              + normalization
              + ", which this loop does not apply: give the plan a transform");
    }
  }

  private static List<Map.Entry<String, INDArray>> inMemory(Map<String, INDArray> table) {
    List<Map.Entry<String, INDArray>> entries = new ArrayList<>(table.entrySet());
    entries.sort(
        (a, b) -> Long.compare(ArrayMemory.start(a.getValue()), ArrayMemory.start(b.getValue())));
    return entries;
  }

  /** The shape a tensor has in row-major order of its memory: reversed if DL4J's order is 'f'. */
  static int[] shape(String name, INDArray array) {
    int rank = array.rank();
    boolean rowMajor = ArrayMemory.isRowMajor(array);
    if (!rowMajor && !ArrayMemory.isRowMajor(array.permute(reversed(rank)))) {
      throw new IllegalArgumentException(name + " is no dense array");
    }
    int[] shape = new int[rank];
    for (int d = 0; d < rank; d++) {
      shape[d] = (int) array.size(rowMajor ? d : rank - 1 - d);
    }
    return shape;
  }

  private static int[] reversed(int rank) {
    int[] dimensions = new int[rank];
    for (int d = 0; d < rank; d++) {
      dimensions[d] = rank - 1 - d;
    }
    return dimensions;
  }

  Parameters parameters() {
    return parameters;
  }

  /** For each tensor whether a rule moves it. */
  boolean[] trained() {
    return trained;
  }

  /** DL4J's gradients are sums over the batch, except those that are no gradients. */
  void divide(INDArray gradient, int batch) {
    for (Parameters.Tensor tensor : parameters.tensors()) {
      if (divided[tensor.index()]) {
        part(gradient, tensor).divi(batch);
      }
    }
  }

  /** Running means and variances: what DL4J gives as their gradient is the step itself. */
  void moveStatistics(INDArray all, INDArray gradient) {
    for (Parameters.Tensor tensor : parameters.tensors()) {
      if (statistics[tensor.index()]) {
        part(all, tensor).subi(part(gradient, tensor));
      }
    }
  }

  /**
   * Moves the trained tensors to the worst point of a ball, as the gradient has it, and uses the
   * gradient up.
   *
   * @return false if the gradient is zero or not finite, and nothing was done
   */
  boolean climb(double radius, INDArray all, INDArray gradient) {
    double squares = 0;
    for (Parameters.Tensor tensor : parameters.tensors()) {
      if (trained[tensor.index()]) {
        double norm = part(gradient, tensor).norm2Number().doubleValue();
        squares += norm * norm;
      }
    }
    if (!(squares > 0 && squares < Double.POSITIVE_INFINITY)) {
      return false;
    }
    for (Parameters.Tensor tensor : parameters.tensors()) {
      if (trained[tensor.index()]) {
        part(all, tensor).addi(part(gradient, tensor).muli(radius / Math.sqrt(squares)));
      }
    }
    return true;
  }

  private static INDArray part(INDArray all, Parameters.Tensor tensor) {
    return all.reshape(all.length()).get(NDArrayIndex.interval(tensor.offset(), tensor.end()));
  }
}
