package dev.optim.zeroth;

import static java.util.Objects.requireNonNull;

import dev.optim.Objective;
import dev.optim.RankingOracle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** Ranking oracles made of what else there may be: values, or comparisons of two. */
public final class Rankings {

  private Rankings() {}

  /**
   * Ranks by value. Lower is better; a value that is NaN or infinite is worse than any other; equal
   * values are ties, in which the lower index comes first where there must be an order.
   *
   * @param objective evaluated at every candidate
   * @return the oracle; a ranking costs one value per candidate
   */
  public static RankingOracle byValue(Objective objective) {
    requireNonNull(objective, "objective");
    return (Ties)
        (candidates, top) -> {
          double[] values = new double[candidates.length];
          objective.values(candidates, values);
          return levels(values, top);
        };
  }

  /**
   * Ranks by comparing two at a time: a tournament, n - 1 comparisons for the best and about log n
   * for each further one. The comparison need not be consistent; the answer is a ranking anyway.
   *
   * @param comparison negative if the first point is better, positive if the second is, 0 if
   *     neither, which is a tie
   * @return the oracle
   */
  public static RankingOracle byComparison(Comparator<double[]> comparison) {
    requireNonNull(comparison, "comparison");
    return (Ties)
        (candidates, top) ->
            levels(
                (i, j) -> comparison.compare(candidates[i], candidates[j]), candidates.length, top);
  }

  /** The order of values as {@link #byValue} takes it. */
  static int[][] levels(double[] values, int top) {
    double[] ranks = new double[values.length];
    for (int i = 0; i < ranks.length; i++) {
      // -0 is 0, and what is not finite is all the same
      ranks[i] = Double.isFinite(values[i]) ? values[i] + 0.0 : Double.POSITIVE_INFINITY;
    }
    return levels((i, j) -> Double.compare(ranks[i], ranks[j]), ranks.length, top);
  }

  /** Compares two candidates by their indices. */
  private interface Order {
    int compare(int i, int j);
  }

  private static int[][] levels(Order order, int candidates, int top) {
    // a heap never throws for a comparison that contradicts itself, as sorting may
    PriorityQueue<Integer> heap =
        new PriorityQueue<>(
            (i, j) -> {
              int better = order.compare(i, j);
              return better != 0 ? better : Integer.compare(i, j);
            });
    for (int i = 0; i < candidates; i++) {
      heap.add(i);
    }
    List<int[]> levels = new ArrayList<>();
    for (int ranked = 0; ranked < top; ) {
      int first = heap.remove();
      IntStream.Builder level = IntStream.builder().add(first);
      while (!heap.isEmpty() && order.compare(first, heap.element()) == 0) {
        level.add(heap.remove());
      }
      int[] equallyGood = level.build().toArray();
      levels.add(equallyGood);
      ranked += equallyGood.length;
    }
    return levels.toArray(int[][]::new);
  }

  /** Ranks with ties; where there must be an order, equally good ones are in that of indices. */
  private interface Ties extends RankingOracle {

    @Override
    int[][] levels(double[][] candidates, int top);

    @Override
    default int[] best(double[][] candidates, int top) {
      return Arrays.stream(levels(candidates, top))
          .flatMapToInt(Arrays::stream)
          .limit(top)
          .toArray();
    }
  }
}
