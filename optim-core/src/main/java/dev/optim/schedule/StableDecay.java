package dev.optim.schedule;

import dev.optim.Checks;

/** A plateau, then a straight line down to the floor. */
record StableDecay(double peak, double floor, long stable, long decay) implements Schedule {

  StableDecay {
    Checks.finite("peak", peak);
    Checks.finite("floor", floor);
    Checks.atLeast("stable", stable, 0);
    Checks.atLeastOne("decay", decay);
  }

  @Override
  public double at(long step) {
    long into = Math.min(Math.max(step - stable, 0), decay);
    return peak + (floor - peak) * ((double) into / decay);
  }
}
