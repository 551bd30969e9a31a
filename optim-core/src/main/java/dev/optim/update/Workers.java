package dev.optim.update;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs independent units of work on a few threads without making garbage. Which thread runs which
 * unit is left to chance, so units must not depend on each other's order.
 */
final class Workers {

  /** Units of one call; workers are numbered from 0, the calling thread. */
  interface Task {
    void run(int unit, int worker);
  }

  /** Shared by all updaters; idle threads end after a minute and never keep the VM alive. */
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          runnable -> {
            Thread thread = new Thread(runnable, "optim-updater");
            thread.setDaemon(true);
            return thread;
          });

  private final int threads;
  private final Runnable[] helpers;
  private final AtomicInteger next = new AtomicInteger();
  private final Semaphore done = new Semaphore(0);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile @Nullable Task task;
  private int units;

  Workers(int threads) {
    this.threads = threads;
    this.helpers = new Runnable[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      int worker = i + 1;
      helpers[i] =
          () -> {
            try {
              drain(worker);
            } finally {
              done.release();
            }
          };
    }
  }

  int threads() {
    return threads;
  }

  /** Runs all units and waits for them; rethrows the first failure after all have ended. */
  void run(int units, Task task) {
    this.units = units;
    this.task = task;
    next.set(0);
    int helping = Math.max(0, Math.min(helpers.length, units - 1));
    for (int i = 0; i < helping; i++) {
      THREADS.execute(helpers[i]);
    }
    drain(0);
    done.acquireUninterruptibly(helping);
    this.task = null;
    Throwable thrown = failure.getAndSet(null);
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
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
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }
}
