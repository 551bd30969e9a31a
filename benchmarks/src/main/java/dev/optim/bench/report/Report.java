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
 * @param problems at least one problem, with distinct names, shown in this order
 */
public record Report(
    String title,
    Instant generatedAt,
    Map<String, String> environment,
    List<ProblemReport> problems) {
  /**
   * Copies the map and the list.
   *
   * @param title the heading of the page
   * @param generatedAt when the comparison was made
   * @param environment where it was made
   * @param problems at least one problem
   * @throws IllegalArgumentException if there is no problem or two have the same name
   */
  public Report {
    requireNonNull(title, "title");
    requireNonNull(generatedAt, "generatedAt");
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    problems = List.copyOf(problems);
    Names.requireDistinct("problems", problems, ProblemReport::name);
  }
}
