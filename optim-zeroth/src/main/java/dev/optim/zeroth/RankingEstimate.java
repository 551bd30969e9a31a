package dev.optim.zeroth;

import java.util.Arrays;

/** The gradient estimate of a ranking, in its closed form. */
final class RankingEstimate {

  private RankingEstimate() {}

  /**
   * The weight of each point: how many are known to be better less how many are known to be worse.
   * They add up to zero. Nothing is known of the points of one level among each other.
   *
   * @param levels the ranked points in groups of equally good ones, best first
   * @param m how many points there are
   */
  static int[] weights(int[][] levels, int m) {
    int[] weights = new int[m];
    Arrays.fill(weights, ranked(levels));
    int better = 0;
    for (int[] level : levels) {
      for (int point : level) {
        weights[point] = 2 * better - (m - level.length);
      }
      better += level.length;
    }
    return weights;
  }

  /** The weights of the authors' code: off by one for ranked points, so that they add up to -k. */
  static int[] authorsWeights(int[][] levels, int m) {
    int[] weights = weights(levels, m);
    for (int[] level : levels) {
      for (int point : level) {
        weights[point]--;
      }
    }
    return weights;
  }

  /** The number of pairs of which a ranking tells the better one; 0 if all points are equal. */
  static double edges(int[][] levels, int m) {
    double edges = 0;
    int better = 0;
    for (int[] level : levels) {
      better += level.length;
      edges += (double) level.length * (m - better);
    }
    return edges;
  }

  /** How many points the levels have together. */
  static int ranked(int[][] levels) {
    int ranked = 0;
    for (int[] level : levels) {
      ranked += level.length;
    }
    return ranked;
  }

  /** A level for each point. */
  static int[][] levels(int[] best) {
    int[][] levels = new int[best.length][];
    Arrays.setAll(levels, r -> new int[] {best[r]});
    return levels;
  }
}
