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
 * The two passes of a product with a full window against a loop that reads as many bytes, both
 * timed in turns in one fork.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 1) // counters are added up over iterations
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms12g", "-Xmx12g", "--add-modules", "jdk.incubator.vector"})
public class WindowBenchmark {

  /** Elements of a gradient. */
  @Param({"100000", "1000000"})
  public int d;

  /** Gradients in the window. */
  @Param({"32", "256", "1024"})
  public int m;

  /** Their precision. */
  @Param({"FLOAT32", "FLOAT64", "BFLOAT16"})
  public Storage storage = Storage.FLOAT32;

  /** Threads of a pass. */
  @Param({"1", "2"})
  public int threads;

  private FullWindow window;
  private ReadLoop loop;

  /** The ratios. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Ratios {

    /** The loop's time over that of a product with any vector. */
    public double product;

    /** The loop's time over that of taking a gradient in and multiplying with it. */
    public double update;

    /** Gigabytes a second read by the loop. */
    public double loopGigabytes;

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void reset() {
      product = 0;
      update = 0;
      loopGigabytes = 0;
    }
  }

  /** Fills a window. */
  @Setup
  public void prepare() {
    window =
        new FullWindow(
            d, WindowSettings.of(m, 1e-5).withStorage(storage), threads, FullWindow.Kind.GAUSSIAN);
    loop = new ReadLoop((long) m * d * storage.bytes(), threads);
  }

  /**
   * Times the three in turns.
   *
   * @param ratios written
   */
  @Benchmark
  public void passes(Ratios ratios) {
    double[] nanos = Turns.fastest(loop::readTwice, window::multiply, window::update);
    ratios.product = nanos[0] / nanos[1];
    ratios.update = nanos[0] / nanos[2];
    ratios.loopGigabytes = 2.0 * m * d * storage.bytes() / nanos[0];
  }
}
