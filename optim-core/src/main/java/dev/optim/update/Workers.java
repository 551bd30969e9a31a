package dev.optim.update;

import dev.optim.Checks;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs independent units of work on a few threads without making garbage. Which thread runs which
 * unit is left to chance, so units must not depend on each other's order. Belongs to one calling
 * thread at a time, and is not to be called from inside a unit.
 */
public final class Workers {

  /** What is done for each unit. */
  @FunctionalInterface
  public interface Task {

    /**
     * Does one unit.
     *
     * @param unit counted from 0
     * @param worker which thread it is, below {@link Workers#threads}; 0 is the calling thread
     */
    void run(int unit, int worker);
  }

  private final int threads;
  private final Runnable[] helpers;
  private final Runnable helped = this::helped;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger helping = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile @Nullable Task task;
  private volatile @Nullable Thread caller;
  private int units;

  /**
   * Prepares a number of threads; they are taken from a shared pool when there is work.
   *
   * @param threads at least 1; the calling thread is one of them
   */
  public Workers(int threads) {
    this.threads = (int) Checks.atLeastOne("threads", threads);
    this.helpers = new Runnable[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      int worker = i + 1;
      helpers[i] = () -> drain(worker);
    }
  }

  /**
   * The number of threads.
   *
   * @return at least 1
   */
  public int threads() {
    return threads;
  }

  /**
   * Runs all units and waits for them.
   *
   * @param units how many, at least 0
   * @param task what to do for each; the first exception or error it throws is thrown again here,
   *     after every thread has ended
   */
  public void run(int units, Task task) {
    int wanted = Math.max(0, Math.min(helpers.length, units - 1));
    Throwable thrown = wanted == 0 ? alone(units, task) : together(wanted, units, task);
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    if (thrown != null) {
      throw new IllegalStateException(thrown);
    }
  }

  /**
   * Without taking units from a counter: an atomic operation waits for all that was written before.
   */
  private static @Nullable Throwable alone(int units, Task task) {
    try {
      for (int unit = 0; unit < units; unit++) {
        task.run(unit, 0);
      }
      return null;
    } catch (Throwable e) { // also checked ones, which languages without them throw
      return e;
    }
  }

  private @Nullable Throwable together(int wanted, int units, Task task) {
    this.units = units;
    this.task = task;
    next.set(0);
    caller = Thread.currentThread();
    int started = 0;
    helping.set(wanted);
    try {
      while (started < wanted) {
        PooledThread.run(helpers[started], helped);
        started++;
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      // no thread to be had: those there are, this one at least, do all the units
      helping.addAndGet(started - wanted);
    }
    drain(0);
    awaitHelpers();
    caller = null;
    this.task = null;
    return failure.getAndSet(null);
  }

  private void helped() {
    if (helping.decrementAndGet() == 0) {
      LockSupport.unpark(caller);
    }
  }

  /** An interrupt does not end the wait, and is not lost. */
  private void awaitHelpers() {
    boolean interrupted = false;
    while (helping.get() > 0) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain(int worker) {
    Task current = task;
    if (current == null) {
      return;
    }
    try {
      for (int unit = next.getAndIncrement(); unit < units; unit = next.getAndIncrement()) {
        current.run(unit, worker);
      }
    } catch (Throwable e) { // as above
      failure.compareAndSet(null, e);
    }
  }
}
