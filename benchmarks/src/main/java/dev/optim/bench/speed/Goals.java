package dev.optim.bench.speed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
   * The same goals in an order in which every area has its turn: first the first goal of each, then
   * the second. An area is what the names begin with, such as a rule.
   *
   * @param goals in any order
   * @return in the order in which to measure what there is time for
   */
  public static List<Goal> inTurns(List<Goal> goals) {
    Map<String, Integer> ofArea = new HashMap<>();
    Map<Goal, Integer> turn = new HashMap<>();
    for (Goal goal : goals) {
      String area = goal.name().split("-")[0];
      turn.put(goal, ofArea.merge(area, 1, Integer::sum));
    }
    return goals.stream().sorted(Comparator.comparing(turn::get)).toList();
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
