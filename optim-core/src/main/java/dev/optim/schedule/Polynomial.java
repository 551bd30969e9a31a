package dev.optim.schedule;

import dev.optim.Checks;

/** A power of the remaining steps. */
record Polynomial(double initial, double floor, double power, long steps) implements Schedule {

  Polynomial {
    Checks.finite("initial", initial);
    Checks.finite("floor", floor);
    Checks.positive("power", power);
    Checks.atLeastOne("steps", steps);
  }

  @Override
  public double at(long step) {
    double left = 1 - (double) Math.min(step, steps) / steps;
    return floor + (initial - floor) * StrictMath.pow(left, power);
  }
}
