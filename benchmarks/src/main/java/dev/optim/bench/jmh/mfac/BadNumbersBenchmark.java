package dev.optim.bench.jmh.mfac;

import dev.optim.secondorder.Storage;
import dev.optim.secondorder.WindowSettings;
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
 * Windows of zeros and of numbers that processors may be slow with, against one of Gaussian
 * numbers, timed in turns in one fork: none may be slower.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 1) // counters are added up over iterations
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms4g", "-Xmx4g", "--add-modules", "jdk.incubator.vector"})
public class BadNumbersBenchmark {

  /** Elements of a gradient. */
  @Param({"100000"})
  public int d;

  /** Gradients in the window. */
  @Param({"32"})
  public int m;

  /** Their precision. */
  @Param({"FLOAT32", "FLOAT64", "BFLOAT16"})
  public Storage storage = Storage.FLOAT32;

  private FullWindow gaussian;
  private FullWindow zero;
  private FullWindow denormal;
  private FullWindow tiny;

  /** The ratios. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Ratios {

    /** Time with zeros over time with Gaussian numbers. */
    public double zero;

    /** Time with denormal numbers over time with Gaussian numbers. */
    public double denormal;

    /** Time with small numbers over time with Gaussian numbers. */
    public double tiny;

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void reset() {
      zero = 0;
      denormal = 0;
      tiny = 0;
    }
  }

  /** Fills the windows. */
  @Setup
  public void prepare() {
    WindowSettings settings = WindowSettings.of(m, 1e-5).withStorage(storage);
    gaussian = new FullWindow(d, settings, 1, FullWindow.Kind.GAUSSIAN);
    zero = new FullWindow(d, settings, 1, FullWindow.Kind.ZERO);
    denormal = new FullWindow(d, settings, 1, FullWindow.Kind.DENORMAL);
    tiny = new FullWindow(d, settings, 1, FullWindow.Kind.TINY);
  }

  /**
   * Times a step with each in turns.
   *
   * @param ratios written
   */
  @Benchmark
  public void update(Ratios ratios) {
    double[] nanos = Turns.fastest(gaussian::update, zero::update, denormal::update, tiny::update);
    ratios.zero = nanos[1] / nanos[0];
    ratios.denormal = nanos[2] / nanos[0];
    ratios.tiny = nanos[3] / nanos[0];
  }
}
