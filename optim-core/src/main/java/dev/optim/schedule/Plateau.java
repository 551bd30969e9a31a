package dev.optim.schedule;

import dev.optim.Checks;

/**
 * Lowers the step size when the loss no longer falls. It is no function of the step: whoever trains
 * tells the loss, and the scale that multiplies the step size is part of the training state.
 *
 * @param factor by what the scale is multiplied at each reduction, in (0, 1)
 * @param patience the reports without improvement that are still waited for, at least 0
 * @param relativeImprovement by how much of |best| a loss must lie below the best to count, at
 *     least 0
 * @param cooldown the reports after a reduction that are not counted, at least 0
 * @param least the scale below which it does not go, in [0, 1)
 */
public record Plateau(
    double factor, long patience, double relativeImprovement, long cooldown, double least) {

  /** Checks the parameters. */
  public Plateau {
    Checks.require(factor > 0 && factor < 1, "factor", factor, "in (0, 1)");
    Checks.atLeast("patience", patience, 0);
    Checks.nonNegative("relativeImprovement", relativeImprovement);
    Checks.atLeast("cooldown", cooldown, 0);
    Checks.fraction("least", least);
  }

  /**
   * The usual parameters of the field: relative improvement 1e-4, no cooldown, no least scale.
   *
   * @param factor by what the scale is multiplied at each reduction, in (0, 1)
   * @param patience the reports without improvement that are still waited for, at least 0
   * @return the plateau
   */
  public static Plateau of(double factor, long patience) {
    return new Plateau(factor, patience, 1e-4, 0, 0);
  }

  /**
   * Where a plateau stands.
   *
   * @param scale multiplies the step size
   * @param best the best loss so far, positive infinity before the first
   * @param waited the reports since the last improvement
   * @param cooling the reports of the cooldown still to come
   */
  public record State(double scale, double best, long waited, long cooling) {

    /** Before the first report. */
    public static final State INITIAL = new State(1, Double.POSITIVE_INFINITY, 0, 0);
  }

  /**
   * Takes in a loss.
   *
   * @param state where the plateau stands
   * @param loss the loss; NaN counts as no improvement
   * @return where it stands then
   */
  public State report(State state, double loss) {
    boolean improved = improves(state.best, loss);
    double best = improved ? loss : state.best;
    long cooling = Math.max(0, state.cooling - 1);
    long waited = improved || state.cooling > 0 ? 0 : state.waited + 1;
    if (waited <= patience) {
      return new State(state.scale, best, waited, cooling);
    }
    return new State(Math.max(least, state.scale * factor), best, 0, cooldown);
  }

  private boolean improves(double best, double loss) {
    // before the first report best is infinite, and infinity minus infinity is no bound
    return Double.isInfinite(best)
        ? loss < best
        : loss < best - relativeImprovement * Math.abs(best);
  }
}
