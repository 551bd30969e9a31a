package dev.optim.bench.speed;

import java.util.Arrays;
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
 * ratios to be wrong by half. Here JMH forks, warms up and repeats, but an iteration is a run of
 * short laps of the subject and the reference in turns, the order of each pair turned round, so
 * that what slows the machine slows both. A pair gives a ratio, an iteration its median.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
public class RaceBenchmark {

  private static final int MOST_PAIRS = 1000;
  private static final int FEWEST_PAIRS = 3;

  /** The goal's name. */
  @Param("none")
  public String goal = "";

  /** What an iteration lasts; longer where three pairs of laps take longer. */
  @Param("200")
  public int millis;

  private Race race = Race.alone(() -> {});

  /** Readings of an iteration. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Readings {

    /** Nanoseconds of a call of the subject. */
    public double subject;

    /** The reference's time over the subject's. */
    public double speed;

    /** Bytes that a call of the subject allocates. */
    public double bytes;
  }

  /** Makes the two pieces of work. */
  @Setup
  public void prepare() {
    race = Goals.named(goal).race().get();
  }

  /**
   * Races.
   *
   * @param readings written
   */
  @Benchmark
  public void race(Readings readings) {
    Lap subject = new Lap(race.subject());
    Lap reference = new Lap(race.reference());
    double[] times = new double[MOST_PAIRS];
    double[] speeds = new double[MOST_PAIRS];
    long end = System.nanoTime() + millis * 1_000_000L;
    int pair = 0;
    while (pair < FEWEST_PAIRS || pair < MOST_PAIRS && System.nanoTime() < end) {
      boolean subjectFirst = pair % 2 == 0;
      double one = (subjectFirst ? subject : reference).run();
      double other = (subjectFirst ? reference : subject).run();
      times[pair] = subjectFirst ? one : other;
      speeds[pair] = (subjectFirst ? other : one) / times[pair];
      pair++;
    }
    readings.subject = Statistics.median(Arrays.copyOf(times, pair));
    readings.speed = Statistics.median(Arrays.copyOf(speeds, pair));
    readings.bytes = subject.bytesPerCall();
  }
}
