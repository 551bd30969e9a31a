package dev.optim.bench.jmh.mfac;

import dev.optim.random.RandomStream;
import dev.optim.secondorder.FisherWindow;
import dev.optim.secondorder.Storage;
import dev.optim.secondorder.WindowSettings;
import dev.optim.update.Workers;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The two passes of a full window: {@link #multiply} and {@link #addAndMultiply} each read it
 * twice, so both are to be compared with two times {@link #read}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 6, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms8g", "-Xmx8g", "--add-modules", "jdk.incubator.vector"})
public class WindowBenchmark {

  /** Elements of a gradient. */
  @Param({"100000", "1000000"})
  public int d;

  /** Gradients in the window. */
  @Param({"32", "256"})
  public int m;

  /** Their precision. */
  @Param({"FLOAT32", "BFLOAT16"})
  public Storage storage;

  /** Threads of a pass. */
  @Param({"1", "2"})
  public int threads;

  /** Gaussian; or zero, or of the smallest floats there are. */
  @Param({"gaussian"})
  public String gradients;

  private static final int PIECE = 1 << 14;

  private FisherWindow window;
  private double[] x;
  private double[] out;
  private int[][] memory;
  private int[] sums;
  private Workers workers;

  /** A full window, and integers of the same number of bytes. */
  @Setup
  public void fill() {
    window = FisherWindow.of(d, WindowSettings.of(m, 1e-5).withStorage(storage), threads);
    x = new double[d];
    out = new double[d];
    RandomStream random = RandomStream.of(1);
    for (int k = 0; k < m; k++) {
      random.fillGaussian(x, 0, d);
      if (!gradients.equals("gaussian")) {
        Arrays.fill(x, gradients.equals("zero") ? 0 : Float.MIN_VALUE);
      }
      window.add(x);
    }
    workers = new Workers(threads);
    long pieces = (long) m * d * storage.bytes() / 4 / PIECE;
    memory = new int[(int) pieces][PIECE];
    sums = new int[threads * 16];
  }

  /**
   * Reads as many bytes as the window has, once: the yardstick.
   *
   * @return a sum
   */
  @Benchmark
  public int read() {
    workers.run(
        memory.length,
        (piece, worker) -> {
          int sum = 0;
          for (int one : memory[piece]) {
            sum += one;
          }
          sums[16 * worker] += sum;
        });
    return sums[0];
  }

  /**
   * Multiplies with any vector.
   *
   * @return the product
   */
  @Benchmark
  public double[] multiply() {
    window.multiply(x, out);
    return out;
  }

  /**
   * Takes a gradient in and multiplies with it.
   *
   * @return the product
   */
  @Benchmark
  public double[] addAndMultiply() {
    window.addAndMultiply(x, out);
    return out;
  }

  /** The same two passes by a library of dense matrices, in double precision. */
  @State(Scope.Benchmark)
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  @Warmup(iterations = 4, time = 2)
  @Measurement(iterations = 6, time = 2)
  @Fork(
      value = 1,
      jvmArgsAppend = {"-Xms8g", "-Xmx8g"})
  public static class Ejml {

    /** Elements of a gradient. */
    @Param({"100000", "1000000"})
    public int d;

    /** Gradients in the window. */
    @Param({"32", "256"})
    public int m;

    private DMatrixRMaj g;
    private DMatrixRMaj x;
    private DMatrixRMaj y;

    /** A matrix of gradients. */
    @Setup
    public void fill() {
      g = new DMatrixRMaj(m, d);
      x = new DMatrixRMaj(d, 1);
      y = new DMatrixRMaj(m, 1);
      RandomStream.of(1).fillGaussian(g.data, 0, g.data.length);
      RandomStream.of(2).fillGaussian(x.data, 0, d);
    }

    /**
     * G x, then G' y.
     *
     * @return the second product
     */
    @Benchmark
    public DMatrixRMaj passes() {
      CommonOps_DDRM.mult(g, x, y);
      CommonOps_DDRM.scale(1e-9, y);
      CommonOps_DDRM.multAddTransA(g, y, x);
      return x;
    }
  }
}
