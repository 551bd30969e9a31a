package dev.optim.bench.experiment;

import dev.optim.bench.problem.Problem;
import java.util.List;

/** A method on a problem it can take. */
record Pairing<P>(Problem<P> problem, Method<P> method) {

  /** One trial for each candidate, all from one seed; none where there is nothing to choose. */
  List<Trial<P>> tuning(long seed) {
    int candidates = method.candidates().size();
    return candidates == 1
        ? List.of()
        : method.candidates().stream()
            .map(each -> new Trial<P>(problem, method.name(), each.optimizer(), seed))
            .toList();
  }

  /** A trial of one of the candidates. */
  Trial<P> trial(int candidate, long seed) {
    return new Trial<>(
        problem, method.name(), method.candidates().get(candidate).optimizer(), seed);
  }
}
