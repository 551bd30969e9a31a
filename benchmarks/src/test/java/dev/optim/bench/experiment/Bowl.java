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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** A tiny comparison: half the squared distance from zero, in two variables. */
final class Bowl {

  /** How many runs have been started. */
  final AtomicInteger opened = new AtomicInteger();

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
    return new Problem.Instance<>(
        DifferentiableObjective.of(Bowl::value, (x, out) -> System.arraycopy(x, 0, out, 0, 2)),
        x -> new double[] {value(x)});
  }

  private static double value(double[] x) {
    return (x[0] * x[0] + x[1] * x[1]) / 2;
  }

  Track<DifferentiableObjective> track() {
    return new Track<>(
        List.of(problem()),
        List.of(
            descent(0.01, 0.5, 3),
            new Method<>("adam", "Adam", List.of(new Method.Candidate<>("0.1", Adam.of(0.1))))));
  }

  /** Gradient descent, with these step sizes to choose from. */
  static Method<DifferentiableObjective> descent(double... stepSizes) {
    return new Method<>(
        "descent",
        "downhill",
        Arrays.stream(stepSizes)
            .mapToObj(
                size -> new Method.Candidate<DifferentiableObjective>("size " + size, Sgd.of(size)))
            .toList());
  }
}
