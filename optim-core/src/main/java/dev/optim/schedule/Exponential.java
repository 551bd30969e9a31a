package dev.optim.schedule;

import dev.optim.Checks;

/** Exponential decay. */
record Exponential(double initial, double factor, long every) implements Schedule {

  Exponential {
    Checks.finite("initial", initial);
    Checks.require(factor > 0 && factor <= 1, "factor", factor, "in (0, 1]");
    Checks.atLeastOne("every", every);
  }

  @Override
  public double at(long step) {
    return initial * StrictMath.pow(factor, (double) step / every);
  }
}
