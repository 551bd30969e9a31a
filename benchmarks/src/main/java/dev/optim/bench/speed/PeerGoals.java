package dev.optim.bench.speed;

import java.util.List;

/**
 * Goals against libraries that the default build leaves out, found by {@link
 * java.util.ServiceLoader} where they were built.
 */
public interface PeerGoals {

  /**
   * The goals.
   *
   * @return in the order to be shown
   */
  List<Goal> goals();
}
