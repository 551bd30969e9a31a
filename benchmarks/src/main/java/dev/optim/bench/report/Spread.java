package dev.optim.bench.report;

import java.util.Arrays;

/**
 * How the final values of several runs spread.
 *
 * <p>Quantiles interpolate linearly between order statistics (Hyndman and Fan's type 7, the default
 * of R and NumPy). All are NaN where there was no run.
 *
 * @param min the smallest value
 * @param lowerQuartile the 25 % quantile
 * @param median the 50 % quantile
 * @param upperQuartile the 75 % quantile
 * @param max the largest value
 */
public record Spread(
    double min, double lowerQuartile, double median, double upperQuartile, double max) {

  /** Final values of a metric; one that is NaN counts as the worst possible, never as missing. */
  static Spread of(double[] values, Metric.Better better) {
    double worst =
        better == Metric.Better.LOWER ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    return of(Arrays.stream(values).map(value -> Double.isNaN(value) ? worst : value).toArray());
  }

  /** Values without NaN, in any order; they are not changed. */
  static Spread of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Spread(
        quantile(sorted, 0),
        quantile(sorted, 0.25),
        quantile(sorted, 0.5),
        quantile(sorted, 0.75),
        quantile(sorted, 1));
  }

  private static double quantile(double[] sorted, double probability) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double position = probability * (sorted.length - 1);
    int below = (int) position;
    double weight = position - below;
    // between equal neighbours nothing is computed: infinity minus infinity would be NaN
    if (weight == 0 || sorted[below] == sorted[below + 1]) {
      return sorted[below];
    }
    return (1 - weight) * sorted[below] + weight * sorted[below + 1];
  }
}
