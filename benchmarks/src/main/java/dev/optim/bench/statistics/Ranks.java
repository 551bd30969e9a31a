package dev.optim.bench.statistics;

import org.apache.commons.statistics.ranking.NaNStrategy;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/** Ranks of solvers on problems; 1 is the best, and those that are equal share their ranks. */
public final class Ranks {

  private static final NaturalRanking RANKING =
      new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE);

  private Ranks() {}

  /**
   * The rank of each solver on each problem.
   *
   * @param scores {@code scores[solver][problem]}, the larger the better, no NaN
   * @return {@code ranks[solver][problem]}
   */
  public static double[][] of(double[][] scores) {
    int solvers = scores.length;
    int problems = scores[0].length;
    double[][] ranks = new double[solvers][problems];
    double[] negated = new double[solvers];
    for (int problem = 0; problem < problems; problem++) {
      for (int solver = 0; solver < solvers; solver++) {
        negated[solver] = -scores[solver][problem];
      }
      double[] column = RANKING.apply(negated);
      for (int solver = 0; solver < solvers; solver++) {
        ranks[solver][problem] = column[solver];
      }
    }
    return ranks;
  }

  /**
   * The mean rank of each solver over a choice of problems.
   *
   * @param ranks {@code ranks[solver][problem]}
   * @param problems which, each as often as it is named
   * @return one mean for each solver
   */
  public static double[] means(double[][] ranks, int[] problems) {
    double[] means = new double[ranks.length];
    for (int solver = 0; solver < means.length; solver++) {
      double sum = 0;
      for (int problem : problems) {
        sum += ranks[solver][problem];
      }
      means[solver] = sum / problems.length;
    }
    return means;
  }
}
