package dev.optim.bench.jmh.mfac;

import dev.optim.random.RandomStream;
import dev.optim.secondorder.FisherWindow;
import dev.optim.secondorder.WindowSettings;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
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
 * The part of a window step that does not depend on d: the factor follows a replaced gradient in
 * O(m^2), its periodic refactorisation included, against a factorisation at every step.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 6, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ReplacementBenchmark {

  private static final int D = 16;

  /** Gradients in the window. */
  @Param({"256", "1024"})
  public int m;

  private FisherWindow window;
  private double[] gradient;
  private DMatrixRMaj gram;
  private CholeskyDecomposition_F64<DMatrixRMaj> cholesky;
  private DMatrixRMaj scratch;
  private RandomStream random;

  /** A full window of short gradients, and a Gram matrix. */
  @Setup
  public void fill() {
    random = RandomStream.of(1);
    window = FisherWindow.of(D, WindowSettings.of(m, 1e-3));
    gradient = new double[D];
    for (int k = 0; k < m; k++) {
      random.fillGaussian(gradient, 0, D);
      window.add(gradient);
    }
    DMatrixRMaj g = new DMatrixRMaj(m, D);
    random.fillGaussian(g.data, 0, g.data.length);
    gram = new DMatrixRMaj(m, m);
    CommonOps_DDRM.multOuter(g, gram);
    for (int i = 0; i < m; i++) {
      gram.add(i, i, m * 1e-3);
    }
    scratch = new DMatrixRMaj(m, m);
    cholesky = DecompositionFactory_DDRM.chol(m, true);
  }

  /**
   * Replaces the oldest gradient.
   *
   * @return the window
   */
  @Benchmark
  public FisherWindow replace() {
    random.fillGaussian(gradient, 0, D);
    window.add(gradient);
    return window;
  }

  /**
   * Factors the matrix of all gradients.
   *
   * @return whether it is positive definite
   */
  @Benchmark
  public boolean factorise() {
    scratch.setTo(gram);
    return cholesky.decompose(scratch);
  }
}
