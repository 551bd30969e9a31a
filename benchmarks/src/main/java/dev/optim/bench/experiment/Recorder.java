package dev.optim.bench.experiment;

import dev.optim.Evaluations;
import dev.optim.Iterate;
import dev.optim.Observer;
import dev.optim.Result;
import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.report.Curve;
import dev.optim.bench.report.Spent;
import java.util.function.LongSupplier;

/**
 * Measures a run whenever it has spent its way to the next point of the budget. Measuring counts
 * neither as the method's evaluations nor as its time or memory.
 */
final class Recorder implements Observer {

  private final Budget budget;
  private final Problem.Measurement measurement;
  private final Meter nanos;
  private final Meter bytes;
  private final Curve.Builder curve;
  private int next;
  private long lastIteration = -1;

  /** Starts the clocks: one tells nanoseconds, the other the bytes this thread has allocated. */
  Recorder(
      Budget budget,
      int metrics,
      Problem.Measurement measurement,
      LongSupplier nanoClock,
      LongSupplier allocatedBytes) {
    this.budget = budget;
    this.measurement = measurement;
    curve = Curve.builder(metrics);
    nanos = new Meter(nanoClock);
    bytes = new Meter(allocatedBytes);
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
    record(iterate.evaluations(), iterate.iteration(), iterate.point());
  }

  /** Measures the end of a run that ended between two points. */
  @Override
  public void finished(Result result) {
    if (result.iterations() > lastIteration) {
      record(result.evaluations(), result.iterations(), result.point());
    }
  }

  Curve curve() {
    return curve.build();
  }

  private void record(Evaluations.Counts counts, long iteration, double[] point) {
    nanos.pause();
    bytes.pause();
    curve.add(spent(counts), measurement.at(point));
    lastIteration = iteration;
    bytes.resume();
    nanos.resume();
  }

  /** What has been spent, as far as the clocks were running. */
  Spent spent(Evaluations.Counts counts) {
    return new Spent(
        budget.unit().of(counts), counts.values(), counts.gradients(), nanos.read(), bytes.read());
  }

  /** A clock that can be held. */
  private static final class Meter {

    private final LongSupplier clock;
    private long origin;
    private long held;

    Meter(LongSupplier clock) {
      this.clock = clock;
      origin = clock.getAsLong();
    }

    void pause() {
      held = clock.getAsLong() - origin;
    }

    long read() {
      return held;
    }

    void resume() {
      origin = clock.getAsLong() - held;
    }
  }
}
