package dev.optim.schedule;

import dev.optim.Checks;

/** The same value at every step. */
record Constant(double value) implements Schedule {

  Constant {
    Checks.finite("value", value);
  }

  @Override
  public double at(long step) {
    return value;
  }

  /** The number alone: rules show their step size as {@code stepSize=0.001}. */
  @Override
  public String toString() {
    return Double.toString(value);
  }
}
