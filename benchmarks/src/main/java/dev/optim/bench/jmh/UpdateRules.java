package dev.optim.bench.jmh;

import dev.optim.random.RandomStream;
import dev.optim.sgd.AdamP;
import dev.optim.sgd.AdamW;
import dev.optim.sgd.DiffGrad;
import dev.optim.sgd.Lion;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.FloatUpdater;
import dev.optim.update.NonFinite;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.util.Arrays;
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
 * The speed of update rules. Each invocation runs the step, the streaming loop of the same reads
 * and writes, and the step on one thread in turns, and reports the ratios of their fastest times:
 * {@code ofCeiling}, streaming time over step time, and {@code speedUp}, one thread's time over
 * that of the threads asked for.
 *
 * <p>Gradients are trusted to be finite, as the streaming loop does not look either; the parameter
 * {@code nonFinite=SKIP} shows what looking costs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 9)
@Fork(1)
public class UpdateRules {

  /** The rule. */
  @Param({"Lion", "AdamW", "AdamP", "DiffGrad"})
  public String rule = "";

  /** The number of parameters. */
  @Param({"100000", "1000000", "10000000"})
  public int elements;

  /** The precision. */
  @Param({"float", "double"})
  public String precision = "";

  /** The threads of the step. */
  @Param({"1", "2"})
  public int threads;

  /** One tensor, or as many of 10,000 elements. */
  @Param({"one", "many"})
  public String tensors = "";

  /** What happens to a gradient that is not finite. */
  @Param("TRUST")
  public NonFinite nonFinite = NonFinite.TRUST;

  private Streams ceiling = Streams.LIN5;
  private float[][] floats = {};
  private double[][] doubles = {};
  private FloatUpdater[] floatUpdaters = {};
  private DoubleUpdater[] doubleUpdaters = {};

  /** The ratios. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Ratios {

    /** Streaming time over step time. */
    public double ofCeiling;

    /** Time of one thread over time of the threads asked for. */
    public double speedUp;

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void reset() {
      ofCeiling = 0;
      speedUp = 0;
    }
  }

  /** Makes the arrays and updaters. */
  @Setup(Level.Trial)
  public void prepare() {
    ceiling =
        switch (rule) {
          case "Lion" -> Streams.LIN5;
          case "DiffGrad" -> Streams.LIN9;
          default -> Streams.LIN7;
        };
    Parameters layout = layout();
    UpdatePlan plan = UpdatePlan.of(rule()).withNonFinite(nonFinite);
    RandomStream random = RandomStream.of(1);
    if (precision.equals("float")) {
      floats = new float[ceiling.vectors()][elements];
      random.fillGaussian(floats[0]);
      random.fillGaussian(floats[floats.length - 1]);
      floatUpdaters =
          new FloatUpdater[] {plan.floats(layout), plan.withThreads(threads).floats(layout)};
    } else {
      doubles = new double[ceiling.vectors()][elements];
      random.fillGaussian(doubles[0]);
      random.fillGaussian(doubles[doubles.length - 1]);
      doubleUpdaters =
          new DoubleUpdater[] {plan.doubles(layout), plan.withThreads(threads).doubles(layout)};
    }
  }

  private UpdateRule rule() {
    return switch (rule) {
      case "Lion" -> Lion.of(1e-4).withWeightDecay(0.1);
      case "AdamW" -> AdamW.of(1e-3);
      case "AdamP" -> AdamP.of(1e-3).withWeightDecay(0.01);
      case "DiffGrad" -> DiffGrad.of(1e-3);
      default -> throw new IllegalArgumentException("no rule " + rule);
    };
  }

  /** Matrices, so that AdamP has rows: 1,000 columns in one tensor, 100 in many. */
  private Parameters layout() {
    Parameters.Builder builder = Parameters.builder();
    if (tensors.equals("one")) {
      return builder.add("x", elements / 1000, 1000).build();
    }
    for (int i = 0; i < elements / 10_000; i++) {
      builder.add("x" + i, 100, 100);
    }
    return builder.build();
  }

  /**
   * Times the three in turns.
   *
   * @param ratios written
   */
  @Benchmark
  public void step(Ratios ratios) {
    int rounds = Math.max(7, 20_000_000 / elements);
    long[] fastest = new long[3];
    Arrays.fill(fastest, Long.MAX_VALUE);
    for (int round = 0; round < rounds; round++) {
      for (int which = 0; which < 3; which++) {
        long begin = System.nanoTime();
        run(which);
        fastest[which] = Math.min(fastest[which], System.nanoTime() - begin);
      }
    }
    ratios.ofCeiling = (double) fastest[2] / fastest[1];
    ratios.speedUp = (double) fastest[0] / fastest[1];
  }

  /** 0: the step on one thread, 1: on the threads asked for, 2: the streaming loop. */
  private void run(int which) {
    if (precision.equals("float")) {
      if (which == 2) {
        ceiling.runAll(floats);
      } else {
        floatUpdaters[which].step(floats[0], floats[floats.length - 1]);
      }
    } else if (which == 2) {
      ceiling.runAll(doubles);
    } else {
      doubleUpdaters[which].step(doubles[0], doubles[doubles.length - 1]);
    }
  }
}
