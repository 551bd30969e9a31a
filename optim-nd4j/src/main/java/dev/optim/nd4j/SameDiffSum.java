package dev.optim.nd4j;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.FiniteSum;
import dev.optim.update.Parameters;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The loss of a SameDiff graph over a data set as a finite sum: a term for each row of its
 * placeholders.
 *
 * <pre>{@code
 * SameDiffSum problem = SameDiffSum.of(graph, Map.of("input", features, "label", labels));
 * Minimizer.until(stop).minimize(
 *     UpdatePlan.of(AdamW.of(1e-3)).miniBatch(64), problem, Start.at(problem.point()));
 * }</pre>
 *
 * <p>The loss must be the mean over the rows it is given, which is what the losses of {@code
 * graph.loss} are unless told otherwise; two rows are tried when the problem is made. What holds
 * for {@link SameDiffObjective} holds here.
 */
public final class SameDiffSum implements FiniteSum {

  private final GraphLoss loss;
  private final Map<String, INDArray> rows;
  private final int terms;

  private SameDiffSum(GraphLoss loss, Map<String, INDArray> rows, int terms) {
    this.loss = loss;
    this.rows = rows;
    this.terms = terms;
  }

  /**
   * The loss of a graph over data.
   *
   * @param graph with loss variables; its variables, FLOAT or DOUBLE, become the point
   * @param rows an array for each placeholder, whose first dimension counts the terms; read by
   *     every evaluation, so not to be closed
   * @return the sum
   * @throws IllegalArgumentException if the graph has no loss, no variables, or variables of
   *     another type, an array is for none of its placeholders, they differ in their first
   *     dimension, or the loss of two rows is not the mean of their losses
   */
  public static SameDiffSum of(SameDiff graph, Map<String, INDArray> rows) {
    GraphLoss loss = new GraphLoss(requireNonNull(graph, "graph"));
    loss.requirePlaceholders(rows);
    SameDiffSum sum = new SameDiffSum(loss, new LinkedHashMap<>(rows), terms(rows));
    sum.requireMean();
    return sum;
  }

  private static int terms(Map<String, INDArray> rows) {
    long terms = 0;
    for (Map.Entry<String, INDArray> entry : rows.entrySet()) {
      INDArray array = entry.getValue();
      if (array.rank() == 0 || array.isEmpty()) {
        throw new IllegalArgumentException(entry.getKey() + " has no rows");
      }
      if (terms != 0 && terms != array.size(0)) {
        throw new IllegalArgumentException(
            entry.getKey() + " has " + array.size(0) + " rows, another array " + terms);
      }
      terms = array.size(0);
    }
    Checks.require(terms >= 1 && terms <= Integer.MAX_VALUE, "terms", terms, "1 to 2^31 - 1");
    return (int) terms;
  }

  private void requireMean() {
    if (terms == 1) {
      return;
    }
    double[] x = point();
    double both = value(x, new int[] {0, terms - 1});
    double mean = (value(x, new int[] {0}) + value(x, new int[] {terms - 1})) / 2;
    double allowed = (loss.single() ? 1e-4 : 1e-9) * Math.max(1, Math.abs(mean));
    if (Math.abs(both - mean) > allowed) {
      throw new IllegalArgumentException(
          "the loss is no mean over rows: " + both + " of two rows, whose mean is " + mean);
    }
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
  public int terms() {
    return terms;
  }

  @Override
  public double value(double[] x) {
    return loss.value(x, rows);
  }

  @Override
  public void gradient(double[] x, double[] out) {
    loss.valueAndGradient(x, rows, out);
  }

  @Override
  public double valueAndGradient(double[] x, double[] out) {
    return loss.valueAndGradient(x, rows, out);
  }

  @Override
  public double value(double[] x, int[] batch) {
    return loss.value(x, rows(batch));
  }

  @Override
  public double valueAndGradient(double[] x, int[] batch, double[] out) {
    return loss.valueAndGradient(x, rows(batch), out);
  }

  private Map<String, INDArray> rows(int[] batch) {
    Checks.atLeastOne("batch.length", batch.length);
    for (int i = 0; i < batch.length; i++) {
      boolean known = batch[i] >= 0 && batch[i] < terms;
      Checks.require(known, "batch[" + i + "]", batch[i], "a term, 0 to " + (terms - 1));
    }
    Map<String, INDArray> chosen = new HashMap<>();
    rows.forEach((name, array) -> chosen.put(name, pull(array, batch)));
    return chosen;
  }

  private static INDArray pull(INDArray array, int[] batch) {
    long[] shape = array.shape().clone();
    INDArray matrix = array.reshape('c', shape[0], array.length() / shape[0]);
    shape[0] = batch.length;
    return Nd4j.pullRows(matrix, 1, batch).reshape('c', shape);
  }
}
