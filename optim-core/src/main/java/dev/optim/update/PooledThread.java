package dev.optim.update;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that does one piece of work after the other, for all {@link Workers} there are. Handing
 * work over makes no garbage, as a thread pool's queue would. Idle threads end after a minute and
 * never keep the VM alive.
 */
final class PooledThread extends Thread {

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Those waiting for work, the last to come first; guarded by itself. */
  private static final ArrayDeque<PooledThread> IDLE = new ArrayDeque<>();

  private Runnable done;
  private volatile @Nullable Runnable work;

  private PooledThread(Runnable first, Runnable done) {
    super("optim-updater");
    setDaemon(true);
    this.done = done;
    work = first;
  }

  /**
   * Has a piece of work done by another thread.
   *
   * @param work throws nothing
   * @param done called after it, when the thread is idle again: whoever waits for that finds the
   *     thread the next time, and does not start another
   * @throws OutOfMemoryError if there is no idle thread and none can be started
   */
  static void run(Runnable work, Runnable done) {
    PooledThread thread;
    synchronized (IDLE) {
      thread = IDLE.pollLast();
    }
    if (thread == null) {
      new PooledThread(work, done).start();
    } else {
      thread.done = done;
      thread.work = work;
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void run() {
    for (Runnable next = work; next != null; next = await()) {
      Runnable finished = done; // before somebody gives this thread the next
      work = null;
      next.run();
      synchronized (IDLE) {
        IDLE.addLast(this);
      }
      finished.run();
    }
  }

  /** Waits for work; null when there was none for long. */
  private @Nullable Runnable await() {
    long since = System.nanoTime();
    while (work == null) {
      long left = PATIENCE_NANOS - (System.nanoTime() - since);
      if (left > 0) {
        Thread.interrupted(); // an interrupted thread would not park
        LockSupport.parkNanos(this, left);
      } else {
        synchronized (IDLE) {
          if (IDLE.remove(this)) {
            return null;
          }
        }
        Thread.onSpinWait(); // already taken: the work is about to come
      }
    }
    return work;
  }
}
