package dev.optim.bench.statistics;

import java.util.Arrays;

/**
 * A step function: the share of a set that is done within a cost.
 *
 * @param x the costs at which it rises, increasing
 * @param y its value from there on, increasing, in (0, 1]
 */
public record Steps(double[] x, double[] y) {

  /**
   * The empirical distribution of costs.
   *
   * @param costs infinite for what is never done; in any order, not changed
   * @return the share of all costs, the infinite ones included, that are not above x
   * @throws IllegalArgumentException if a cost is NaN
   */
  public static Steps of(double[] costs) {
    double[] sorted = costs.clone();
    Arrays.sort(sorted); // NaN comes last
    if (sorted.length > 0 && Double.isNaN(sorted[sorted.length - 1])) {
      throw new IllegalArgumentException("costs has a NaN, must have numbers or infinity");
    }
    double[] x = new double[sorted.length];
    double[] y = new double[sorted.length];
    int steps = 0;
    for (int i = 0; i < sorted.length && sorted[i] < Double.POSITIVE_INFINITY; i++) {
      boolean last = i + 1 == sorted.length || sorted[i + 1] > sorted[i];
      if (last) {
        x[steps] = sorted[i];
        y[steps++] = (i + 1.0) / sorted.length;
      }
    }
    return new Steps(Arrays.copyOf(x, steps), Arrays.copyOf(y, steps));
  }

  /**
   * The share that is done.
   *
   * @param cost at most spent
   * @return in [0, 1]
   */
  public double at(double cost) {
    int found = Arrays.binarySearch(x, cost);
    int steps = found >= 0 ? found + 1 : -1 - found;
    return steps == 0 ? 0 : y[steps - 1];
  }
}
