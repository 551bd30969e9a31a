package dev.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Where a run stands: the point, its value where known, and how much it has cost. */
public interface Iterate {

  /** The metric under which gradient methods report the Euclidean norm of the gradient. */
  String GRADIENT_NORM = "gradient norm";

  /**
   * The number of iterations made.
   *
   * @return 0 at the start
   */
  long iteration();

  /**
   * How often the problem has been asked.
   *
   * @return a copy of the counts
   */
  Evaluations.Counts evaluations();

  /**
   * The number of coordinates.
   *
   * @return n
   */
  int dimension();

  /**
   * Copies the point.
   *
   * @param out receives the n coordinates
   * @throws IllegalArgumentException if {@code out} is not of length n
   */
  void copyPoint(double[] out);

  /**
   * The point.
   *
   * @return a new array with the n coordinates
   */
  default double[] point() {
    double[] point = new double[dimension()];
    copyPoint(point);
    return point;
  }

  /**
   * The objective's value at the point.
   *
   * @return f(point), or NaN where the method does not know it (ranking methods, mini-batches)
   */
  double value();

  /**
   * The names of the further figures this method reports.
   *
   * @return the names, the same throughout a run
   */
  default Set<String> metrics() {
    return Set.of();
  }

  /**
   * A further figure, such as {@link #GRADIENT_NORM}.
   *
   * @param name one of {@link #metrics}
   * @return the figure, NaN for a name the method does not report
   */
  default double metric(String name) {
    return Double.NaN;
  }

  /**
   * A copy that no longer changes.
   *
   * @return the copy
   */
  default Iterate snapshot() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (String name : metrics()) {
      metrics.put(name, metric(name));
    }
    return new IterateSnapshot(iteration(), evaluations(), point(), value(), metrics);
  }
}
