package dev.optim.bench.report;

/**
 * What the choice of an optimizer's hyper-parameters cost, before the runs that count.
 *
 * @param trials how many settings were tried
 * @param failed how many of them came to no result
 * @param evaluations spent by all, in the problem's unit
 * @param seconds taken by all, one after the other
 */
public record Tuning(int trials, int failed, long evaluations, double seconds) {

  /** Nothing was tuned. */
  public static final Tuning NONE = new Tuning(0, 0, 0, 0);

  /**
   * One more trial.
   *
   * @param spent what it took
   * @param completed whether it came to a result
   * @return the sum
   */
  public Tuning plus(Spent spent, boolean completed) {
    return new Tuning(
        trials + 1,
        failed + (completed ? 0 : 1),
        evaluations + spent.evaluations(),
        seconds + spent.elapsedNanos() / 1e9);
  }

  /** The cost of both. */
  Tuning plus(Tuning other) {
    return new Tuning(
        trials + other.trials,
        failed + other.failed,
        evaluations + other.evaluations,
        seconds + other.seconds);
  }
}
