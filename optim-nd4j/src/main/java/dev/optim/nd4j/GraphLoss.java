package dev.optim.nd4j;

import dev.optim.Checks;
import dev.optim.update.Parameters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The loss of a graph as a function of all its variables, one after the other in one point. */
final class GraphLoss {

  private final SameDiff graph;
  private final List<String> losses;
  private final List<String> variables = new ArrayList<>();
  private final List<String> differentiated = new ArrayList<>();
  private final Parameters layout;
  private final boolean single;

  GraphLoss(SameDiff graph) {
    this.graph = graph;
    losses = List.copyOf(graph.getLossVariables());
    if (losses.isEmpty()) {
      throw new IllegalArgumentException("graph has no loss variables, see setLossVariables");
    }
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    for (SDVariable variable : graph.variables()) {
      if (variable.getVariableType() == VariableType.VARIABLE) {
        arrays.put(variable.name(), array(variable));
        variables.add(variable.name());
      }
    }
    if (arrays.isEmpty()) {
      throw new IllegalArgumentException("graph has no variables");
    }
    layout = ArrayUpdater.layout(arrays);
    single = arrays.values().stream().anyMatch(array -> array.dataType() == DataType.FLOAT);
    if (!graph.hasGradientFunction()) {
      graph.createGradFunction();
    }
    variables.stream().filter(graph::variableHasGradient).forEach(differentiated::add);
  }

  private static INDArray array(SDVariable variable) {
    DataType type = variable.dataType();
    if (type != DataType.FLOAT && type != DataType.DOUBLE) {
      throw new IllegalArgumentException(
          "variable " + variable.name() + " is " + type + ", must be FLOAT or DOUBLE");
    }
    INDArray array = variable.getArr();
    if (array == null) {
      throw new IllegalArgumentException("variable " + variable.name() + " has no array yet");
    }
    return array;
  }

  Parameters layout() {
    return layout;
  }

  /** Whether some variable is in single precision. */
  boolean single() {
    return single;
  }

  /** Refuses inputs that are no placeholders of the graph, and a placeholder without input. */
  void requirePlaceholders(Map<String, INDArray> inputs) {
    for (Map.Entry<String, INDArray> input : inputs.entrySet()) {
      SDVariable variable = graph.getVariable(input.getKey());
      if (variable == null || variable.getVariableType() != VariableType.PLACEHOLDER) {
        throw new IllegalArgumentException(input.getKey() + " is no placeholder of the graph");
      }
      if (input.getValue().wasClosed()) {
        throw new IllegalArgumentException(input.getKey() + " is closed");
      }
    }
    Deque<String> open = new ArrayDeque<>(losses);
    Set<String> seen = new HashSet<>(losses);
    while (!open.isEmpty()) {
      String name = open.remove();
      if (graph.getVariable(name).getVariableType() == VariableType.PLACEHOLDER
          && !inputs.containsKey(name)) {
        throw new IllegalArgumentException("the loss needs placeholder " + name + ", not given");
      }
      String op = graph.getVariables().get(name).getOutputOfOp();
      List<String> arguments = op == null ? null : graph.getOps().get(op).getInputsToOp();
      if (arguments != null) {
        arguments.stream().filter(seen::add).forEach(open::add);
      }
    }
  }

  double[] point() {
    synchronized (graph) {
      double[] x = new double[layout.length()];
      for (Parameters.Tensor tensor : layout.tensors()) {
        copy(current(tensor), tensor, x);
      }
      return x;
    }
  }

  void assign(double[] x) {
    Checks.length("x", x.length, layout.length());
    synchronized (graph) {
      List<INDArray> arrays = layout.tensors().stream().map(this::current).toList();
      for (Parameters.Tensor tensor : layout.tensors()) {
        double[] part = new double[tensor.size()];
        System.arraycopy(x, tensor.offset(), part, 0, part.length);
        INDArray array = arrays.get(tensor.index());
        array.assign(Nd4j.createFromArray(part).reshape('c', array.shape()));
      }
    }
  }

  double value(double[] x, Map<String, INDArray> inputs) {
    synchronized (graph) {
      assign(x);
      return total(graph.output(inputs, losses));
    }
  }

  double valueAndGradient(double[] x, Map<String, INDArray> inputs, double[] out) {
    Checks.length("out", out.length, layout.length());
    synchronized (graph) {
      assign(x);
      OutAndGrad result = graph.calculateGradientsAndOutputs(inputs, losses, differentiated);
      for (Parameters.Tensor tensor : layout.tensors()) {
        copy(result.getGradients().get(tensor.name()), tensor, out);
      }
      return total(result.getOutputs());
    }
  }

  private double total(Map<String, INDArray> outputs) {
    double sum = 0;
    for (String loss : losses) {
      sum += outputs.get(loss).sumNumber().doubleValue();
    }
    return sum;
  }

  private INDArray current(Parameters.Tensor tensor) {
    INDArray array = array(graph.getVariable(tensor.name()));
    long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
    if (!Arrays.equals(array.shape(), shape)) {
      throw new IllegalStateException(
          "variable "
              + tensor.name()
              + " has shape "
              + Arrays.toString(array.shape())
              + " now, had "
              + Arrays.toString(shape));
    }
    return array;
  }

  /** Copies an array in row-major order; a variable the loss does not depend on has gradient 0. */
  private static void copy(@Nullable INDArray array, Parameters.Tensor tensor, double[] out) {
    if (array == null) {
      Arrays.fill(out, tensor.offset(), tensor.end(), 0);
    } else {
      double[] values = array.dup('c').data().asDouble();
      System.arraycopy(values, 0, out, tensor.offset(), tensor.size());
    }
  }
}
