package dev.optim.bench.jmh.zeroth;

import dev.optim.random.RandomStream;
import dev.optim.zeroth.Polarisation;
import dev.optim.zeroth.Precision;
import java.util.concurrent.TimeUnit;
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

/** A step of consensus-based optimisation, a plain one, a polarised one, and the draws alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class CboBenchmark {

  private static final int D = 100;

  /** Particles. */
  @Param({"1000", "10000"})
  public int n;

  private Runnable floats = () -> {};
  private Runnable doubles = () -> {};
  private Runnable polarised = () -> {};
  private PlainStep plain = new PlainStep(1, 1);
  private double[] values = {};
  private final RandomStream random = RandomStream.of(3);
  private final float[] draws = new float[2048];

  /** Opens the runs. */
  @Setup
  public void open() {
    floats = CboSteps.of(CboSteps.method(Precision.SINGLE, n), D);
    doubles = CboSteps.of(CboSteps.method(Precision.DOUBLE, n), D);
    polarised =
        CboSteps.of(
            CboSteps.method(Precision.DOUBLE, n / 10)
                .withPolarisation(new Polarisation(Polarisation.Kernel.GAUSSIAN, 1, true)),
            D);
    plain = new PlainStep(n, D);
    values = CboSteps.values(n);
  }

  /** n particles of 100 coordinates in single precision. */
  @Benchmark
  public void floats() {
    floats.run();
  }

  /** The same in double precision. */
  @Benchmark
  public void doubles() {
    doubles.run();
  }

  /**
   * The same as one would write it down.
   *
   * @return a coordinate
   */
  @Benchmark
  public double plain() {
    return plain.step(values, CboSteps.ALPHA);
  }

  /** A tenth of the particles, each with a consensus of its own. */
  @Benchmark
  public void polarised() {
    polarised.run();
  }

  /**
   * 2048 draws in single precision.
   *
   * @return the draws
   */
  @Benchmark
  public float[] gaussian() {
    random.fillGaussian(draws);
    return draws;
  }
}
