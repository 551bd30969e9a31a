package dev.optim.bench.jmh.mfac;

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
 * The two passes of a product with a full window on one thread against the same two by EJML, both
 * in single precision and timed in turns in one fork.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 1) // counters are added up over iterations
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms8g", "-Xmx8g", "--add-modules", "jdk.incubator.vector"})
public class EjmlBenchmark {

  /** Elements of a gradient. */
  @Param({"100000", "1000000"})
  public int d;

  /** Gradients in the window. */
  @Param({"32", "256"})
  public int m;

  private FullWindow window;
  private EjmlMatrix matrix;

  /** The ratio. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Ratios {

    /** EJML's time over the window's. */
    public double timesEjml;

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void reset() {
      timesEjml = 0;
    }
  }

  /** Fills both. */
  @Setup
  public void prepare() {
    window = new FullWindow(d, WindowSettings.of(m, 1e-5), 1, FullWindow.Kind.GAUSSIAN);
    matrix = new EjmlMatrix(d, m);
  }

  /**
   * Times the two in turns.
   *
   * @param ratios written
   */
  @Benchmark
  public void passes(Ratios ratios) {
    double[] nanos = Turns.fastest(window::multiply, matrix::passes);
    ratios.timesEjml = nanos[1] / nanos[0];
  }
}
