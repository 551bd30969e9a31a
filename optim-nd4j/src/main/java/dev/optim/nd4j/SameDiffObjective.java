package dev.optim.nd4j;

import static java.util.Objects.requireNonNull;

import dev.optim.DifferentiableObjective;
import dev.optim.update.Parameters;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The loss of a SameDiff graph as an objective of all its variables: a problem for every method of
 * the library.
 *
 * <pre>{@code
 * SameDiffObjective problem = SameDiffObjective.of(graph);
 * Result result = Minimizer.until(stop).minimize(optimizer, problem, Start.at(problem.point()));
 * problem.assign(result.point());                            // into the graph's variables
 * }</pre>
 *
 * <p>A point holds the variables one after the other, by {@link #layout}, each row-major. The value
 * is the sum of the graph's loss variables, without the regularisation of its training
 * configuration. An evaluation writes the point into the graph's variables and leaves it there; one
 * runs at a time. Variables in single precision round the point, and central differences of such a
 * loss are good for two digits only: check gradients in double. Random operations (dropout) make a
 * loss that is no function of the point.
 *
 * <p>Cost: a pass through the graph for a value, a pass there and back for a gradient; a graph of
 * small arrays is bound by the overhead of its operations.
 */
public final class SameDiffObjective implements DifferentiableObjective {

  private final GraphLoss loss;
  private final Map<String, INDArray> inputs;

  private SameDiffObjective(GraphLoss loss, Map<String, INDArray> inputs) {
    this.loss = loss;
    this.inputs = inputs;
  }

  /**
   * The loss of a graph without placeholders.
   *
   * @param graph with loss variables; its variables, FLOAT or DOUBLE, become the point
   * @return the objective
   * @throws IllegalArgumentException if the graph has no loss, no variables, or variables of
   *     another type, or the loss needs a placeholder
   */
  public static SameDiffObjective of(SameDiff graph) {
    return of(graph, Map.of());
  }

  /**
   * The loss of a graph on one set of inputs.
   *
   * @param graph with loss variables; its variables, FLOAT or DOUBLE, become the point
   * @param inputs the placeholders' arrays by name; read by every evaluation, so not to be closed
   * @return the objective
   * @throws IllegalArgumentException if the graph has no loss, no variables, or variables of
   *     another type, an input is none of its placeholders, or one that the loss needs is missing
   */
  public static SameDiffObjective of(SameDiff graph, Map<String, INDArray> inputs) {
    GraphLoss loss = new GraphLoss(requireNonNull(graph, "graph"));
    loss.requirePlaceholders(inputs);
    return new SameDiffObjective(loss, Map.copyOf(inputs));
  }

  /**
   * Where each variable lies in a point.
   *
   * @return a tensor for each variable, by its name
   */
  public Parameters layout() {
    return loss.layout();
  }

  /**
   * The variables as they are now.
   *
   * @return a new point
   */
  public double[] point() {
    return loss.point();
  }

  /**
   * Writes a point into the graph's variables.
   *
   * @param x the point; read only
   * @throws IllegalArgumentException if its length is wrong
   */
  public void assign(double[] x) {
    loss.assign(x);
  }

  @Override
  public double value(double[] x) {
    return loss.value(x, inputs);
  }

  @Override
  public void gradient(double[] x, double[] out) {
    loss.valueAndGradient(x, inputs, out);
  }

  @Override
  public double valueAndGradient(double[] x, double[] out) {
    return loss.valueAndGradient(x, inputs, out);
  }
}
