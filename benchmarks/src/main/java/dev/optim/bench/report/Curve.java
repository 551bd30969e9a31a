package dev.optim.bench.report;

import java.util.Arrays;

/**
 * What one run recorded on its way: at each point the evaluations spent, the time elapsed and the
 * value of every metric.
 *
 * <p>Immutable. A curve of {@code n} points and {@code k} metrics takes {@code 8 n (k + 2)} bytes.
 * The last point is the run's result: record it even when intermediate points are thinned out.
 */
public final class Curve {

  private final long[] evaluations;
  private final long[] elapsedNanos;
  private final double[][] values; // [metric][point]

  private Curve(Builder builder) {
    evaluations = Arrays.copyOf(builder.evaluations, builder.size);
    elapsedNanos = Arrays.copyOf(builder.elapsedNanos, builder.size);
    values = new double[builder.values.length][];
    for (int metric = 0; metric < values.length; metric++) {
      values[metric] = Arrays.copyOf(builder.values[metric], builder.size);
    }
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
    return evaluations.length;
  }

  /**
   * The number of metrics.
   *
   * @return at least 1
   */
  public int metrics() {
    return values.length;
  }

  /**
   * The evaluations spent up to a point.
   *
   * @param point the point's index
   * @return the count, in the problem's {@linkplain ProblemReport#evaluationUnit() unit}
   */
  public long evaluations(int point) {
    return evaluations[point];
  }

  /**
   * The time elapsed up to a point.
   *
   * @param point the point's index
   * @return nanoseconds since the run's start
   */
  public long elapsedNanos(int point) {
    return elapsedNanos[point];
  }

  /**
   * The value of a metric at a point.
   *
   * @param metric the metric's index
   * @param point the point's index
   * @return the value; NaN if it was not measured there
   */
  public double value(int metric, int point) {
    return values[metric][point];
  }

  /**
   * The evaluations of the whole run.
   *
   * @return the count at the last point
   */
  public long finalEvaluations() {
    return evaluations[size() - 1];
  }

  /**
   * The time of the whole run.
   *
   * @return nanoseconds at the last point
   */
  public long finalElapsedNanos() {
    return elapsedNanos[size() - 1];
  }

  /**
   * The value a metric ended with: the last one measured.
   *
   * @param metric the metric's index
   * @return the value, possibly infinite; NaN if it never had a value
   */
  public double finalValue(int metric) {
    for (int point = size() - 1; point >= 0; point--) {
      if (!Double.isNaN(values[metric][point])) {
        return values[metric][point];
      }
    }
    return Double.NaN;
  }

  /** Collects points in the order of the run. Not safe for use by several threads. */
  public static final class Builder {

    private long[] evaluations = new long[64];
    private long[] elapsedNanos = new long[64];
    private final double[][] values;
    private int size;

    private Builder(int metrics) {
      if (metrics < 1) {
        throw new IllegalArgumentException("metrics is " + metrics + "; at least 1 is needed");
      }
      values = new double[metrics][64];
    }

    /**
     * Appends a point.
     *
     * @param evaluations spent so far; not less than at the point before
     * @param elapsedNanos since the run's start; not less than at the point before
     * @param metrics one value per metric, copied; NaN for one not measured here
     * @return this builder
     * @throws IllegalArgumentException if a count or time is negative or goes back, or the number
     *     of values is wrong; the builder is then unchanged
     */
    public Builder add(long evaluations, long elapsedNanos, double... metrics) {
      requireNotLess("evaluations", evaluations, size == 0 ? 0 : this.evaluations[size - 1]);
      requireNotLess("elapsedNanos", elapsedNanos, size == 0 ? 0 : this.elapsedNanos[size - 1]);
      if (metrics.length != values.length) {
        throw new IllegalArgumentException(
            "metrics has " + metrics.length + " values; the curve has " + values.length);
      }
      if (size == this.evaluations.length) {
        grow();
      }
      this.evaluations[size] = evaluations;
      this.elapsedNanos[size] = elapsedNanos;
      for (int metric = 0; metric < metrics.length; metric++) {
        values[metric][size] = metrics[metric];
      }
      size++;
      return this;
    }

    /**
     * Finishes the curve. The builder may be used further; the curve does not change with it.
     *
     * @return the curve so far
     * @throws IllegalStateException if it has no point
     */
    public Curve build() {
      if (size == 0) {
        throw new IllegalStateException("the curve has no point; a run has at least its start");
      }
      return new Curve(this);
    }

    private static void requireNotLess(String argument, long value, long least) {
      if (value < least) {
        throw new IllegalArgumentException(
            argument + " is " + value + "; it must not be less than " + least);
      }
    }

    private void grow() {
      int capacity = 2 * size;
      evaluations = Arrays.copyOf(evaluations, capacity);
      elapsedNanos = Arrays.copyOf(elapsedNanos, capacity);
      for (int metric = 0; metric < values.length; metric++) {
        values[metric] = Arrays.copyOf(values[metric], capacity);
      }
    }
  }
}
