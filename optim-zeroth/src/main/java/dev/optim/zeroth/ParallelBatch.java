package dev.optim.zeroth;

import dev.optim.EvaluationException;
import dev.optim.Objective;
import java.io.Serializable;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One batch of a {@link ParallelObjective}. */
final class ParallelBatch {

  private final Objective objective;
  private final ExecutorService executor;

  /** In nanoseconds, 0 for none. */
  private final long timeout;

  private final double[][] points;

  /** Null where the executor has rejected the task. */
  private final @Nullable Future<Outcome>[] futures;

  /** When each task has begun, 0 as long as it has not. */
  private final AtomicLong[] begun;

  /** The points that nobody waits for any more. */
  private final boolean[] late;

  /** When to look at the clocks of all tasks again. */
  private long nextLook;

  /** How many beginnings and ends the last look has seen, and when there was something new. */
  private long seen;

  private long moved;

  @SuppressWarnings({"unchecked", "rawtypes"})
  ParallelBatch(Objective objective, ExecutorService executor, long timeout, double[][] points) {
    this.objective = objective;
    this.executor = executor;
    this.timeout = timeout;
    this.points = points;
    futures = new Future[points.length];
    begun = new AtomicLong[points.length];
    late = new boolean[points.length];
  }

  /** Evaluates all points; {@link #cancel} is to follow. */
  void evaluate(double[] out) throws InterruptedException {
    moved = System.nanoTime();
    nextLook = moved + timeout;
    for (int i = 0; i < points.length; i++) {
      submit(i);
    }
    for (int i = 0; i < points.length; i++) {
      out[i] = value(i);
    }
  }

  /** Cancels what is not done. */
  void cancel() {
    for (Future<Outcome> future : futures) {
      if (future != null) {
        future.cancel(true);
      }
    }
  }

  private void submit(int i) {
    begun[i] = new AtomicLong();
    try {
      futures[i] = executor.submit(new Task(objective, points[i].clone(), begun[i]));
    } catch (RejectedExecutionException e) {
      if (executor.isShutdown()) {
        throw e;
      }
      futures[i] = null;
    }
  }

  private double value(int i) throws InterruptedException {
    Outcome outcome = outcome(i);
    if (outcome == null && !late[i]) {
      submit(i);
      outcome = outcome(i);
    }
    return outcome == null ? Double.NaN : outcome.get();
  }

  /** What the task has sent back; null if the point is late or its worker was lost. */
  private @Nullable Outcome outcome(int i) throws InterruptedException {
    Future<Outcome> future = futures[i];
    while (future != null && !late[i]) {
      try {
        return timeout == 0
            ? future.get()
            : future.get(Math.max(0, nextLook - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        look();
      } catch (ExecutionException | CancellationException e) {
        return null;
      }
    }
    return null;
  }

  /** Ends the tasks that are over their time, and all that are left if nothing moves any more. */
  private void look() {
    long now = System.nanoTime();
    long wait = timeout; // what begins from now on is over its time no earlier
    boolean running = false;
    long count = 0;
    for (int i = 0; i < points.length; i++) {
      Future<Outcome> future = futures[i];
      if (future == null) {
        continue;
      }
      long start = begun[i].get();
      if (start != 0 && !future.isDone()) {
        long left = start + timeout - now;
        if (left > 0) {
          running = true;
          wait = Math.min(wait, left);
        } else {
          end(i);
        }
      }
      count += late[i] || future.isDone() ? 2 : start != 0 ? 1 : 0;
    }
    if (running || count != seen) {
      moved = now;
    } else if (now - moved >= timeout) {
      for (int i = 0; i < points.length; i++) {
        end(i);
      }
    } else {
      wait = Math.min(wait, moved + timeout - now);
    }
    seen = count;
    nextLook = now + wait;
  }

  /** Gives a point up, unless it is done after all. */
  private void end(int i) {
    Future<Outcome> future = futures[i];
    late[i] |= future == null || future.cancel(true) || !future.isDone();
  }

  /** What a worker sends back: a value, or what the objective threw. */
  private record Outcome(double value, @Nullable Throwable thrown) implements Serializable {

    double get() {
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown != null) {
        throw new EvaluationException("value", thrown);
      }
      return value;
    }
  }

  private record Task(Objective objective, double[] x, AtomicLong begun)
      implements Callable<Outcome>, Serializable {

    @Override
    public Outcome call() {
      begun.set(System.nanoTime() | 1); // never 0
      try {
        return new Outcome(objective.value(x), null);
      } catch (Throwable e) {
        return new Outcome(Double.NaN, e);
      }
    }
  }
}
