package dev.optim.bench.statistics;

import dev.optim.Checks;
import dev.optim.random.RandomStream;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Percentile intervals of a statistic by resampling.
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
   * Intervals of several statistics of one sample that comes in strata, each resampled on its own:
   * what other runs of the same problems would give.
   *
   * @param strata the stratum of each element; equal numbers belong together
   * @param level the share of resamples within an interval, in (0, 1)
   * @param resamples how many, at least 1
   * @param seed of the resampling
   * @param statistics computes the statistics from the indices of a resample
   * @return one interval for each statistic
   */
  public static Interval[] withinStrata(
      int[] strata, double level, int resamples, long seed, Function<int[], double[]> statistics) {
    int[][] members = members(strata);
    return intervals(level, resamples, seed, random -> statistics.apply(join(members, random)));
  }

  /**
   * The same with the strata drawn first, with replacement: what other runs of other problems of
   * the kind would give. With few strata the intervals are too narrow, as any bootstrap's are.
   *
   * @param strata the stratum of each element; equal numbers belong together
   * @param level the share of resamples within an interval, in (0, 1)
   * @param resamples how many, at least 1
   * @param seed of the resampling
   * @param statistics computes the statistics from the indices of a resample
   * @return one interval for each statistic
   */
  public static Interval[] overStrata(
      int[] strata, double level, int resamples, long seed, Function<int[], double[]> statistics) {
    int[][] members = members(strata);
    return intervals(
        level,
        resamples,
        seed,
        random -> {
          int[][] drawn = new int[members.length][];
          for (int k = 0; k < drawn.length; k++) {
            drawn[k] = members[random.nextInt(members.length)];
          }
          return statistics.apply(join(drawn, random));
        });
  }

  private static Interval[] intervals(
      double level, int resamples, long seed, Function<RandomStream, double[]> statistics) {
    Checks.atLeastOne("resamples", resamples);
    RandomStream random = RandomStream.of(seed);
    double[][] drawn = new double[resamples][];
    for (int i = 0; i < resamples; i++) {
      drawn[i] = statistics.apply(random);
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

  /** As many elements of each stratum as it has, with replacement. */
  private static int[] join(int[][] strata, RandomStream random) {
    return Arrays.stream(strata)
        .flatMapToInt(
            members -> Arrays.stream(members).map(any -> members[random.nextInt(members.length)]))
        .toArray();
  }

  /** The elements of each stratum. */
  private static int[][] members(int[] strata) {
    return Arrays.stream(strata)
        .distinct()
        .mapToObj(
            stratum ->
                IntStream.range(0, strata.length).filter(i -> strata[i] == stratum).toArray())
        .toArray(int[][]::new);
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1.0, Math.floor(share * sorted.length))];
  }
}
