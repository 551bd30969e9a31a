package dev.optim.bench.jmh.mfac;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The factor that follows a replaced gradient in O(m^2), its factorisation every m steps included,
 * against a factorisation in every step, in turns in one fork.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 1) // counters are added up over iterations
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ReplacementBenchmark {

  /** Gradients in the window. */
  @Param({"256", "1024"})
  public int m;

  private Replacement work;

  /** The figures. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Ratios {

    /** Time of a factorisation over that of a replacement. */
    public double timesFactorisation;

    /** Microseconds of a replacement. */
    public double replacementMicros;

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void reset() {
      timesFactorisation = 0;
      replacementMicros = 0;
    }
  }

  /** Fills a window. */
  @Setup
  public void prepare() {
    work = new Replacement(m);
  }

  /**
   * Times the two in turns.
   *
   * @param ratios written
   */
  @Benchmark
  public void replace(Ratios ratios) {
    double[] nanos = Turns.fastest(work::replaceAll, work::factorise);
    ratios.timesFactorisation = nanos[1] / (nanos[0] / m);
    ratios.replacementMicros = nanos[0] / m * 1e-3;
  }
}
