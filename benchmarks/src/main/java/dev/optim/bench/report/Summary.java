package dev.optim.bench.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One row of a summary: what the completed runs of one optimizer on one problem ended with.
 *
 * @param spreads of the final values, one per metric
 * @param evaluations the median over the runs
 * @param seconds the median over the runs
 * @param stopReasons how many runs stopped for which reason, in alphabetical order
 */
public record Summary(
    List<Spread> spreads, double evaluations, double seconds, Map<String, Integer> stopReasons) {

  /**
   * Sums up an optimizer's runs.
   *
   * @param optimizer the optimizer
   * @param metrics the problem's metrics
   * @return its row; all figures are NaN where no run was completed
   */
  public static Summary of(OptimizerReport optimizer, List<Metric> metrics) {
    List<RunReport.Completed> runs = optimizer.completed();
    Map<String, Integer> stopReasons = new TreeMap<>();
    runs.forEach(run -> stopReasons.merge(run.stopReason(), 1, Integer::sum));
    return new Summary(
        IntStream.range(0, metrics.size())
            .mapToObj(
                metric ->
                    Spread.of(
                        runs.stream().mapToDouble(run -> run.curve().finalValue(metric)).toArray(),
                        metrics.get(metric).better()))
            .toList(),
        Spread.of(runs.stream().mapToDouble(run -> run.curve().total().evaluations()).toArray())
            .median(),
        Spread.of(
                runs.stream()
                    .mapToDouble(run -> run.curve().total().elapsedNanos() / 1e9)
                    .toArray())
            .median(),
        stopReasons);
  }
}
