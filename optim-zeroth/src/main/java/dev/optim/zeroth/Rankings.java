package dev.optim.zeroth;

import static java.util.Objects.requireNonNull;

import dev.optim.Objective;
import dev.optim.RankingOracle;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** Ranking oracles made of what else there may be: values, or comparisons of two. */
public final class Rankings {

  private Rankings() {}

  /**
   * Ranks by value. Lower is better; a value that is NaN or infinite is worse than any other; of
   * equal values the one of the lower index comes first, which says nothing about the points, whose
   * order is random.
   *
   * @param objective evaluated at every candidate
   * @return the oracle; a ranking costs one value per candidate
   */
  public static RankingOracle byValue(Objective objective) {
    requireNonNull(objective, "objective");
    return (candidates, top) -> {
      double[] values = new double[candidates.length];
      objective.values(candidates, values);
      Comparator<Integer> order =
          Comparator.comparingDouble(
              i -> Double.isFinite(values[i]) ? values[i] + 0.0 : Double.POSITIVE_INFINITY);
      return IntStream.range(0, candidates.length)
          .boxed()
          .sorted(order)
          .limit(top)
          .mapToInt(Integer::intValue)
          .toArray();
    };
  }

  /**
   * Ranks by comparing two at a time: a tournament, n - 1 comparisons for the best and about log n
   * for each further one. The comparison need not be consistent; the answer is a ranking anyway.
   *
   * @param comparison negative if the first point is better, positive if the second is, 0 if
   *     neither, in which case the one of the lower index comes first
   * @return the oracle
   */
  public static RankingOracle byComparison(Comparator<double[]> comparison) {
    requireNonNull(comparison, "comparison");
    return (candidates, top) -> {
      // a heap never throws for a comparison that contradicts itself, as sorting may
      PriorityQueue<Integer> heap =
          new PriorityQueue<>(
              (i, j) -> {
                int better = comparison.compare(candidates[i], candidates[j]);
                return better != 0 ? better : Integer.compare(i, j);
              });
      for (int i = 0; i < candidates.length; i++) {
        heap.add(i);
      }
      int[] best = new int[top];
      for (int r = 0; r < top; r++) {
        best[r] = heap.remove();
      }
      return best;
    };
  }
}
