package dev.optim.bench.report;

import dev.optim.bench.statistics.Steps;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** How the optimizers stand, as tables; {@code group} counts the groups of problems from 1. */
final class StandingsCsv {

  private StandingsCsv() {}

  /** One line per group and optimizer. */
  static void writeRanking(List<Standings> all, Writer out) throws IOException {
    ReportCsv.line(
        out,
        "group",
        "problems",
        "optimizer",
        "mean_rank",
        "low",
        "high",
        "other_problems_low",
        "other_problems_high",
        "decades",
        "tuning_trials",
        "tuning_failed",
        "tuning_seconds");
    for (int group = 1; group <= all.size(); group++) {
      Standings standings = all.get(group - 1);
      for (Standings.Row row : standings.rows()) {
        ReportCsv.line(
            out,
            group,
            String.join(" ", standings.problems()),
            row.optimizer(),
            row.meanRank(),
            row.interval().low(),
            row.interval().high(),
            row.otherProblems().low(),
            row.otherProblems().high(),
            row.decades(),
            row.tuning().trials(),
            row.tuning().failed(),
            row.tuning().seconds());
      }
    }
  }

  /** One line per pair of optimizers. */
  static void writeTests(List<Standings> all, Writer out) throws IOException {
    ReportCsv.line(
        out, "group", "first", "second", "wins", "losses", "wilcoxon_p", "holm_adjusted_p");
    for (int group = 1; group <= all.size(); group++) {
      for (Standings.Pair pair : all.get(group - 1).pairs()) {
        ReportCsv.line(
            out,
            group,
            pair.first(),
            pair.second(),
            pair.wins(),
            pair.losses(),
            pair.probability(),
            pair.adjusted());
      }
    }
  }

  /** One line per optimizer, problem and target. */
  static void writeRunningTimes(Report report, List<Standings> all, Writer out) throws IOException {
    ReportCsv.line(out, "problem", "optimizer", "target", "expected_evaluations");
    for (Standings standings : all) {
      for (Standings.Row row : standings.rows()) {
        for (int problem = 0; problem < standings.problems().size(); problem++) {
          for (int target = 0; target < report.targets().size(); target++) {
            ReportCsv.line(
                out,
                standings.problems().get(problem),
                row.optimizer(),
                report.targets().get(target),
                row.runningTimes().get(problem).get(target));
          }
        }
      }
    }
  }

  /** One line per step of every profile. */
  static void writeProfiles(List<Standings> all, Writer out) throws IOException {
    ReportCsv.line(out, "group", "profile", "target", "optimizer", "x", "share");
    for (int group = 1; group <= all.size(); group++) {
      Standings standings = all.get(group - 1);
      for (Standings.Profile profile : standings.profiles()) {
        for (int row = 0; row < standings.rows().size(); row++) {
          Steps line = profile.lines().get(row);
          for (int i = 0; i < line.x().length; i++) {
            ReportCsv.line(
                out,
                group,
                profile.kind().name().toLowerCase(Locale.ROOT),
                profile.target(),
                standings.rows().get(row).optimizer(),
                line.x()[i],
                line.y()[i]);
          }
        }
      }
    }
  }
}
