package dev.optim;

import java.util.Arrays;

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

  /**
   * Ranks the best few of the candidates where some may be equally good. Override it where ties can
   * be told; the default is the order of {@link #best}, without ties.
   *
   * @param candidates the points, at least one; read only, not kept
   * @param top how many to rank at least, 1..candidates.length
   * @return groups of indices, the best group first, without repetition: as many groups as it takes
   *     to have {@code top} candidates. Those of a group are equally good, all others only known to
   *     be worse
   */
  default int[][] levels(double[][] candidates, int top) {
    return Arrays.stream(best(candidates, top))
        .mapToObj(index -> new int[] {index})
        .toArray(int[][]::new);
  }
}
