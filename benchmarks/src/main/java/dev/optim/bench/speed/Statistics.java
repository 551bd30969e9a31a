package dev.optim.bench.speed;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Medians and their errors. */
final class Statistics {

  private static final int RESAMPLES = 2000;
  private static final long SEED = 1;

  private Statistics() {}

  /** The median of at least one number. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** The median over all forks. */
  static double medianOf(List<double[]> forks) {
    return median(forks.stream().flatMapToDouble(Arrays::stream).toArray());
  }

  /**
   * Half the width of the 95 % bootstrap interval of {@link #medianOf}: forks are drawn with
   * replacement, then values within them, since one JVM's values resemble each other.
   */
  static double error(List<double[]> forks) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] medians = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double[] drawn =
          forks.stream()
              .map(fork -> forks.get(random.nextInt(forks.size())))
              .flatMapToDouble(
                  fork -> Arrays.stream(fork).map(any -> fork[random.nextInt(fork.length)]))
              .toArray();
      medians[i] = median(drawn);
    }
    Arrays.sort(medians);
    return (medians[(int) (0.975 * RESAMPLES)] - medians[(int) (0.025 * RESAMPLES)]) / 2;
  }
}
