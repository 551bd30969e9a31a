package dev.optim.bench.experiment;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.Optimizer;
import java.util.List;

/**
 * A method of the comparison: the settings it may be tried with. Every method of a track has the
 * same number of them, so that tuning costs all the same.
 *
 * @param <P> what the method needs to know of a problem
 * @param name the name on the command line and in the report
 * @param summary what it is, in one line, with the hyper-parameters that are not tuned
 * @param candidates the settings, at least one, in the order of the one hyper-parameter that is
 *     tuned; with a single one nothing is tuned
 */
public record Method<P>(String name, String summary, List<Candidate<P>> candidates) {

  /** Checks the arguments and copies the list. */
  public Method {
    requireNonNull(name, "name");
    requireNonNull(summary, "summary");
    candidates = List.copyOf(candidates);
    Checks.atLeastOne("candidates.size", candidates.size());
  }

  /**
   * One setting.
   *
   * @param <P> what the method needs to know of a problem
   * @param setting what makes it differ from the others, e.g. "step size 0.1"
   * @param optimizer the method so set
   */
  public record Candidate<P>(String setting, Optimizer<? super P> optimizer) {}
}
