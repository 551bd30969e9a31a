package dev.optim.bench.speed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
   * What a quick run measures while there is time: without the goals for thorough runs, and in an
   * order in which every area has its turn, first the first goal of each, then the second. An area
   * is what the names begin with, such as a rule.
   *
   * @param goals in any order
   * @return some of them
   */
  public static List<Goal> forALook(List<Goal> goals) {
    Map<String, Integer> ofArea = new HashMap<>();
    Map<Goal, Integer> turn = new LinkedHashMap<>();
    for (Goal goal : goals) {
      if (!goal.thorough()) {
        turn.put(goal, ofArea.merge(goal.name().split("-")[0], 1, Integer::sum));
      }
    }
    return turn.keySet().stream().sorted(Comparator.comparing(turn::get)).toList();
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
