package dev.optim.bench.speed;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time that a run of many goals may take. A goal may begin while one as long as the longest so
 * far still fits, so that the run ends in time whatever has been added to the goals.
 */
public final class Allowance {

  private final LongSupplier clock;
  private final long begin;
  private final long total;
  private long longest;
  private long since;

  /**
   * Begins now.
   *
   * @param total for all goals together
   * @param clock nanoseconds
   */
  Allowance(Duration total, LongSupplier clock) {
    this.clock = clock;
    this.total = total.toNanos();
    begin = clock.getAsLong();
  }

  /**
   * Begins now, by this JVM's clock.
   *
   * @param total for all goals together
   * @return the allowance
   */
  public static Allowance of(Duration total) {
    return new Allowance(total, System::nanoTime);
  }

  /**
   * Begins now and never ends.
   *
   * @return the allowance
   */
  public static Allowance unlimited() {
    return of(Duration.ofNanos(Long.MAX_VALUE));
  }

  /**
   * Whether the next goal may begin, and if so, that it does.
   *
   * @return false once the longest so far would not fit any more
   */
  public boolean begins() {
    since = clock.getAsLong();
    return since - begin + longest <= total;
  }

  /** The goal that began has ended. */
  public void ends() {
    longest = Math.max(longest, clock.getAsLong() - since);
  }

  /**
   * What has been used.
   *
   * @return the time since the first goal could begin
   */
  public Duration used() {
    return Duration.ofNanos(clock.getAsLong() - begin);
  }
}
