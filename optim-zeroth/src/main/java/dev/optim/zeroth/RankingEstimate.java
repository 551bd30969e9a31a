package dev.optim.zeroth;

import java.util.Arrays;

/** The gradient estimate of a ranking, in its closed form. */
final class RankingEstimate {

  private RankingEstimate() {}

  /**
   * The weight of each point: how many are known to be better less how many are known to be worse.
   * They add up to zero.
   *
   * @param best the ranked points, best first
   * @param m how many points there are
   */
  static int[] weights(int[] best, int m) {
    int[] weights = new int[m];
    Arrays.fill(weights, best.length);
    for (int r = 0; r < best.length; r++) {
      weights[best[r]] = 2 * r - (m - 1);
    }
    return weights;
  }

  /** The weights of the authors' code: off by one for ranked points, so that they add up to -k. */
  static int[] authorsWeights(int[] best, int m) {
    int[] weights = weights(best, m);
    for (int ranked : best) {
      weights[ranked]--;
    }
    return weights;
  }

  /** The number of pairs of which a ranking of the k best among m tells the better one. */
  static double edges(int k, int m) {
    return 0.5 * k * (k - 1) + (double) k * (m - k);
  }
}
