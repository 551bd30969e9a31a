package dev.optim.bench.speed;

import java.time.Duration;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The race of one goal. JMH runs a benchmark method in a fork of its own for some iterations on
 * end, so that two methods would be seconds and a JVM apart; on a shared machine that is enough for
 * ratios to be wrong by half. Here JMH forks and repeats, but an iteration is a heat: short laps of
 * the subject and the reference in turns, the order of each pair turned round, so that what slows
 * the machine slows both. A pair gives a ratio, a heat its median. The warm-up is part of the
 * setup, since JMH's has a fixed length.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
public class RaceBenchmark {

  /** The goal's name. */
  @Param("none")
  public String goal = "";

  /** What a heat lasts; longer where three pairs of laps take longer. */
  @Param("200")
  public int millis;

  /** Milliseconds without a change after which the race counts as warm. */
  @Param("2000")
  public int calm;

  /** Milliseconds of warm-up, at most. */
  @Param("20000")
  public int warmup;

  private Race race = Race.alone(() -> {});
  private boolean settled;

  /** Readings of a heat. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Readings {

    /** Nanoseconds of a call of the subject. */
    public double subject;

    /** The reference's time over the subject's. */
    public double speed;

    /** Bytes that a call of the subject allocates. */
    public double bytes;

    /** 1 if the warm-up came to its end by itself. */
    public int settled;
  }

  /** Makes the two pieces of work and warms them up. */
  @Setup
  public void prepare() {
    race = Goals.named(goal).race().get();
    settled =
        Settling.of(Duration.ofMillis(calm), Duration.ofMillis(warmup))
            .await(() -> Heat.of(race, millis));
  }

  /**
   * Races.
   *
   * @param readings written
   */
  @Benchmark
  public void race(Readings readings) {
    Heat heat = Heat.of(race, millis);
    readings.subject = heat.subject();
    readings.speed = heat.speed();
    readings.bytes = heat.bytes();
    readings.settled = settled ? 1 : 0;
  }
}
