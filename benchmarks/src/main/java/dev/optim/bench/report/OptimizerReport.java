package dev.optim.bench.report;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One optimizer on one problem, from several seeds.
 *
 * @param name the optimizer; the same name on another problem is drawn in the same colour
 * @param hyperparameters what it ran with, as text, e.g. {@code "step size 0.001, momentum 0.9"}
 * @param tuning what their choice cost
 * @param runs at least one run, with distinct seeds
 */
public record OptimizerReport(
    String name, String hyperparameters, Tuning tuning, List<RunReport> runs) {
  /**
   * Copies the list.
   *
   * @param name the optimizer
   * @param hyperparameters what it ran with
   * @param tuning what their choice cost
   * @param runs at least one run
   * @throws IllegalArgumentException if the name is blank, there is no run or a seed comes twice
   */
  public OptimizerReport {
    Names.requireNotBlank("optimizer", name);
    requireNonNull(hyperparameters, "hyperparameters");
    requireNonNull(tuning, "tuning");
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("runs of " + name + " is empty; at least one is needed");
    }
    Set<Long> seeds = new HashSet<>();
    for (RunReport run : runs) {
      if (!seeds.add(run.seed())) {
        throw new IllegalArgumentException(
            "runs of " + name + " has seed " + run.seed() + " twice; seeds must differ");
      }
    }
  }

  /**
   * The runs with a result.
   *
   * @return in the order of {@link #runs()}, possibly none
   */
  public List<RunReport.Completed> completed() {
    return runs.stream()
        .filter(RunReport.Completed.class::isInstance)
        .map(RunReport.Completed.class::cast)
        .toList();
  }

  /**
   * The runs without a result.
   *
   * @return in the order of {@link #runs()}, possibly none
   */
  public List<RunReport.Failed> failed() {
    return runs.stream()
        .filter(RunReport.Failed.class::isInstance)
        .map(RunReport.Failed.class::cast)
        .toList();
  }
}
