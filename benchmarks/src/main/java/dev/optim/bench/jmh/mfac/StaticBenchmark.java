package dev.optim.bench.jmh.mfac;

import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import dev.optim.secondorder.StaticFisher;
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

/** Building the static inverse, against the paper's recursion row by row on the same kernels. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms8g", "-Xmx8g", "--add-modules", "jdk.incubator.vector"})
public class StaticBenchmark {

  private static final double DAMPING = 1e-3;

  /** Elements of a gradient. */
  @Param({"100000", "1000000"})
  public int d;

  /** Gradients. */
  @Param({"64", "256"})
  public int m;

  private double[][] gradients;

  /** Gaussian gradients. */
  @Setup
  public void fill() {
    gradients = new double[m][d];
    RandomStream random = RandomStream.of(1);
    for (double[] gradient : gradients) {
      random.fillGaussian(gradient, 0, d);
    }
  }

  /**
   * In blocks of columns.
   *
   * @return the inverse
   */
  @Benchmark
  public StaticFisher build() {
    return StaticFisher.of(gradients, DAMPING);
  }

  /**
   * One Sherman-Morrison update after the other.
   *
   * @return the vectors of the recursion
   */
  @Benchmark
  public double[][] rowByRow() {
    double[][] v = new double[m][d];
    double[] q = new double[m];
    for (int i = 0; i < m; i++) {
      Kernels.axpy(1 / DAMPING, gradients[i], v[i], 0, d);
      for (int j = 0; j < i; j++) {
        Kernels.axpy(-Kernels.dot(v[j], gradients[i]) / q[j], v[j], v[i], 0, d);
      }
      q[i] = m + Kernels.dot(gradients[i], v[i]);
    }
    return v;
  }
}
