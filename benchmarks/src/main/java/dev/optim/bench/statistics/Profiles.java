package dev.optim.bench.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * How often each of several solvers has solved a problem, against what it may spend. Costs are
 * given as {@code costs[solver][problem]}, infinite where the solver does not solve the problem.
 */
public final class Profiles {

  private Profiles() {}

  /**
   * Performance profiles: for each solver the share of problems it solves at no more than x times
   * the cost of the best solver for the problem.
   *
   * <p>E. D. Dolan and J. J. More, "Benchmarking optimization software with performance profiles",
   * Mathematical Programming 91 (2002), 201-213.
   *
   * @param costs more than zero, infinite where a solver fails
   * @return one profile for each solver; its x begins at 1
   */
  public static List<Steps> performance(double[][] costs) {
    double[] best = best(costs);
    List<Steps> profiles = new ArrayList<>();
    for (double[] solver : costs) {
      double[] ratios = new double[solver.length];
      for (int problem = 0; problem < solver.length; problem++) {
        boolean solved = solver[problem] < Double.POSITIVE_INFINITY;
        ratios[problem] = solved ? solver[problem] / best[problem] : Double.POSITIVE_INFINITY;
      }
      profiles.add(Steps.of(ratios));
    }
    return profiles;
  }

  /**
   * Data profiles: for each solver the share of problems it solves within x simplex gradients, that
   * is (n + 1) x evaluations of a problem of n variables.
   *
   * <p>J. J. More and S. M. Wild, "Benchmarking derivative-free optimization algorithms", SIAM
   * Journal on Optimization 20 (2009), 172-191.
   *
   * @param costs in evaluations, infinite where a solver fails
   * @param dimensions the number of variables of each problem
   * @return one profile for each solver
   */
  public static List<Steps> data(double[][] costs, int[] dimensions) {
    List<Steps> profiles = new ArrayList<>();
    for (double[] solver : costs) {
      double[] simplexGradients = new double[solver.length];
      for (int problem = 0; problem < solver.length; problem++) {
        simplexGradients[problem] = solver[problem] / (dimensions[problem] + 1);
      }
      profiles.add(Steps.of(simplexGradients));
    }
    return profiles;
  }

  private static double[] best(double[][] costs) {
    double[] best = costs[0].clone();
    for (double[] solver : costs) {
      for (int problem = 0; problem < best.length; problem++) {
        best[problem] = Math.min(best[problem], solver[problem]);
      }
    }
    return best;
  }
}
