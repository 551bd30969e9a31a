package dev.optim.bench.jmh.firstorder;

import dev.optim.random.RandomStream;
import dev.optim.sgd.AdamP;
import dev.optim.sgd.AdamW;
import dev.optim.sgd.DiffGrad;
import dev.optim.sgd.Lion;
import dev.optim.update.FloatUpdater;
import dev.optim.update.NonFinite;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
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

/** A fused step against the same step composed of array operations, in turns. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 5)
@Fork(1)
public class CompositionBenchmark {

  /** The rule. */
  @Param({"LION", "ADAMW", "ADAMP", "DIFFGRAD"})
  public String rule = "";

  /** The number of parameters. */
  @Param({"100000", "1000000", "10000000"})
  public int elements;

  private Runnable fused = () -> {};
  private Runnable composed = () -> {};

  /** The ratio. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Ratio {

    /** Time of the composed step over that of the fused one. */
    public double composedOverFused;

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void reset() {
      composedOverFused = 0;
    }
  }

  /** Makes the arrays. */
  @Setup(Level.Trial)
  public void prepare() {
    Composition composition = Composition.valueOf(rule);
    UpdateRule fusedRule =
        switch (composition) {
          case LION -> Lion.of(1e-4).withWeightDecay(0.1);
          case ADAMW -> AdamW.of(1e-3).withWeightDecay(0.01);
          case ADAMP -> AdamP.of(1e-3).withWeightDecay(0.01);
          case DIFFGRAD -> DiffGrad.of(1e-3);
        };
    int columns = Composition.COLUMNS;
    Parameters layout = Parameters.builder().add("w", elements / columns, columns).build();
    FloatUpdater updater = UpdatePlan.of(fusedRule).withNonFinite(NonFinite.TRUST).floats(layout);
    float[] x = gaussian(1);
    float[] g = gaussian(2);
    fused = () -> updater.step(x, g);
    float[] y = x.clone();
    Composition.Memory memory = new Composition.Memory(elements);
    composed = () -> composition.step(y, g, memory);
  }

  private float[] gaussian(long seed) {
    float[] values = new float[elements];
    RandomStream.of(seed).fillGaussian(values);
    return values;
  }

  /**
   * Times both in turns.
   *
   * @param ratio written
   */
  @Benchmark
  public void step(Ratio ratio) {
    double[] fastest = Turns.fastest(Math.max(7, 20_000_000 / elements), fused, composed);
    ratio.composedOverFused = fastest[1] / fastest[0];
  }
}
