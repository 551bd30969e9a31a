package dev.optim;

/**
 * Watches a run. An observer that throws does the run no harm: it is asked no more, and what it
 * threw is told in {@link Result#warnings}.
 */
public interface Observer {

  /**
   * The run stands at its start.
   *
   * @param start the iterate at iteration 0, or where a resumed run goes on; live, {@link
   *     Iterate#snapshot} keeps it
   */
  default void started(Iterate start) {}

  /**
   * The run has made an iteration.
   *
   * @param iterate live, {@link Iterate#snapshot} keeps it
   */
  default void iterated(Iterate iterate) {}

  /**
   * The run has ended.
   *
   * @param result what it led to
   */
  default void finished(Result result) {}
}
