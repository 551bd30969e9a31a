package dev.optim.zeroth;

import static java.util.Objects.requireNonNull;

import dev.optim.EvaluationException;
import dev.optim.Objective;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

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
 *   <li>An exception of the objective is the batch's: that of the lowest index is thrown, the other
 *       points are cancelled.
 *   <li>A task whose worker is lost, that is whose future fails though the objective threw nothing,
 *       is submitted once more; if that fails as well, the value is NaN.
 *   <li>A point that is not done a timeout after the points before it is interrupted, and its value
 *       is NaN.
 * </ul>
 *
 * The executor stays the caller's, who shuts it down.
 */
public final class ParallelObjective implements Objective {

  private final Objective objective;
  private final ExecutorService executor;
  private final @Nullable Duration timeout;

  private ParallelObjective(
      Objective objective, ExecutorService executor, @Nullable Duration timeout) {
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
        requireNonNull(objective, "objective"), requireNonNull(executor, "executor"), null);
  }

  /**
   * The same with a timeout.
   *
   * @param timeout how long to wait for a point once the points before it are done, more than zero
   * @return the parallel objective
   * @throws IllegalArgumentException if the timeout is not positive
   */
  public ParallelObjective withTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout is " + timeout + ", must be more than zero");
    }
    return new ParallelObjective(objective, executor, timeout);
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
   *     which case its interrupt flag is set
   */
  @Override
  public void values(double[][] points, double[] out) {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Future<Outcome>[] futures = new Future[points.length];
    try {
      for (int i = 0; i < points.length; i++) {
        futures[i] = executor.submit(new Task(objective, points[i].clone()));
      }
      for (int i = 0; i < points.length; i++) {
        out[i] = value(futures, i, points[i]);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EvaluationException("value", e);
    } finally {
      for (Future<Outcome> future : futures) {
        if (future != null) {
          future.cancel(true); // changes nothing once it is done
        }
      }
    }
  }

  private double value(Future<Outcome>[] futures, int i, double[] point)
      throws InterruptedException {
    for (int attempt = 0; attempt < 2; attempt++) {
      try {
        Outcome outcome =
            timeout == null
                ? futures[i].get()
                : futures[i].get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (outcome.thrown() != null) {
          throw new EvaluationException("value", outcome.thrown());
        }
        return outcome.value();
      } catch (TimeoutException e) {
        futures[i].cancel(true);
        return Double.NaN;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        if (attempt == 0) {
          futures[i] = executor.submit(new Task(objective, point.clone()));
        }
      }
    }
    return Double.NaN;
  }

  /** What a worker sends back: a value, or what the objective threw. */
  private record Outcome(double value, @Nullable Exception thrown) implements Serializable {}

  private record Task(Objective objective, double[] x) implements Callable<Outcome>, Serializable {

    @Override
    public Outcome call() {
      try {
        return new Outcome(objective.value(x), null);
      } catch (Exception e) {
        return new Outcome(Double.NaN, e);
      }
    }
  }
}
