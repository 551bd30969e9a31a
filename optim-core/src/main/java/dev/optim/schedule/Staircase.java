package dev.optim.schedule;

import dev.optim.Checks;
import java.util.List;

/** Falls at milestones. */
record Staircase(double initial, double factor, List<Long> milestones) implements Schedule {

  Staircase {
    Checks.finite("initial", initial);
    Checks.require(factor > 0 && factor <= 1, "factor", factor, "in (0, 1]");
    Checks.atLeastOne("milestones.length", milestones.size());
    for (int i = 1; i < milestones.size(); i++) {
      if (milestones.get(i) <= milestones.get(i - 1)) {
        throw new IllegalArgumentException("milestones are " + milestones + ", must rise");
      }
    }
    milestones = List.copyOf(milestones);
  }

  @Override
  public double at(long step) {
    int passed = 0;
    while (passed < milestones.size() && step >= milestones.get(passed)) {
      passed++;
    }
    return initial * StrictMath.pow(factor, passed);
  }
}
