package dev.optim.bench.statistics;

import dev.optim.Checks;
import dev.optim.random.RandomStream;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Percentile intervals of a statistic by resampling: what it would have been with other runs of the
 * same problems.
 *
 * <p>B. Efron and R. J. Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13.
 */
public final class Bootstrap {

  private Bootstrap() {}

  /**
   * An interval.
   *
   * @param low its lower end
   * @param high its upper end
   */
  public record Interval(double low, double high) {}

  /**
   * Intervals of several statistics of one sample that comes in strata, each resampled on its own.
   *
   * @param strata the stratum of each element; equal numbers belong together
   * @param level the share of resamples within an interval, in (0, 1)
   * @param resamples how many, at least 1
   * @param seed of the resampling
   * @param statistics computes the statistics from the indices of a resample
   * @return one interval for each statistic
   */
  public static Interval[] intervals(
      int[] strata, double level, int resamples, long seed, Function<int[], double[]> statistics) {
    Checks.atLeastOne("resamples", resamples);
    RandomStream random = RandomStream.of(seed);
    int[][] members = members(strata);
    double[][] drawn = new double[resamples][];
    for (int i = 0; i < resamples; i++) {
      int[] resample = new int[strata.length];
      for (int element = 0; element < resample.length; element++) {
        int[] alike = members[element];
        resample[element] = alike[random.nextInt(alike.length)];
      }
      drawn[i] = statistics.apply(resample);
    }
    Interval[] intervals = new Interval[drawn[0].length];
    for (int k = 0; k < intervals.length; k++) {
      int statistic = k;
      double[] sorted =
          Arrays.stream(drawn).mapToDouble(each -> each[statistic]).sorted().toArray();
      double tail = (1 - level) / 2;
      intervals[k] = new Interval(at(sorted, tail), at(sorted, 1 - tail));
    }
    return intervals;
  }

  /** For each element the elements of its stratum. */
  private static int[][] members(int[] strata) {
    int[][] members = new int[strata.length][];
    for (int element = 0; element < strata.length; element++) {
      int stratum = strata[element];
      int[] alike = new int[strata.length];
      int count = 0;
      for (int other = 0; other < strata.length; other++) {
        if (strata[other] == stratum) {
          alike[count++] = other;
        }
      }
      members[element] = Arrays.copyOf(alike, count);
    }
    return members;
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1.0, Math.floor(share * sorted.length))];
  }
}
