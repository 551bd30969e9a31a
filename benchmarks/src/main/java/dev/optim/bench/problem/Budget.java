package dev.optim.bench.problem;

import dev.optim.Checks;
import dev.optim.Stop;
import dev.optim.StopReason;
import java.util.Objects;

/**
 * What every method may spend on a problem, and at how many equally spaced points on the way it is
 * measured.
 *
 * @param unit what is counted
 * @param total the units a run may spend, at least 1
 * @param points the measurements after the one at the start, 1..total
 */
public record Budget(CostUnit unit, long total, int points) {

  /** Checks the numbers. */
  public Budget {
    Objects.requireNonNull(unit, "unit");
    Checks.atLeastOne("total", total);
    if (points < 1 || points > total) {
      throw new IllegalArgumentException("points is " + points + ", must be in 1.." + total);
    }
  }

  /**
   * When a measurement is due.
   *
   * @param index 0 for the start, {@link #points} for the end
   * @return the units spent by then
   */
  public long point(int index) {
    return Math.multiplyExact(total, index) / points;
  }

  /**
   * A part of this budget, measured at the same cost from point to point.
   *
   * @param parts how many parts this one is cut into, at least 1
   * @return the budget of one part, at least one unit and one point
   */
  public Budget dividedBy(int parts) {
    Checks.atLeastOne("parts", parts);
    return new Budget(unit, Math.max(1, total / parts), Math.max(1, points / parts));
  }

  /**
   * Ends a run when it has spent the budget. The last iteration may go over it.
   *
   * @return the condition
   */
  public Stop stop() {
    return Stop.when(
        StopReason.EVALUATION_BUDGET, iterate -> unit.of(iterate.evaluations()) >= total);
  }

  @Override
  public String toString() {
    return total + " " + unit + ", measured at " + (points + 1) + " points";
  }
}
