package dev.optim.zeroth;

import static java.util.Objects.requireNonNull;

import dev.optim.EvaluationException;
import dev.optim.Objective;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/**
 * An objective whose batches are evaluated by an executor, one task per point: a pool of threads,
 * virtual threads, or a cluster whose executor takes serialisable tasks (the objective then has to
 * be serialisable, too). The values, and so the run, are the same bits for any number of workers.
 *
 * <pre>{@code
 * ExecutorService pool = Executors.newFixedThreadPool(8);
 * Objective parallel = ParallelObjective.of(objective, pool).withTimeout(Duration.ofMinutes(5));
 * Result result = Minimizer.until(Stop.values(100_000)).minimize(Cbo.standard(), parallel, start);
 * }</pre>
 *
 * <ul>
 *   <li>An exception or error of the objective is the batch's: that of the lowest index is thrown,
 *       the other points are cancelled.
 *   <li>A task whose worker is lost (the executor rejects, cancels or fails it, though the
 *       objective threw nothing) is submitted once more when the points before it are done; if it
 *       is lost again, the value is NaN. An executor that has been shut down is an error.
 *   <li>A point that is not done a timeout after its own task has begun is interrupted, and its
 *       value is NaN; how long it has waited for a worker does not count. Workers that an interrupt
 *       does not free stay lost. When, for a whole timeout, no task is within its time and none
 *       begins or ends, the points left have NaN as well: their workers all hang. A task that runs
 *       as a copy, in another process, does not say when it begins, and only this rule ends it.
 * </ul>
 *
 * The executor stays the caller's, who shuts it down.
 */
public final class ParallelObjective implements Objective {

  /** A century, so that sums and differences of clock times do not overflow. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final Objective objective;
  private final ExecutorService executor;

  /** In nanoseconds, 0 for none. */
  private final long timeout;

  private ParallelObjective(Objective objective, ExecutorService executor, long timeout) {
    this.objective = objective;
    this.executor = executor;
    this.timeout = timeout;
  }

  /**
   * Evaluates batches on an executor, without a timeout.
   *
   * @param objective safe for calls from several threads at once
   * @param executor where the tasks go
   * @return the parallel objective
   */
  public static ParallelObjective of(Objective objective, ExecutorService executor) {
    return new ParallelObjective(
        requireNonNull(objective, "objective"), requireNonNull(executor, "executor"), 0);
  }

  /**
   * The same with a timeout.
   *
   * @param timeout how long a point may take from when its task begins, more than zero
   * @return the parallel objective
   * @throws IllegalArgumentException if the timeout is not positive
   */
  public ParallelObjective withTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout is " + timeout + ", must be more than zero");
    }
    Duration most = timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
    return new ParallelObjective(objective, executor, most.toNanos());
  }

  /**
   * Evaluates one point, in the calling thread.
   *
   * @param x the point
   * @return f(x)
   */
  @Override
  public double value(double[] x) {
    return objective.value(x);
  }

  /**
   * Evaluates points on the executor.
   *
   * @param points the points; copied
   * @param out receives f(points[i]) at index i
   * @throws EvaluationException if the objective threw or the calling thread was interrupted, in
   *     which case its interrupt flag is set and the cause is the {@link InterruptedException}
   * @throws java.util.concurrent.RejectedExecutionException if the executor has been shut down
   */
  @Override
  public void values(double[][] points, double[] out) {
    ParallelBatch batch = new ParallelBatch(objective, executor, timeout, points);
    try {
      batch.evaluate(out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EvaluationException("value", e);
    } finally {
      batch.cancel();
    }
  }
}
