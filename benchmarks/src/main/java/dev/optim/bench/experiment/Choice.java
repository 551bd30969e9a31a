package dev.optim.bench.experiment;

import dev.optim.bench.report.Tuning;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The settings a method runs with on a problem.
 *
 * @param settings the choice of each study
 * @param tuning what it cost
 * @param edges in how many studies the choice had the least or largest value tried of a range
 */
record Choice(List<Setting> settings, Tuning tuning, int edges) {

  /**
   * Of each study the setting whose trial ended lowest; among equals the first. Trials without a
   * result never win; if there is no other, the first setting is taken and its runs will show why.
   */
  static <P> Choice of(
      Pairing<P> pairing, Protocol protocol, Function<Trial<?>, Outcome> outcomes) {
    int studies = pairing.method().isTuned() ? protocol.studies() : 1;
    List<Setting> chosen = new ArrayList<>();
    Tuning tuning = Tuning.NONE;
    int edges = 0;
    for (int study = 0; study < studies; study++) {
      List<Setting> settings = pairing.settings(study, protocol);
      List<Outcome> tried =
          pairing.tuning(study, protocol).stream().<Outcome>map(outcomes::apply).toList();
      int best = 0;
      for (int i = 1; i < tried.size(); i++) {
        best = tried.get(i).score() < tried.get(best).score() ? i : best;
      }
      for (Outcome outcome : tried) {
        tuning = tuning.plus(outcome.spent(), outcome instanceof Outcome.Completed);
      }
      chosen.add(settings.get(best));
      edges += settings.size() > 1 && isAtEdge(settings.get(best), settings) ? 1 : 0;
    }
    return new Choice(chosen, tuning, edges);
  }

  private static boolean isAtEdge(Setting chosen, List<Setting> tried) {
    return chosen.values().entrySet().stream()
        .anyMatch(
            entry -> {
              double[] sorted =
                  tried.stream().mapToDouble(each -> each.get(entry.getKey())).sorted().toArray();
              double least = sorted[0];
              double largest = sorted[sorted.length - 1];
              double value = entry.getValue();
              return least < largest && (value == least || value == largest);
            });
  }

  /** The setting of a seed that counts: the seeds take turns. */
  Setting of(long seed) {
    return settings.get((int) ((seed - 1) % settings.size()));
  }

  /** The settings in words, and how they were found. */
  String describe(Method<?> method) {
    if (method.ranges().isEmpty()) {
      return method.summary();
    }
    String text = method.summary() + "; " + words();
    if (tuning.trials() == 0) {
      return text;
    }
    text += " (best of " + tuning.trials() / settings.size() + " tried";
    text += settings.size() > 1 ? " in each of " + settings.size() + " studies" : "";
    text += tuning.failed() > 0 ? ", " + tuning.failed() + " of which failed" : "";
    text += edges > 0 ? "; at the edge of what was tried" + times() : "";
    return text + ")";
  }

  private String times() {
    return settings.size() == 1 ? "" : " in " + edges;
  }

  /** Each hyper-parameter with its values, one for each study. */
  private String words() {
    return settings.get(0).values().keySet().stream()
        .map(
            name ->
                name
                    + " "
                    + settings.stream()
                        .map(setting -> Setting.text(setting.get(name)))
                        .distinct()
                        .collect(Collectors.joining(" / ")))
        .collect(Collectors.joining(", "));
  }
}
