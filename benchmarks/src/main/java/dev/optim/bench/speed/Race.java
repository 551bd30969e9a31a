package dev.optim.bench.speed;

import static java.util.Objects.requireNonNull;

/**
 * Two pieces of work to be timed in turns. Each is called very often, must do the same work every
 * time, and may change nothing that the other's speed depends on.
 *
 * @param subject what the goal is about
 * @param reference what it is compared with
 */
public record Race(Runnable subject, Runnable reference) {

  /** Checks that both are there. */
  public Race {
    requireNonNull(subject, "subject");
    requireNonNull(reference, "reference");
  }

  /**
   * Without a reference, for goals on a figure of the subject alone.
   *
   * @param subject what the goal is about
   * @return the race against nothing
   */
  public static Race alone(Runnable subject) {
    return new Race(subject, () -> {});
  }
}
