package dev.optim.bilevel;

import dev.optim.Checks;
import dev.optim.Stop;
import dev.optim.StopReason;

/**
 * The names of the metrics that runs of bilevel methods report, and a stop on them. Values are
 * asked for only when their metric is read, and not counted.
 */
public final class BilevelMetrics {

  /** F(x, y) at the iterate. It may lie below the optimum while the lower level is not solved. */
  public static final String UPPER_VALUE = "upper value";

  /** f(x, y) at the iterate. */
  public static final String LOWER_VALUE = "lower value";

  /** The method's stationarity residual of the last iteration; infinite at the start. */
  public static final String RESIDUAL = "residual";

  /** How far y is from solving the lower level, in units of f. */
  public static final String GAP = "gap";

  /** The largest violation of the coupling constraints; 0 if there are none. */
  public static final String INFEASIBILITY = "infeasibility";

  /** The penalty parameter of the last iteration: c_k of LV-HBA, 1/sigma or lambda of a penalty. */
  public static final String PENALTY = "penalty";

  private BilevelMetrics() {}

  /**
   * Ends a run when its residual and its gap are small.
   *
   * @param residual the largest residual, at least 0
   * @param gap the largest gap in size, at least 0; only looked at once the residual is small
   * @return the condition
   */
  public static Stop converged(double residual, double gap) {
    Checks.nonNegative("residual", residual);
    Checks.nonNegative("gap", gap);
    return Stop.when(
        StopReason.CONVERGED,
        iterate -> iterate.metric(RESIDUAL) <= residual && Math.abs(iterate.metric(GAP)) <= gap);
  }
}
