package dev.optim.bench.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** All goals, one file for each area. */
public final class Goals {

  private Goals() {}

  /**
   * All goals, those against libraries with native code last and only where they were built.
   *
   * @return in the order to be shown
   */
  public static List<Goal> all() {
    List<Goal> all = new ArrayList<>();
    all.addAll(FirstOrderGoals.goals());
    all.addAll(MfacGoals.goals());
    all.addAll(BilevelGoals.goals());
    all.addAll(ZerothGoals.goals());
    all.addAll(LibraryGoals.goals());
    for (PeerGoals peers : ServiceLoader.load(PeerGoals.class)) {
      all.addAll(peers.goals());
    }
    return List.copyOf(all);
  }

  /**
   * The goal of a name.
   *
   * @param name its name
   * @return the goal
   * @throws IllegalArgumentException if there is none
   */
  static Goal named(String name) {
    return all().stream()
        .filter(goal -> goal.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no goal " + name));
  }
}
