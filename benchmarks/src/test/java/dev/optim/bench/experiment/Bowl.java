package dev.optim.bench.experiment;

import dev.optim.DifferentiableObjective;
import dev.optim.Start;
import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.CostUnit;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.report.Metric;
import dev.optim.sgd.Adam;
import dev.optim.sgd.Sgd;
import dev.optim.update.Parameters;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** A tiny comparison: half the squared distance from zero, in two variables. */
final class Bowl {

  /** How many runs have been started. */
  final AtomicInteger opened = new AtomicInteger();

  private final long millisPerRun;

  Bowl() {
    this(0);
  }

  /** A run takes at least so long. */
  Bowl(long millisPerRun) {
    this.millisPerRun = millisPerRun;
  }

  /** Whether the run of this number, counted from 1, throws. */
  IntPredicate broken = number -> false;

  Problem<DifferentiableObjective> problem() {
    return new Problem<>(
        "bowl",
        "a bowl",
        "Half the squared distance from zero.",
        Parameters.vector(2),
        Start.uniform(2, -1, 1),
        new Budget(CostUnit.GRADIENTS, 20, 4),
        List.of(Metric.loss("value")),
        this::open);
  }

  private Problem.Instance<DifferentiableObjective> open() {
    if (broken.test(opened.incrementAndGet())) {
      throw new IllegalStateException("out of order");
    }
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < 1_000_000 * millisPerRun) {
      Thread.onSpinWait();
    }
    return new Problem.Instance<>(
        DifferentiableObjective.of(Bowl::value, (x, out) -> System.arraycopy(x, 0, out, 0, 2)),
        x -> new double[] {value(x)});
  }

  private static double value(double[] x) {
    return (x[0] * x[0] + x[1] * x[1]) / 2;
  }

  Track<DifferentiableObjective> track() {
    return new Track<>(
        List.of(problem()), List.of(descent(0.01, 3), Method.of("adam", "Adam", Adam.of(0.1))));
  }

  /** Gradient descent, with step sizes in this range. */
  static Method<DifferentiableObjective> descent(double low, double high) {
    return Method.of("descent", "downhill", Range.log("size", low, high), Sgd::of);
  }
}
