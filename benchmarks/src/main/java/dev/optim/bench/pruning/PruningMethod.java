package dev.optim.bench.pruning;

import dev.optim.BatchSampler;
import dev.optim.FiniteSum;
import dev.optim.random.RandomStream;
import dev.optim.secondorder.Compensation;
import dev.optim.secondorder.ObsPruner;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A way to prune a trained network.
 *
 * @param name what it is, in a few words
 * @param way how it is done
 */
public record PruningMethod(String name, Way way) {

  private static final int BATCH = 32;
  private static final int WHOLE = Integer.MAX_VALUE;
  private static final double DAMPING = 1e-5;

  /** How a network is pruned. */
  @FunctionalInterface
  public interface Way {

    /**
     * Prunes.
     *
     * @param loss of the network on the training samples
     * @param weights the trained ones; read only
     * @param prunable which of them may go; read only
     * @param sparsity the part of those that goes
     * @param random for batches of samples
     * @return new weights
     */
    double[] prune(
        FiniteSum loss, double[] weights, boolean[] prunable, double sparsity, RandomStream random);
  }

  /**
   * All of them, the plainest first.
   *
   * @return in the order to be shown
   */
  public static List<PruningMethod> all() {
    return List.of(
        magnitude(),
        obs("m 64, whole matrix, one-shot", 64, 1, WHOLE, Compensation.INDEPENDENT),
        obs("m 256, whole matrix, one-shot", 256, 1, WHOLE, Compensation.INDEPENDENT),
        obs("m 256, whole matrix, one-shot, joint", 256, 1, WHOLE, Compensation.JOINT),
        obs("m 64, blocks of 128, 8 rounds", 64, 8, 128, Compensation.INDEPENDENT),
        obs("m 256, whole matrix, 8 rounds", 256, 8, WHOLE, Compensation.INDEPENDENT),
        obs("m 256, whole matrix, 8 rounds, joint", 256, 8, WHOLE, Compensation.JOINT),
        obs("m 256, blocks of 128, 16 rounds", 256, 16, 128, Compensation.INDEPENDENT));
  }

  /**
   * The smallest weights go, the others stay as they are.
   *
   * @return the method
   */
  public static PruningMethod magnitude() {
    return new PruningMethod(
        "magnitude",
        (loss, weights, prunable, sparsity, random) -> {
          int[] candidates = IntStream.range(0, weights.length).filter(i -> prunable[i]).toArray();
          double[] left = weights.clone();
          IntStream.of(candidates)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> Math.abs(weights[i])))
              .limit((long) (candidates.length * sparsity))
              .forEach(i -> left[i] = 0);
          return left;
        });
  }

  /**
   * Optimal brain surgery.
   *
   * @param name what it is, in a few words
   * @param gradients m, each of a batch of 32 samples
   * @param rounds how often the gradients are computed
   * @param blockSize the weights the matrix couples
   * @param compensation how the rest makes up for what goes
   * @return the method
   */
  public static PruningMethod obs(
      String name, int gradients, int rounds, int blockSize, Compensation compensation) {
    return new PruningMethod(
        name,
        (loss, weights, prunable, sparsity, random) -> {
          BatchSampler batches = new BatchSampler(loss.terms(), BATCH, random);
          int[] drawn = {0};
          ObsPruner.Gradients source =
              w -> {
                double[][] g = new double[gradients][w.length];
                for (double[] gradient : g) {
                  loss.valueAndGradient(w, batches.batch(drawn[0]++), gradient);
                }
                return g;
              };
          return new ObsPruner(sparsity, rounds, DAMPING, blockSize, compensation)
              .prune(weights, prunable, source)
              .weights();
        });
  }
}
