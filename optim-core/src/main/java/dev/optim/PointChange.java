package dev.optim;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Watches how far the point moves; see {@link Stop#pointChange}. */
final class PointChange implements Stop.Check {

  private final double tolerance;
  private double @Nullable [] previous;
  private long iteration;

  PointChange(double tolerance) {
    this.tolerance = tolerance;
  }

  @Override
  public Optional<StopReason> check(Iterate iterate) {
    double[] before = previous;
    if (before == null) {
      previous = iterate.point();
      iteration = iterate.iteration();
      return Optional.empty();
    }
    if (iterate.iteration() == iteration) {
      return Optional.empty();
    }
    double[] now = iterate.point();
    double moved = 0;
    for (int i = 0; i < now.length; i++) {
      moved = Math.max(moved, Math.abs(now[i] - before[i]));
    }
    previous = now;
    iteration = iterate.iteration();
    return moved <= tolerance ? Optional.of(StopReason.STEP_TOLERANCE) : Optional.empty();
  }
}
