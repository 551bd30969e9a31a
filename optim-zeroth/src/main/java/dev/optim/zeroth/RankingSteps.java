package dev.optim.zeroth;

import dev.optim.Checks;

/**
 * How far {@link RankSgd} goes along its estimate g. A ranking carries no magnitude, and g does not
 * shrink near a minimum: with a constant step the method stalls at a distance proportional to it.
 */
public sealed interface RankingSteps
    permits RankingSteps.Decaying, RankingSteps.LineSearch, RankingSteps.AuthorsCode {

  /**
   * x = x - eta g at every step.
   *
   * @param eta the step size, greater than 0: a length, since |g| is about sqrt(d)
   * @return the policy
   */
  static RankingSteps constant(double eta) {
    return new Decaying(eta, 0);
  }

  /**
   * x = x - eta / sqrt(t) g at step t = 1, 2, ...
   *
   * @param eta the first step size, greater than 0
   * @return the policy
   */
  static RankingSteps decaying(double eta) {
    return new Decaying(eta, 0.5);
  }

  /**
   * A second question after each estimate: which is best of x, x - eta g, x - eta g / 2, x - eta g
   * / 4, ... .
   *
   * @param eta the longest step, greater than 0
   * @param candidates points of the question, x included, at least 2
   * @return the policy, with accumulation
   */
  static LineSearch lineSearch(double eta, int candidates) {
    return new LineSearch(eta, 0.5, candidates, true);
  }

  /**
   * The authors' code: weights m - 2r on ranked points that do not add up to zero, directions
   * scaled by mu, and a line search among steps, the best perturbed point and x. For replaying it;
   * it is not better.
   *
   * @param stepSize multiplies mu g in the longest step, greater than 0
   * @param steps steps tried in a line search, halving each time, at least 1
   * @return the policy
   */
  static RankingSteps authorsCode(double stepSize, int steps) {
    return new AuthorsCode(stepSize, steps);
  }

  /**
   * See {@link #constant} and {@link #decaying}.
   *
   * @param eta the first step size
   * @param power step t has size eta / t^power
   */
  record Decaying(double eta, double power) implements RankingSteps {

    /** Checks the ranges. */
    public Decaying {
      Checks.positive("eta", eta);
      Checks.nonNegative("power", power);
    }
  }

  /**
   * See {@link #lineSearch}.
   *
   * @param eta the longest step
   * @param shrink the ratio of a step to the next longer one, in (0, 1)
   * @param candidates points of the question, x included
   * @param accumulate whether, after a question that x has won, the next estimate is averaged with
   *     those since the last success
   */
  record LineSearch(double eta, double shrink, int candidates, boolean accumulate)
      implements RankingSteps {

    /** Checks the ranges. */
    public LineSearch {
      Checks.positive("eta", eta);
      Checks.require(shrink > 0 && shrink < 1, "shrink", shrink, "in (0, 1)");
      Checks.require(candidates >= 2, "candidates", candidates, "at least 2");
    }
  }

  /**
   * See {@link #authorsCode}.
   *
   * @param stepSize multiplies mu g in the longest step
   * @param steps steps tried in a line search
   */
  record AuthorsCode(double stepSize, int steps) implements RankingSteps {

    /** Checks the ranges. */
    public AuthorsCode {
      Checks.positive("stepSize", stepSize);
      Checks.atLeastOne("steps", steps);
    }
  }
}
