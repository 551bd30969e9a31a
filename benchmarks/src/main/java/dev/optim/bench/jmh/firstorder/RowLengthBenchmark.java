package dev.optim.bench.jmh.firstorder;

import dev.optim.random.RandomStream;
import dev.optim.sgd.AdamP;
import dev.optim.sgd.AdamW;
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

/**
 * AdamP on a million parameters by the length of the rows of its channel view, against AdamW on as
 * many, in turns; with no row projected, and with every row projected.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 5)
@Fork(1)
public class RowLengthBenchmark {

  private static final int ELEMENTS = 1_000_000;

  /** The elements of a row. */
  @Param({"1", "4", "16", "32", "100", "1000", "10000", "100000", "1000000"})
  public int columns;

  /** The threshold of the projection: 0 never projects, 1e9 always. */
  @Param({"0", "1e9"})
  public double delta;

  private Runnable adamP = () -> {};
  private Runnable adamW = () -> {};

  /** The ratio. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Ratio {

    /** Time of AdamP over that of AdamW. */
    public double overAdamW;

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void reset() {
      overAdamW = 0;
    }
  }

  /** Makes the arrays. */
  @Setup(Level.Trial)
  public void prepare() {
    adamP = steps(AdamP.of(1e-3).withProjection(delta, 0.1));
    adamW = steps(AdamW.of(1e-3));
  }

  private Runnable steps(UpdateRule rule) {
    Parameters layout = Parameters.builder().add("w", ELEMENTS / columns, columns).build();
    FloatUpdater updater = UpdatePlan.of(rule).withNonFinite(NonFinite.TRUST).floats(layout);
    float[] x = new float[ELEMENTS];
    float[] g = new float[ELEMENTS];
    RandomStream.of(1).fillGaussian(x);
    RandomStream.of(2).fillGaussian(g);
    return () -> updater.step(x, g);
  }

  /**
   * Times both in turns.
   *
   * @param ratio written
   */
  @Benchmark
  public void step(Ratio ratio) {
    double[] fastest = Turns.fastest(20, adamP, adamW);
    ratio.overAdamW = fastest[0] / fastest[1];
  }
}
