package dev.optim.bench.report;

/**
 * What a run has spent up to a point.
 *
 * @param evaluations in the problem's {@linkplain ProblemReport#evaluationUnit() unit}
 * @param values values of the objective, those that came with a gradient included
 * @param gradients gradients, whole or over a batch
 * @param elapsedNanos nanoseconds since the run's start
 * @param allocatedBytes memory taken from the heap by the run's own thread
 */
public record Spent(
    long evaluations, long values, long gradients, long elapsedNanos, long allocatedBytes) {

  /** Nothing yet. */
  public static final Spent NONE = new Spent(0, 0, 0, 0, 0);

  /**
   * Where nothing else is known.
   *
   * @param evaluations in the problem's unit
   * @param elapsedNanos since the run's start
   * @return the rest is zero
   */
  public static Spent of(long evaluations, long elapsedNanos) {
    return new Spent(evaluations, 0, 0, elapsedNanos, 0);
  }

  /** Refuses what would be less than before. */
  void requireNotLessThan(Spent before) {
    requireNotLess("evaluations", evaluations, before.evaluations);
    requireNotLess("values", values, before.values);
    requireNotLess("gradients", gradients, before.gradients);
    requireNotLess("elapsedNanos", elapsedNanos, before.elapsedNanos);
    requireNotLess("allocatedBytes", allocatedBytes, before.allocatedBytes);
  }

  private static void requireNotLess(String argument, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          argument + " is " + value + "; it must not be less than " + least);
    }
  }
}
