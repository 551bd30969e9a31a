package dev.optim.bench.report;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A report as tables: comma-separated (RFC 4180, lines end with a line feed), one value per line,
 * so that any tool can filter and group it.
 */
final class ReportCsv {

  private ReportCsv() {}

  /** Every measured value of every completed run. */
  static void writeCurves(Report report, Writer out) throws IOException {
    line(
        out,
        "problem",
        "optimizer",
        "seed",
        "evaluations",
        "values",
        "gradients",
        "elapsed_ns",
        "allocated_bytes",
        "metric",
        "value");
    for (ProblemReport problem : report.problems()) {
      for (OptimizerReport optimizer : problem.optimizers()) {
        for (RunReport.Completed run : optimizer.completed()) {
          curve(problem, optimizer, run, out);
        }
      }
    }
  }

  private static void curve(
      ProblemReport problem, OptimizerReport optimizer, RunReport.Completed run, Writer out)
      throws IOException {
    Curve curve = run.curve();
    for (int metric = 0; metric < curve.metrics(); metric++) {
      for (int point = 0; point < curve.size(); point++) {
        if (!Double.isNaN(curve.value(metric, point))) {
          Spent spent = curve.spent(point);
          line(
              out,
              problem.name(),
              optimizer.name(),
              run.seed(),
              spent.evaluations(),
              spent.values(),
              spent.gradients(),
              spent.elapsedNanos(),
              spent.allocatedBytes(),
              problem.metrics().get(metric).name(),
              curve.value(metric, point));
        }
      }
    }
  }

  /** One line per problem, optimizer and metric. */
  static void writeSummary(Report report, Writer out) throws IOException {
    line(
        out,
        "problem",
        "optimizer",
        "hyperparameters",
        "metric",
        "better",
        "min",
        "lower_quartile",
        "median",
        "upper_quartile",
        "max",
        "completed",
        "failed",
        "median_evaluations",
        "median_seconds",
        "stop_reasons",
        "tuning_trials",
        "tuning_failed",
        "tuning_evaluations",
        "tuning_seconds");
    for (ProblemReport problem : report.problems()) {
      for (OptimizerReport optimizer : problem.optimizers()) {
        summary(problem, optimizer, out);
      }
    }
  }

  private static void summary(ProblemReport problem, OptimizerReport optimizer, Writer out)
      throws IOException {
    Summary summary = Summary.of(optimizer, problem.metrics());
    for (int i = 0; i < problem.metrics().size(); i++) {
      Metric metric = problem.metrics().get(i);
      Spread spread = summary.spreads().get(i);
      line(
          out,
          problem.name(),
          optimizer.name(),
          optimizer.hyperparameters(),
          metric.name(),
          metric.better() == Metric.Better.LOWER ? "lower" : "higher",
          spread.min(),
          spread.lowerQuartile(),
          spread.median(),
          spread.upperQuartile(),
          spread.max(),
          optimizer.completed().size(),
          optimizer.failed().size(),
          summary.evaluations(),
          summary.seconds(),
          tally(summary.stopReasons()),
          optimizer.tuning().trials(),
          optimizer.tuning().failed(),
          optimizer.tuning().evaluations(),
          optimizer.tuning().seconds());
    }
  }

  private static String tally(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " x" + entry.getValue())
        .collect(Collectors.joining("; "));
  }

  /** Writes a line, with quotes where they are needed. */
  static void line(Writer out, Object... fields) throws IOException {
    out.write(
        Arrays.stream(fields)
            .map(field -> quoted(field.toString()))
            .collect(Collectors.joining(",", "", "\n")));
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
