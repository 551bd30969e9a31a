package dev.optim.zeroth;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.Start;
import dev.optim.random.RandomStream;

/**
 * Several runs of one method at once, each from a start and random choices of its own: the points
 * of all are asked for together, so that one batch keeps as many workers busy as all of them can
 * use, and the best point of all is the run's. An iteration is one question to all. Ends when the
 * last of them does, with the reason of the one that has the best point.
 *
 * @param method what runs
 * @param runs how many, at least 1
 */
public record IndependentRuns(ValueMethod method, int runs) implements ValueMethod {

  /** Checks the range. */
  public IndependentRuns {
    requireNonNull(method, "method");
    Checks.atLeastOne("runs", runs);
  }

  @Override
  public AskTell open(Start start, RandomStream random) {
    AskTell[] all = new AskTell[runs];
    for (int i = 0; i < runs; i++) {
      all[i] = method.open(start, random.split(i));
    }
    return new AskTell(toString(), new IndependentEngine(this, start, all));
  }
}
