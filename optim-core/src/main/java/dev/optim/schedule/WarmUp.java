package dev.optim.schedule;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;

/** Rises linearly to the first value of another schedule, then follows it. */
record WarmUp(Schedule after, long steps) implements Schedule {

  WarmUp {
    requireNonNull(after, "after");
    Checks.atLeastOne("steps", steps);
  }

  @Override
  public double at(long step) {
    return step < steps ? after.at(0) * ((step + 1.0) / steps) : after.at(step - steps);
  }
}
