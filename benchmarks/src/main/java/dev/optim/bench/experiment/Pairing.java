package dev.optim.bench.experiment;

import dev.optim.bench.problem.Problem;
import java.time.Duration;
import java.util.List;

/** A method on a problem it can take. */
record Pairing<P>(Problem<P> problem, Method<P> method) {

  /** What a study has to choose from; the studies of a method try different settings. */
  List<Setting> settings(int study, Protocol protocol) {
    int trials = protocol.trials();
    return method.settings(study * trials, trials);
  }

  /**
   * One trial for each setting of a study, all from one seed that is kept for it; none where there
   * is nothing to choose.
   */
  List<Trial<P>> tuning(int study, Protocol protocol) {
    List<Setting> settings = settings(study, protocol);
    return settings.size() == 1
        ? List.of()
        : settings.stream().map(each -> trial(each, -1 - study, protocol.timeLimit())).toList();
  }

  /** A trial with a setting. */
  Trial<P> trial(Setting setting, long seed, Duration timeLimit) {
    return new Trial<>(problem, method.of().apply(setting), seed, timeLimit);
  }
}
