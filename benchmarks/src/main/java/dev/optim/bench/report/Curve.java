package dev.optim.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What one run recorded on its way: at each point what it had spent and the value of every metric.
 *
 * <p>Immutable. The last point is the run's result: record it even when intermediate points are
 * thinned out.
 */
public final class Curve {

  private final Spent[] spent;
  private final double[][] values; // [point][metric]

  private Curve(Builder builder) {
    spent = builder.spent.toArray(Spent[]::new);
    values = builder.values.toArray(double[][]::new);
  }

  /**
   * Starts an empty curve.
   *
   * @param metrics how many metrics each point has, at least 1
   * @return a builder
   * @throws IllegalArgumentException if {@code metrics} is not positive
   */
  public static Builder builder(int metrics) {
    return new Builder(metrics);
  }

  /**
   * The number of points.
   *
   * @return at least 1
   */
  public int size() {
    return spent.length;
  }

  /**
   * The number of metrics.
   *
   * @return at least 1
   */
  public int metrics() {
    return values[0].length;
  }

  /**
   * What had been spent up to a point.
   *
   * @param point the point's index
   * @return counts, time and memory since the run's start
   */
  public Spent spent(int point) {
    return spent[point];
  }

  /**
   * The value of a metric at a point.
   *
   * @param metric the metric's index
   * @param point the point's index
   * @return the value; NaN if it was not measured there
   */
  public double value(int metric, int point) {
    return values[point][metric];
  }

  /**
   * What the whole run spent.
   *
   * @return counts, time and memory at the last point
   */
  public Spent total() {
    return spent[size() - 1];
  }

  /**
   * The value a metric ended with: the last one measured.
   *
   * @param metric the metric's index
   * @return the value, possibly infinite; NaN if it never had a value
   */
  public double finalValue(int metric) {
    for (int point = size() - 1; point >= 0; point--) {
      if (!Double.isNaN(values[point][metric])) {
        return values[point][metric];
      }
    }
    return Double.NaN;
  }

  /**
   * The evaluations a run needed until the first metric was at or below a target.
   *
   * @param target the value to be reached
   * @return the evaluations at the first recorded point there; infinity if there is none
   */
  public double evaluationsTo(double target) {
    for (int point = 0; point < size(); point++) {
      if (values[point][0] <= target) {
        return spent[point].evaluations();
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /**
   * The lowest finite value the first metric ever had.
   *
   * @return the value; infinity if it had none
   */
  public double lowest() {
    double lowest = Double.POSITIVE_INFINITY;
    for (double[] point : values) {
      lowest = Double.isFinite(point[0]) && point[0] < lowest ? point[0] : lowest;
    }
    return lowest;
  }

  /** Collects points in the order of the run. Not safe for use by several threads. */
  public static final class Builder {

    private final int metrics;
    private final List<Spent> spent = new ArrayList<>();
    private final List<double[]> values = new ArrayList<>();

    private Builder(int metrics) {
      if (metrics < 1) {
        throw new IllegalArgumentException("metrics is " + metrics + "; at least 1 is needed");
      }
      this.metrics = metrics;
    }

    /**
     * Appends a point.
     *
     * @param soFar spent since the run's start; nothing of it less than at the point before
     * @param measured one value per metric, copied; NaN for one not measured here
     * @return this builder
     * @throws IllegalArgumentException if a count or time is negative or goes back, or the number
     *     of values is wrong; the builder is then unchanged
     */
    public Builder add(Spent soFar, double... measured) {
      soFar.requireNotLessThan(spent.isEmpty() ? Spent.NONE : spent.get(spent.size() - 1));
      if (measured.length != metrics) {
        throw new IllegalArgumentException(
            "metrics has " + measured.length + " values; the curve has " + metrics);
      }
      spent.add(soFar);
      values.add(measured.clone());
      return this;
    }

    /**
     * Finishes the curve. The builder may be used further; the curve does not change with it.
     *
     * @return the curve so far
     * @throws IllegalStateException if it has no point
     */
    public Curve build() {
      if (spent.isEmpty()) {
        throw new IllegalStateException("the curve has no point; a run has at least its start");
      }
      return new Curve(this);
    }
  }
}
