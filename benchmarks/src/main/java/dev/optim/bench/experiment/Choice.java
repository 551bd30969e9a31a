package dev.optim.bench.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which of a method's settings runs for it on a problem.
 *
 * @param candidate its index
 * @param ended how many of the settings came to an end with finite numbers
 */
record Choice(int candidate, int ended) {

  /**
   * The setting whose trial ended lowest; among equals the first. Trials without a result never
   * win; if there is no other, the first setting is taken and its runs will show why.
   */
  static Choice of(Pairing<?> pairing, Map<Trial<?>, Outcome> outcomes) {
    List<? extends Trial<?>> trials = pairing.tuning(Comparison.TUNING_SEED);
    int best = 0;
    double lowest = Double.POSITIVE_INFINITY;
    int ended = 0;
    for (int i = 0; i < trials.size(); i++) {
      double score = outcomes.get(trials.get(i)).score();
      ended += Double.isFinite(score) ? 1 : 0;
      if (score < lowest) {
        lowest = score;
        best = i;
      }
    }
    return new Choice(best, ended);
  }

  /** The setting in words, and how it was found. */
  String describe(Pairing<?> pairing) {
    int candidates = pairing.method().candidates().size();
    String setting =
        pairing.method().summary() + "; " + pairing.method().candidates().get(candidate).setting();
    if (candidates == 1) {
      return setting;
    }
    boolean edge = candidate == 0 || candidate == candidates - 1;
    return String.format(
        Locale.ROOT,
        "%s (best of %d tried%s, at the cost of %,d %s%s)",
        setting,
        candidates,
        ended < candidates ? ", " + (candidates - ended) + " of which failed" : "",
        candidates * pairing.problem().budget().total(),
        pairing.problem().budget().unit(),
        edge ? "; at the edge of what was tried" : "");
  }
}
