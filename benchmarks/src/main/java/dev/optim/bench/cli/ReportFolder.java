package dev.optim.bench.cli;

import dev.optim.bench.experiment.Environment;
import dev.optim.bench.experiment.Experiment;
import dev.optim.bench.experiment.RunLog;
import dev.optim.bench.report.FileFailure;
import dev.optim.bench.report.ProblemReport;
import dev.optim.bench.report.Report;
import dev.optim.bench.report.ReportReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a comparison keeps its results.
 *
 * @param path the folder; created if it does not exist
 * @param fresh whether what is in it is to be forgotten
 */
record ReportFolder(Path path, boolean fresh) {

  private static final String WAYS_OUT =
      "; choose another folder with --out, or replace it with --fresh";

  /** The folder cannot be used; nothing has been changed in it. */
  static final class UnusableException extends IOException {

    private static final long serialVersionUID = 1;

    UnusableException(String message) {
      super(message);
    }
  }

  /** Opens the log, and makes sure on the way that the report can be written. */
  RunLog open() throws UnusableException {
    try {
      Files.createDirectories(path);
      Files.delete(Files.createTempFile(path, ".writable-", ""));
      RunLog log = RunLog.open(path.resolve("runs.jsonl"));
      if (fresh) {
        log.clear();
      }
      return log;
    } catch (IOException e) {
      throw new UnusableException(
          "cannot use the report folder " + path + ": " + FileFailure.inWords(e));
    }
  }

  /**
   * The report that is there, to be kept beside a new one.
   *
   * @return empty if there is none, or it holds nothing but what the experiment runs again
   * @throws UnusableException if it holds more, and the two cannot stand on one page
   */
  Optional<Report> kept(Experiment experiment, Environment here) throws UnusableException {
    Path results = path.resolve("results.json");
    if (fresh || !Files.exists(results)) {
      return Optional.empty();
    }
    Report report;
    try {
      report = ReportReader.read(results);
    } catch (IOException e) {
      throw new UnusableException(e.getMessage() + WAYS_OUT);
    }
    List<String> others = others(report, experiment);
    if (others.isEmpty()) {
      return Optional.empty();
    }
    if (!here.isWhere(report.environment())) {
      throw new UnusableException(
          "%s also holds %s, run with another library, JDK or machine (%s)%s"
              .formatted(
                  path,
                  String.join(", ", others),
                  report.environment().getOrDefault("library", "unknown"),
                  WAYS_OUT));
    }
    return Optional.of(report);
  }

  /** What the report has and the experiment has not. */
  private static List<String> others(Report report, Experiment experiment) {
    return report.problems().stream()
        .filter(
            problem ->
                problem.optimizers().stream()
                    .anyMatch(each -> !experiment.compares(each.name(), problem.name())))
        .map(ProblemReport::name)
        .toList();
  }
}
