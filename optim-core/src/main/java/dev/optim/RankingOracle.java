package dev.optim;

/**
 * Somebody who can say which of several points are better, and no more: a person, a tournament, a
 * program whose values mean nothing in themselves.
 */
@FunctionalInterface
public interface RankingOracle {

  /**
   * Ranks the best few of the candidates.
   *
   * @param candidates the points, at least one; read only, not kept
   * @param top how many indices to return, 1..candidates.length
   * @return the indices of the {@code top} best candidates, best first, without repetition; the
   *     others are only known to be worse than these
   */
  int[] best(double[][] candidates, int top);
}
