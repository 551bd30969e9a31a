package dev.optim.schedule;

import dev.optim.Checks;

/** Half a cosine from the peak to the floor. */
record Cosine(double peak, double floor, long steps) implements Schedule {

  Cosine {
    Checks.finite("peak", peak);
    Checks.finite("floor", floor);
    Checks.atLeastOne("steps", steps);
  }

  @Override
  public double at(long step) {
    if (step >= steps) {
      return floor;
    }
    double progress = (double) step / steps;
    return floor + (peak - floor) * (1 + StrictMath.cos(Math.PI * progress)) / 2;
  }
}
