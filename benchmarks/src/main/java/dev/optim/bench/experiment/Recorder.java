package dev.optim.bench.experiment;

import dev.optim.Iterate;
import dev.optim.Observer;
import dev.optim.Result;
import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.report.Curve;
import java.util.function.LongSupplier;

/**
 * Measures a run whenever it has spent its way to the next point of the budget. Measuring counts
 * neither as the method's evaluations nor as its time.
 */
final class Recorder implements Observer {

  private final Budget budget;
  private final Problem.Measurement measurement;
  private final LongSupplier nanoClock;
  private final Curve.Builder curve;
  private final long began;
  private long measuring;
  private int next;
  private long lastIteration = -1;

  /** Starts the clock. */
  Recorder(Budget budget, int metrics, Problem.Measurement measurement, LongSupplier nanoClock) {
    this.budget = budget;
    this.measurement = measurement;
    this.nanoClock = nanoClock;
    curve = Curve.builder(metrics);
    began = nanoClock.getAsLong();
  }

  @Override
  public void started(Iterate start) {
    iterated(start);
  }

  @Override
  public void iterated(Iterate iterate) {
    long spent = budget.unit().of(iterate.evaluations());
    if (next > budget.points() || spent < budget.point(next)) {
      return;
    }
    while (next <= budget.points() && budget.point(next) <= spent) {
      next++;
    }
    record(spent, iterate.iteration(), iterate.point());
  }

  /** Measures the end of a run that ended between two points. */
  @Override
  public void finished(Result result) {
    if (result.iterations() > lastIteration) {
      record(budget.unit().of(result.evaluations()), result.iterations(), result.point());
    }
  }

  Curve curve() {
    return curve.build();
  }

  private void record(long spent, long iteration, double[] point) {
    long begin = nanoClock.getAsLong();
    double[] measured = measurement.at(point);
    curve.add(spent, begin - began - measuring, measured);
    lastIteration = iteration;
    measuring += nanoClock.getAsLong() - begin;
  }
}
