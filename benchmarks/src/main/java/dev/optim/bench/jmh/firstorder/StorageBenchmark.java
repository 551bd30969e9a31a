package dev.optim.bench.jmh.firstorder;

import dev.optim.random.RandomStream;
import dev.optim.sgd.AdamW;
import dev.optim.sgd.Lion;
import dev.optim.update.Bfloat16;
import dev.optim.update.FloatUpdater;
import dev.optim.update.NonFinite;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
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

/** Steps with state, or state and parameters, in bfloat16 against single precision, in turns. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 5)
@Fork(1)
public class StorageBenchmark {

  /** The rule. */
  @Param({"Lion", "AdamW"})
  public String rule = "";

  /** The number of parameters. */
  @Param({"1000000", "10000000"})
  public int elements;

  private Runnable wide = () -> {};
  private Runnable narrowState = () -> {};
  private Runnable narrow = () -> {};

  /** The ratios. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Ratios {

    /** Time with state in bfloat16 over that in single precision. */
    public double stateOverWide;

    /** Time with state and parameters in bfloat16 over that in single precision. */
    public double bothOverWide;

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void reset() {
      stateOverWide = 0;
      bothOverWide = 0;
    }
  }

  /** Makes the arrays. */
  @Setup(Level.Trial)
  public void prepare() {
    UpdatePlan plan =
        UpdatePlan.of(rule.equals("Lion") ? Lion.of(1e-4) : AdamW.of(1e-3))
            .withNonFinite(NonFinite.TRUST);
    Parameters layout = Parameters.vector(elements);
    float[] g = gaussian(2);
    float[] x = gaussian(1);
    FloatUpdater wideUpdater = plan.floats(layout);
    wide = () -> wideUpdater.step(x, g);
    float[] y = x.clone();
    FloatUpdater stateUpdater = plan.withBfloat16State().floats(layout);
    narrowState = () -> stateUpdater.step(y, g);
    short[] z = Bfloat16.nearest(x);
    FloatUpdater bothUpdater = plan.withBfloat16State().floats(layout);
    narrow = () -> bothUpdater.step(z, g);
  }

  private float[] gaussian(long seed) {
    float[] values = new float[elements];
    RandomStream.of(seed).fillGaussian(values);
    return values;
  }

  /**
   * Times the three in turns.
   *
   * @param ratios written
   */
  @Benchmark
  public void step(Ratios ratios) {
    double[] fastest = Turns.fastest(Math.max(5, 10_000_000 / elements), wide, narrowState, narrow);
    ratios.stateOverWide = fastest[1] / fastest[0];
    ratios.bothOverWide = fastest[2] / fastest[0];
  }
}
