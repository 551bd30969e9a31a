package dev.optim;

import java.util.Optional;

/** Watches for improvement of the best value; see {@link Stop#stagnation}. */
final class Stagnation implements Stop.Check {

  private final long window;
  private final double relativeImprovement;
  private double best = Double.NaN;
  private long improvedAt;

  Stagnation(long window, double relativeImprovement) {
    this.window = window;
    this.relativeImprovement = relativeImprovement;
  }

  @Override
  public Optional<StopReason> check(Iterate iterate) {
    double value = iterate.value();
    if (Double.isNaN(best)) {
      best = value;
      improvedAt = iterate.iteration();
      return Optional.empty();
    }
    // an infinite best is beaten by anything below it; infinity minus infinity is no bound
    double bound =
        Double.isInfinite(best) ? best : best - relativeImprovement * Math.max(1, Math.abs(best));
    if (value < bound) {
      best = value;
      improvedAt = iterate.iteration();
    }
    return iterate.iteration() - improvedAt >= window
        ? Optional.of(StopReason.STAGNATION)
        : Optional.empty();
  }
}
