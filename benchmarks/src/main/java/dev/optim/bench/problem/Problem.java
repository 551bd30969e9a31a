package dev.optim.bench.problem;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.Start;
import dev.optim.bench.report.Metric;
import dev.optim.update.Parameters;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * A problem as the comparison sees it. Its type says what a method may ask of it: a {@code
 * Problem<FiniteSum>} offers batches, a {@code Problem<Objective>} values only. Immutable and safe
 * to share; what a run needs for itself it gets from {@link #open}.
 *
 * @param <P> what the problem offers
 * @param name short, lower case, no blanks: the name used on the command line
 * @param summary what it is, in a line
 * @param description everything that fixes it, in a few sentences
 * @param layout the tensors its variables make up
 * @param start where runs begin, of the layout's dimension
 * @param budget what a run may spend
 * @param metrics what is measured; the first is what is minimised and ranked by
 * @param lowest the least value the first metric can have, where it is known
 * @param instances makes an instance for one run
 */
public record Problem<P>(
    String name,
    String summary,
    String description,
    Parameters layout,
    Start start,
    Budget budget,
    List<Metric> metrics,
    OptionalDouble lowest,
    Supplier<Instance<P>> instances) {

  /** Checks the arguments and copies the list. */
  public Problem {
    requireNonNull(name, "name");
    requireNonNull(summary, "summary");
    requireNonNull(description, "description");
    requireNonNull(layout, "layout");
    requireNonNull(budget, "budget");
    requireNonNull(lowest, "lowest");
    requireNonNull(instances, "instances");
    Checks.length("start", start.dimension(), layout.length());
    metrics = List.copyOf(metrics);
    Checks.atLeastOne("metrics.size", metrics.size());
  }

  /**
   * A problem whose least value is not known.
   *
   * @param name short, lower case, no blanks
   * @param summary what it is, in a line
   * @param description everything that fixes it
   * @param layout the tensors its variables make up
   * @param start where runs begin
   * @param budget what a run may spend
   * @param metrics what is measured
   * @param instances makes an instance for one run
   */
  public Problem(
      String name,
      String summary,
      String description,
      Parameters layout,
      Start start,
      Budget budget,
      List<Metric> metrics,
      Supplier<Instance<P>> instances) {
    this(
        name,
        summary,
        description,
        layout,
        start,
        budget,
        metrics,
        OptionalDouble.empty(),
        instances);
  }

  /**
   * Opens the problem for one run.
   *
   * @return an instance with working memory of its own
   */
  public Instance<P> open() {
    return instances.get();
  }

  /**
   * The same problem with another budget.
   *
   * @param other the budget
   * @return a new problem
   */
  public Problem<P> withBudget(Budget other) {
    return new Problem<>(
        name, summary, description, layout, start, other, metrics, lowest, instances);
  }

  /**
   * The same problem with its least value: targets are measured from there.
   *
   * @param value the least value of the first metric
   * @return a new problem
   */
  public Problem<P> withLowest(double value) {
    return new Problem<>(
        name,
        summary,
        description,
        layout,
        start,
        budget,
        metrics,
        OptionalDouble.of(value),
        instances);
  }

  /**
   * A problem opened for one run. It belongs to one thread at a time.
   *
   * @param <P> what the problem offers
   * @param oracle what the method asks
   * @param measurement what the harness measures, beside the method's budget and time
   */
  public record Instance<P>(P oracle, Measurement measurement) {}

  /** Measures a point. */
  @FunctionalInterface
  public interface Measurement {

    /**
     * Measures a point.
     *
     * @param x the point; read only, not kept
     * @return a new array with one value for each of the problem's metrics
     */
    double[] at(double[] x);
  }
}
