package dev.optim.bench.jmh.nd4j;

import dev.optim.nd4j.ArrayUpdater;
import dev.optim.random.RandomStream;
import dev.optim.sgd.Adam;
import dev.optim.update.Parameters;
import dev.optim.update.StepOutcome;
import dev.optim.update.UpdatePlan;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.nativeblas.NativeOpsHolder;
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
 * One step of Adam on an array of ND4J's: by this library, and by ND4J's own updater followed by
 * the subtraction of what it makes of the gradient. Both on as many threads.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AdamSteps {

  private static final double STEP_SIZE = 1e-3;

  /** The number of parameters. */
  @Param({"1000", "100000", "1000000"})
  public int elements;

  /** The threads of a step; for ND4J those of OpenMP. */
  @Param("1")
  public int threads;

  private INDArray x = Nd4j.empty();
  private INDArray gradient = Nd4j.empty();
  private INDArray y = Nd4j.empty();
  private INDArray becomesStep = Nd4j.empty();
  private ArrayUpdater updater =
      ArrayUpdater.of(UpdatePlan.of(Adam.of(STEP_SIZE)), Parameters.vector(1), DataType.FLOAT);
  private GradientUpdater<?> nd4jUpdater =
      new org.nd4j.linalg.learning.config.Adam(STEP_SIZE)
          .instantiate(Nd4j.zeros(DataType.FLOAT, 1, 2), true);
  private int iteration;

  /** Makes arrays and updaters. */
  @Setup(Level.Trial)
  public void prepare() {
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    x = gaussian(1);
    y = gaussian(1);
    gradient = gaussian(2);
    becomesStep = gaussian(2);
    updater =
        ArrayUpdater.of(
            UpdatePlan.of(Adam.of(STEP_SIZE)).withThreads(threads),
            Parameters.vector(elements),
            DataType.FLOAT);
    nd4jUpdater =
        new org.nd4j.linalg.learning.config.Adam(STEP_SIZE)
            .instantiate(Nd4j.zeros(DataType.FLOAT, 1, 2L * elements), true);
    iteration = 0;
  }

  private INDArray gaussian(long seed) {
    float[] values = new float[elements];
    RandomStream.of(seed).fillGaussian(values);
    return Nd4j.createFromArray(values);
  }

  /**
   * The step of this library.
   *
   * @return what became of it
   */
  @Benchmark
  public StepOutcome arrayUpdater() {
    return updater.step(x, gradient);
  }

  /**
   * The step of ND4J, which works in the array of the gradient.
   *
   * @return the parameters
   */
  @Benchmark
  public INDArray nd4j() {
    nd4jUpdater.applyUpdater(becomesStep, iteration++, 0);
    return y.subi(becomesStep);
  }
}
