package dev.optim.bench.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Several optimizers on one problem.
 *
 * @param name the problem
 * @param description what it is, in a sentence or two
 * @param dimension the number of variables, at least 1
 * @param evaluationUnit what a curve's evaluations count, in the plural, e.g. {@code "gradient
 *     evaluations"}
 * @param budget how many of them a run may spend, at least 1
 * @param lowest the least value of the first metric, where it is known
 * @param metrics at least one, with distinct names; optimizers are ranked by the first
 * @param optimizers at least one, with distinct names
 */
public record ProblemReport(
    String name,
    String description,
    int dimension,
    String evaluationUnit,
    long budget,
    OptionalDouble lowest,
    List<Metric> metrics,
    List<OptimizerReport> optimizers) {
  /**
   * Copies the lists.
   *
   * @param name the problem
   * @param description what it is
   * @param dimension the number of variables
   * @param evaluationUnit what a curve's evaluations count
   * @param budget how many of them a run may spend
   * @param lowest the least value of the first metric, where it is known
   * @param metrics at least one
   * @param optimizers at least one
   * @throws IllegalArgumentException if a name is blank or comes twice, a list is empty, the
   *     dimension is not positive or a curve does not have one value per metric
   */
  public ProblemReport {
    Names.requireNotBlank("problem", name);
    requireNonNull(description, "description");
    requireAtLeastOne("dimension", dimension);
    requireAtLeastOne("budget", budget);
    requireNonNull(lowest, "lowest");
    Names.requireNotBlank("evaluationUnit", evaluationUnit);
    metrics = List.copyOf(metrics);
    Names.requireDistinct("metrics", metrics, Metric::name);
    optimizers = List.copyOf(optimizers);
    Names.requireDistinct("optimizers", optimizers, OptimizerReport::name);
    for (OptimizerReport optimizer : optimizers) {
      for (RunReport.Completed run : optimizer.completed()) {
        if (run.curve().metrics() != metrics.size()) {
          throw new IllegalArgumentException(
              "the curve of %s, seed %d has %d metrics; the problem has %d"
                  .formatted(optimizer.name(), run.seed(), run.curve().metrics(), metrics.size()));
        }
      }
    }
  }

  /** Whether runs on both can be compared: what they may spend and what is measured is the same. */
  boolean isLike(ProblemReport other) {
    return dimension == other.dimension
        && evaluationUnit.equals(other.evaluationUnit)
        && budget == other.budget
        && metrics.equals(other.metrics);
  }

  /** The seeds of all runs. */
  Set<Long> seeds() {
    return optimizers.stream()
        .flatMap(optimizer -> optimizer.runs().stream())
        .map(RunReport::seed)
        .collect(Collectors.toSet());
  }

  /** The same problem with other optimizers. */
  ProblemReport with(List<OptimizerReport> others) {
    return new ProblemReport(
        name, description, dimension, evaluationUnit, budget, lowest, metrics, others);
  }

  private static void requireAtLeastOne(String argument, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(argument + " is " + value + "; at least 1 is needed");
    }
  }
}
