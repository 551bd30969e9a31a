package dev.optim.bench.speed;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Times one piece of work, some calls at a time. */
final class Lap {

  /** Long against a look at the clock (30 ns), short against the noise of a shared machine. */
  private static final double NANOS = 1e6;

  private static final int MOST_CALLS = 1 << 16;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Runnable work;
  private final long[] threads = THREADS.getAllThreadIds();
  private double last = NANOS;
  private long calls;
  private long bytes;

  Lap(Runnable work) {
    this.work = work;
  }

  /**
   * How many calls make about a millisecond of the slower of two, at least one. Both are called as
   * often: the second call in a row finds in the cache what the first has left there.
   */
  static int calls(Lap one, Lap other) {
    return (int) Math.max(1, Math.min(MOST_CALLS, NANOS / Math.max(one.last, other.last)));
  }

  /** Does the work some times: nanoseconds a call. */
  double run(int count) {
    long before = allocated();
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      work.run();
    }
    last = Math.max(1, System.nanoTime() - begin) / (double) count;
    bytes += allocated() - before;
    calls += count;
    return last;
  }

  /** How often the work was done so far. */
  long calls() {
    return calls;
  }

  /** What a call allocates in any thread, on average. */
  double bytesPerCall() {
    return (double) bytes / calls;
  }

  /** Counted for the threads there are when the laps begin; looking allocates nothing itself. */
  private long allocated() {
    long sum = 0;
    for (long thread : threads) {
      sum += Math.max(0, THREADS.getThreadAllocatedBytes(thread));
    }
    return sum;
  }
}
