package dev.optim.bench.jmh.bilevel;

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

/**
 * Iterations of bilevel methods beside the evaluations they make; with {@code -prof gc}, what they
 * allocate. {@code optim bench bilevel} runs the same work in turns, and gives ratios.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class IterationBenchmark {

  /** What is done. */
  public enum Kind {
    /** LV-HBA on the linear toy problem. */
    LV_HBA,
    /** The evaluations of LV-HBA. */
    LV_HBA_EVALUATIONS,
    /** The projection of LV-HBA. */
    PROJECTION,
    /** BiC-GAFFA on the linear toy problem. */
    BIC_GAFFA,
    /** The penalty method on a regression. */
    PENALTY,
    /** The evaluations of the penalty method. */
    PENALTY_EVALUATIONS,
    /** A hypergradient of a regression. */
    HYPERGRADIENT,
    /** The evaluations of a hypergradient. */
    HYPERGRADIENT_EVALUATIONS
  }

  /** What is done. */
  @Param public Kind kind = Kind.LV_HBA;

  /** The length of x. */
  @Param({"100", "1000"})
  public int n;

  private Runnable work = () -> {};

  /** Makes the problem and begins the run. */
  @Setup
  public void begin() {
    work =
        switch (kind) {
          case LV_HBA -> Work.lvHba(n);
          case LV_HBA_EVALUATIONS -> Work.lvHbaEvaluations(n);
          case PROJECTION -> Work.projection(n);
          case BIC_GAFFA -> Work.bicGaffa(n);
          case PENALTY -> Work.penalty(n);
          case PENALTY_EVALUATIONS -> Work.penaltyEvaluations(n);
          case HYPERGRADIENT -> Work.hypergradient(n);
          case HYPERGRADIENT_EVALUATIONS -> Work.hypergradientEvaluations(n);
        };
  }

  /** Does it once. */
  @Benchmark
  public void once() {
    work.run();
  }
}
