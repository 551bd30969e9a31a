package dev.optim.bench.report;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outcome of one comparison: several optimizers on several problems, each from several seeds.
 *
 * <p>Immutable and safe to share. {@link ReportWriter} turns it into files.
 *
 * @param title the heading of the page
 * @param generatedAt when the comparison was made
 * @param environment where it was made (JDK, flags, CPU, cores, library version, commit, ...),
 *     shown in the map's own order
 * @param targets parts of the way from the start to the lowest value that are still to go when a
 *     target is reached, decreasing, at least one
 * @param problems at least one problem, with distinct names, shown in this order
 */
public record Report(
    String title,
    Instant generatedAt,
    Map<String, String> environment,
    List<Double> targets,
    List<ProblemReport> problems) {
  /**
   * Copies the map and the list.
   *
   * @param title the heading of the page
   * @param generatedAt when the comparison was made
   * @param environment where it was made
   * @param targets parts of the way still to go
   * @param problems at least one problem
   * @throws IllegalArgumentException if there is no problem or two have the same name
   */
  public Report {
    requireNonNull(title, "title");
    requireNonNull(generatedAt, "generatedAt");
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("targets is empty; at least one is needed");
    }
    problems = List.copyOf(problems);
    Names.requireDistinct("problems", problems, ProblemReport::name);
  }

  /**
   * This report, and what an earlier one has beside: its other problems, and its other optimizers
   * on problems that were run with the same budget and seeds in both.
   *
   * @param earlier made under the same conditions
   * @return both together, in the order of the earlier one
   */
  public Report including(Report earlier) {
    Map<String, ProblemReport> all = new LinkedHashMap<>();
    earlier.problems.forEach(problem -> all.put(problem.name(), problem));
    problems.forEach(problem -> all.merge(problem.name(), problem, Report::newer));
    return new Report(title, generatedAt, environment, targets, List.copyOf(all.values()));
  }

  private static ProblemReport newer(ProblemReport before, ProblemReport now) {
    if (!now.isLike(before) || !now.seeds().equals(before.seeds())) {
      return now;
    }
    Map<String, OptimizerReport> all = new LinkedHashMap<>();
    before.optimizers().forEach(optimizer -> all.put(optimizer.name(), optimizer));
    now.optimizers().forEach(optimizer -> all.put(optimizer.name(), optimizer));
    return now.with(List.copyOf(all.values()));
  }
}
