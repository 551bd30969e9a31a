package dev.optim.bench.report;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Several optimizers on one problem.
 *
 * @param name the problem
 * @param description what it is, in a sentence or two
 * @param dimension the number of variables, at least 1
 * @param evaluationUnit what a curve's evaluations count, in the plural, e.g. {@code "gradient
 *     evaluations"}
 * @param metrics at least one, with distinct names; optimizers are ranked by the first
 * @param optimizers at least one, with distinct names
 */
public record ProblemReport(
    String name,
    String description,
    int dimension,
    String evaluationUnit,
    List<Metric> metrics,
    List<OptimizerReport> optimizers) {
  /**
   * Copies the lists.
   *
   * @param name the problem
   * @param description what it is
   * @param dimension the number of variables
   * @param evaluationUnit what a curve's evaluations count
   * @param metrics at least one
   * @param optimizers at least one
   * @throws IllegalArgumentException if a name is blank or comes twice, a list is empty, the
   *     dimension is not positive or a curve does not have one value per metric
   */
  public ProblemReport {
    Names.requireNotBlank("problem", name);
    requireNonNull(description, "description");
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension is " + dimension + "; at least 1 is needed");
    }
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
}
