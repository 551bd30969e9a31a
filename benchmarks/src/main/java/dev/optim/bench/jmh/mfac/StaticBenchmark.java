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

/** Building the static inverse, against the paper's recursion row by row, in turns in one fork. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 1) // counters are added up over iterations
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms8g", "-Xmx8g", "--add-modules", "jdk.incubator.vector"})
public class StaticBenchmark {

  /** Elements of a gradient. */
  @Param({"100000", "1000000"})
  public int d;

  /** Gradients. */
  @Param({"64", "256"})
  public int m;

  private StaticBuild work;

  /** The ratio. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Ratios {

    /** Time row by row over time in blocks of columns. */
    public double timesRowByRow;

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void reset() {
      timesRowByRow = 0;
    }
  }

  /** Draws gradients. */
  @Setup
  public void prepare() {
    work = new StaticBuild(d, m);
  }

  /**
   * Times the two in turns.
   *
   * @param ratios written
   */
  @Benchmark
  public void build(Ratios ratios) {
    double[] nanos = Turns.fastest(work::build, work::rowByRow);
    ratios.timesRowByRow = nanos[1] / nanos[0];
  }
}
