package dev.optim.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether optimizers have become worse since an earlier report.
 *
 * @param worse a line for each optimizer on each problem that has
 * @param better how many have become better by as much
 * @param compared how many optimizers on problems are in both reports
 * @param notes what could not be compared, a line each
 */
public record Gate(List<String> worse, int better, int compared, List<String> notes) {

  /** Differences below this part of the way from the start to the end are rounding. */
  private static final double ROUNDING = 1e-8;

  /**
   * Compares the medians over the seeds that both reports have. Worse is a final value of the first
   * metric that is higher by more than the tolerance, as a part of what it was, or a run more that
   * failed.
   *
   * @param now the later report
   * @param before the earlier one
   * @param tolerance as a part, e.g. 0.05 for 5 %
   * @return what has become worse
   */
  public static Gate judge(Report now, Report before, double tolerance) {
    List<String> worse = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    int better = 0;
    int compared = 0;
    for (ProblemReport old : before.problems()) {
      Optional<ProblemReport> same =
          now.problems().stream().filter(each -> each.name().equals(old.name())).findFirst();
      if (same.isEmpty() || !same.get().isLike(old)) {
        notes.add(
            old.name() + (same.isEmpty() ? ": not run now" : ": another budget, not compared"));
        continue;
      }
      for (OptimizerReport was : old.optimizers()) {
        Optional<OptimizerReport> is =
            same.get().optimizers().stream()
                .filter(each -> each.name().equals(was.name()))
                .findFirst();
        String where = old.name() + ", " + was.name() + ": ";
        if (is.isEmpty()) {
          notes.add(where + "not run now");
          continue;
        }
        compared++;
        Change change = Change.between(was, is.get());
        if (change.isWorse(tolerance)) {
          worse.add(where + change.inWords(old.metrics().get(0).name()));
        } else if (change.reversed().isWorse(tolerance)) {
          better++;
        }
      }
    }
    return new Gate(List.copyOf(worse), better, compared, List.copyOf(notes));
  }

  /** Medians and failures over the common seeds, and the scale of what is rounding. */
  private record Change(double was, double is, int failedBefore, int failedNow, double start) {

    static Change between(OptimizerReport was, OptimizerReport is) {
      Set<Long> seeds = was.runs().stream().map(RunReport::seed).collect(Collectors.toSet());
      seeds.retainAll(is.runs().stream().map(RunReport::seed).toList());
      return new Change(
          median(was, seeds),
          median(is, seeds),
          failed(was, seeds),
          failed(is, seeds),
          was.completed().isEmpty() ? 0 : was.completed().get(0).curve().value(0, 0));
    }

    private static double median(OptimizerReport optimizer, Set<Long> seeds) {
      return Spread.of(
              optimizer.completed().stream()
                  .filter(run -> seeds.contains(run.seed()))
                  .mapToDouble(run -> run.curve().finalValue(0))
                  .toArray(),
              Metric.Better.LOWER)
          .median();
    }

    private static int failed(OptimizerReport optimizer, Set<Long> seeds) {
      return (int) optimizer.failed().stream().filter(run -> seeds.contains(run.seed())).count();
    }

    Change reversed() {
      return new Change(is, was, failedNow, failedBefore, start);
    }

    boolean isWorse(double tolerance) {
      double rounding = ROUNDING * Math.abs(start - was);
      return failedNow > failedBefore
          || is - was > Math.max(tolerance * Math.abs(was), Double.isNaN(rounding) ? 0 : rounding);
    }

    String inWords(String metric) {
      if (failedNow > failedBefore) {
        return Counted.of(failedNow, "run") + " failed, " + failedBefore + " before";
      }
      String change =
          was == 0 ? "" : String.format(Locale.ROOT, " (%+.1f %%)", 100 * (is - was) / was);
      return String.format(Locale.ROOT, "%s %.4g, was %.4g%s", metric, is, was, change);
    }
  }
}
