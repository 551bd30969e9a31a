package dev.optim.bench.statistics;

/**
 * What it takes on average until a target is reached, if a run that ends without it is followed by
 * another one.
 *
 * <p>N. Hansen, A. Auger, S. Finck and R. Ros, "Real-parameter black-box optimization benchmarking
 * 2009: experimental setup", INRIA RR-6828 (2009).
 */
public final class ExpectedRunningTime {

  private ExpectedRunningTime() {}

  /**
   * The cost of all runs, each until it reached the target or ended, over the number of those that
   * reached it.
   *
   * @param costs of each run until the target, infinite where it was not reached
   * @param spent by each run in all
   * @return the expected cost; infinity if no run reached the target
   */
  public static double of(double[] costs, double[] spent) {
    if (costs.length != spent.length) {
      throw new IllegalArgumentException(
          "spent has " + spent.length + " runs, must have as many as costs, " + costs.length);
    }
    double sum = 0;
    int reached = 0;
    for (int run = 0; run < costs.length; run++) {
      boolean reaches = costs[run] < Double.POSITIVE_INFINITY;
      sum += reaches ? costs[run] : spent[run];
      reached += reaches ? 1 : 0;
    }
    return reached == 0 ? Double.POSITIVE_INFINITY : sum / reached;
  }
}
