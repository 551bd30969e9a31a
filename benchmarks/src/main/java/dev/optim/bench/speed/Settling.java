package dev.optim.bench.speed;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Warms a race up until it has settled: for a while, the compiler had next to nothing to do and
 * nobody got faster. Any fixed length is too short for one race and a waste for another.
 */
final class Settling {

  /** What a heat may gain and still count as no faster. */
  private static final double GAIN = 0.1;

  /** Milliseconds of compilation in a heat that are somebody else's, such as JMH's. */
  private static final long COMPILATION = 5;

  /** The compiler takes up any method that was called half as often: no need to wait longer. */
  private static final long CALLS = 10_000;

  private final Duration calm;
  private final Duration most;
  private final LongSupplier clock;
  private final LongSupplier compiled;

  /**
   * How long to wait.
   *
   * @param calm how long nothing may change, where calls are long
   * @param most when to give up
   * @param clock nanoseconds
   * @param compiled milliseconds the compiler has worked so far
   */
  Settling(Duration calm, Duration most, LongSupplier clock, LongSupplier compiled) {
    this.calm = calm;
    this.most = most;
    this.clock = clock;
    this.compiled = compiled;
  }

  /** By this JVM's clock and compiler. */
  static Settling of(Duration calm, Duration most) {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    boolean known = compiler != null && compiler.isCompilationTimeMonitoringSupported();
    return new Settling(
        calm, most, System::nanoTime, known ? compiler::getTotalCompilationTime : () -> 0);
  }

  /** Runs heats; whether the race has settled when they end. */
  boolean await(Supplier<Heat> heats) {
    long begin = clock.getAsLong();
    long worked = compiled.getAsLong();
    Heat level = heats.get();
    long since = clock.getAsLong();
    long calls = 0;
    while (since - begin < most.toNanos()) {
      long before = worked;
      Heat heat = heats.get();
      long now = clock.getAsLong();
      worked = compiled.getAsLong();
      if (faster(heat, level) || worked - before > COMPILATION) {
        level = heat;
        since = now;
        calls = 0;
      } else {
        calls += heat.calls();
        if (calls >= CALLS || now - since >= calm.toNanos()) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean faster(Heat heat, Heat level) {
    return heat.subject() < (1 - GAIN) * level.subject()
        || heat.reference() < (1 - GAIN) * level.reference();
  }
}
