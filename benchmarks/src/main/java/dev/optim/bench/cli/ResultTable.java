package dev.optim.bench.cli;

import dev.optim.bench.report.Metric;
import dev.optim.bench.report.OptimizerReport;
import dev.optim.bench.report.ProblemReport;
import dev.optim.bench.report.Report;
import dev.optim.bench.report.Spread;
import dev.optim.bench.report.Standings;
import dev.optim.bench.report.Summary;
import dev.optim.bench.statistics.Bootstrap;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The report in short, for a terminal: medians over the seeds, the best first. */
final class ResultTable {

  private ResultTable() {}

  static String of(Report report) {
    StringBuilder text = new StringBuilder();
    report.problems().forEach(problem -> append(text, problem));
    Standings.of(report).forEach(standings -> append(text, standings));
    return text.toString();
  }

  private static void append(StringBuilder text, Standings standings) {
    text.append("ranking on ").append(String.join(", ", standings.problems())).append('\n');
    text.append(
        "  %-10s  %13s%18s%18s%12s\n"
            .formatted("optimizer", "mean rank", "other seeds", "other problems", "decades"));
    for (Standings.Row row : standings.rows()) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-10s  %13.2f%18s%18s%12.2f\n",
              row.optimizer(),
              row.meanRank(),
              inWords(row.interval()),
              inWords(row.otherProblems()),
              row.decades()));
    }
    text.append('\n');
  }

  private static String inWords(Bootstrap.Interval interval) {
    return String.format(Locale.ROOT, "%.2f - %.2f", interval.low(), interval.high());
  }

  private static void append(StringBuilder text, ProblemReport problem) {
    text.append(problem.name()).append('\n');
    text.append("  %-10s".formatted("optimizer"));
    for (Metric metric : problem.metrics()) {
      text.append("  ").append(heading(metric));
    }
    text.append(right("time", 12) + right("runs", 8) + "\n");
    List<Row> rows =
        problem.optimizers().stream()
            .map(optimizer -> new Row(optimizer, Summary.of(optimizer, problem.metrics())))
            .sorted(Comparator.comparingDouble(row -> row.summary.spreads().get(0).median()))
            .toList();
    rows.forEach(row -> append(text, problem.metrics(), row));
    text.append('\n');
  }

  private static void append(StringBuilder text, List<Metric> metrics, Row row) {
    int completed = row.optimizer.completed().size();
    int all = row.optimizer.runs().size();
    text.append("  %-10s".formatted(row.optimizer.name()));
    for (int k = 0; k < metrics.size(); k++) {
      String value = completed == 0 ? "-" : number(metrics.get(k), row.summary.spreads().get(k));
      text.append("  ").append(right(value, heading(metrics.get(k)).length()));
    }
    String time =
        completed == 0 ? "-" : String.format(Locale.ROOT, "%.1f ms", 1000 * row.summary.seconds());
    text.append(right(time, 12));
    text.append(right(completed == all ? "" + all : completed + " of " + all, 8)).append('\n');
  }

  private static String heading(Metric metric) {
    return right(metric.name(), 13);
  }

  private static String number(Metric metric, Spread spread) {
    String format = metric.better() == Metric.Better.HIGHER ? "%.4f" : "%.4g";
    return String.format(Locale.ROOT, format, spread.median());
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private record Row(OptimizerReport optimizer, Summary summary) {}
}
