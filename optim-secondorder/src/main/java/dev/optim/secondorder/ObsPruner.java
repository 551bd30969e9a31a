package dev.optim.secondorder;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Pruning by optimal brain surgery on the Fisher matrix of m gradients: the weights whose loss
 * costs least go, the others make up for them.
 *
 * <pre>
 *   score_i = w_i^2 / (2 (F^-1)_ii)                     the lowest scores are pruned
 *   w &larr; w + F^-1 t ,  t_i = -w_i / (F^-1)_ii       on the pruned set, else 0
 *   pruned weights &larr; 0
 * </pre>
 *
 * <p>With r recomputations this is done in r rounds on fresh gradients, each over the weights that
 * are left, at densities (1 - sparsity)^(j / r), j = 1..r. One round, from gradients of the dense
 * weights, is one-shot pruning.
 *
 * <pre>{@code
 * Pruning pruning = ObsPruner.of(0.9).prune(weights, prunable, w -> model.gradients(w, 64));
 * }</pre>
 *
 * <p>Which weights may go is said by a mask, never by their value: a weight that is zero takes part
 * like any other. Weights that may not go are left exactly as they are and take no part. So a
 * network of sparsity s_0 is pruned further, to s, by a pruner of sparsity 1 - (1 - s) / (1 - s_0)
 * with the weights not pruned before as the prunable ones.
 *
 * <p>Cost per round: the m gradients and O(n m min(m, block)) for n weights left; memory 24 n m
 * bytes (whole matrix).
 *
 * <p>Source: the pruner of arXiv 2107.03356 and its code (IST-DASLab/M-FAC, prun.py), whose
 * defaults these are; {@link Compensation#JOINT} is Hassibi and Stork's for a set of weights.
 *
 * @param sparsity the part of the prunable weights that goes, in [0, 1); the number is rounded
 *     down, but for what rounding makes of a whole one
 * @param recomputations r, at least 1; 16 by default
 * @param damping added to the diagonal of the Fisher matrix, more than 0; 1e-5 by default
 * @param blockSize consecutive weights that the matrix couples, at least 1; 128 by default
 * @param compensation how the rest makes up for what goes; {@link Compensation#INDEPENDENT} by
 *     default
 */
public record ObsPruner(
    double sparsity, int recomputations, double damping, int blockSize, Compensation compensation) {

  /** What rounding may have taken from a sparsity: 0.29 of 100 is 29, not 28.999... */
  private static final double ROUNDING = 0x1p-50;

  /** Where gradients come from. */
  @FunctionalInterface
  public interface Gradients {

    /**
     * Computes gradients of the loss, each on some samples of its own, e.g. of mini-batches of 32.
     *
     * @param weights all weights; read only, not kept
     * @return m gradients, at least one, each as long as {@code weights}; read only, not kept
     */
    double[][] at(double[] weights);
  }

  /** Checks the arguments. */
  public ObsPruner {
    Checks.fraction("sparsity", sparsity);
    Checks.atLeastOne("recomputations", recomputations);
    Checks.positive("damping", damping);
    Checks.atLeastOne("blockSize", blockSize);
    requireNonNull(compensation, "compensation");
  }

  /**
   * With the authors' defaults.
   *
   * @param sparsity the part of the prunable weights that goes, in [0, 1)
   * @return 16 recomputations, damping 1e-5, blocks of 128
   */
  public static ObsPruner of(double sparsity) {
    return new ObsPruner(sparsity, 16, 1e-5, 128, Compensation.INDEPENDENT);
  }

  /**
   * With another number of recomputations.
   *
   * @param recomputations at least 1, which is one-shot pruning
   * @return a new pruner
   */
  public ObsPruner withRecomputations(int recomputations) {
    return new ObsPruner(sparsity, recomputations, damping, blockSize, compensation);
  }

  /**
   * With another damping.
   *
   * @param damping more than 0
   * @return a new pruner
   */
  public ObsPruner withDamping(double damping) {
    return new ObsPruner(sparsity, recomputations, damping, blockSize, compensation);
  }

  /**
   * With blocks of another size.
   *
   * @param blockSize at least 1; {@link Integer#MAX_VALUE} for the whole matrix
   * @return a new pruner
   */
  public ObsPruner withBlockSize(int blockSize) {
    return new ObsPruner(sparsity, recomputations, damping, blockSize, compensation);
  }

  /**
   * With another compensation.
   *
   * @param compensation the compensation
   * @return a new pruner
   */
  public ObsPruner withCompensation(Compensation compensation) {
    return new ObsPruner(sparsity, recomputations, damping, blockSize, compensation);
  }

  /**
   * The estimated rise of the loss by each weight's going alone.
   *
   * @param weights d weights; read only
   * @param fisher the inverse Fisher matrix at these weights
   * @return w_i^2 / (2 (F^-1)_ii), a new array
   * @throws IllegalArgumentException if the length is not the dimension of {@code fisher}
   */
  public static double[] scores(double[] weights, InverseFisher fisher) {
    Checks.length("weights", weights.length, fisher.dimension());
    double[] scores = new double[weights.length];
    fisher.diagonal(scores);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = weights[i] * weights[i] / (2 * scores[i]);
    }
    return scores;
  }

  /**
   * Prunes any of the weights.
   *
   * @param weights finite; read only, not kept
   * @param gradients asked once a round
   * @return new weights and the mask
   * @throws IllegalArgumentException if a weight or gradient is not finite or a length is wrong
   */
  public Pruning prune(double[] weights, Gradients gradients) {
    boolean[] all = new boolean[requireNonNull(weights, "weights").length];
    Arrays.fill(all, true);
    return prune(weights, all, gradients);
  }

  /**
   * Prunes some of the weights.
   *
   * @param weights finite; read only, not kept
   * @param prunable which weights may go, biases usually not; read only
   * @param gradients asked once a round
   * @return new weights and the mask
   * @throws IllegalArgumentException if a weight or gradient is not finite or a length is wrong
   */
  public Pruning prune(double[] weights, boolean[] prunable, Gradients gradients) {
    Checks.finite("weights", requireNonNull(weights, "weights"));
    Checks.length("prunable", requireNonNull(prunable, "prunable").length, weights.length);
    requireNonNull(gradients, "gradients");
    double[] w = weights.clone();
    boolean[] pruned = new boolean[w.length];
    int[] left = indices(prunable, pruned);
    int candidates = left.length;
    for (int round = 1; round <= recomputations; round++) {
      int target = (int) (candidates * (sparsityAfter(round) + ROUNDING));
      int drop = target - (candidates - left.length);
      if (drop > 0) {
        round(w, pruned, left, drop, requireNonNull(gradients.at(w.clone()), "the gradients"));
        left = indices(prunable, pruned);
      }
    }
    return new Pruning(w, pruned);
  }

  /** On a geometric schedule of densities. */
  double sparsityAfter(int round) {
    return round == recomputations
        ? sparsity
        : 1 - StrictMath.pow(1 - sparsity, (double) round / recomputations);
  }

  private void round(double[] w, boolean[] pruned, int[] left, int drop, double[][] gradients) {
    double[][] g = new double[gradients.length][];
    for (int k = 0; k < g.length; k++) {
      requireNonNull(gradients[k], "a gradient");
      Checks.length("a gradient", gradients[k].length, w.length);
      Checks.finite("gradients[" + k + "]", gradients[k]);
      g[k] = gather(gradients[k], left);
    }
    double[] v = gather(w, left);
    StaticFisher fisher = StaticFisher.of(g, damping, blockSize);
    boolean[] goes = lowest(scores(v, fisher), drop);
    if (compensation == Compensation.JOINT) {
      for (int from = 0; from < v.length; from += Math.min(blockSize, v.length - from)) {
        int to = from + Math.min(blockSize, v.length - from);
        JointCompensation.apply(g, damping, v, goes, from, to);
      }
    } else {
      addIndependentMoves(v, goes, fisher);
    }
    for (int i = 0; i < v.length; i++) {
      w[left[i]] = goes[i] ? 0 : v[i];
      pruned[left[i]] = goes[i];
    }
  }

  private static void addIndependentMoves(double[] v, boolean[] goes, StaticFisher fisher) {
    double[] t = new double[v.length];
    fisher.diagonal(t);
    for (int i = 0; i < v.length; i++) {
      t[i] = goes[i] ? -v[i] / t[i] : 0;
    }
    fisher.multiply(t, t);
    for (int i = 0; i < v.length; i++) {
      v[i] += t[i];
    }
  }

  /** The lowest scores, of equal ones those that come first. */
  private static boolean[] lowest(double[] scores, int count) {
    boolean[] lowest = new boolean[scores.length];
    IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> scores[i]))
        .limit(count)
        .forEach(i -> lowest[i] = true);
    return lowest;
  }

  private static int[] indices(boolean[] prunable, boolean[] pruned) {
    return IntStream.range(0, prunable.length).filter(i -> prunable[i] && !pruned[i]).toArray();
  }

  private static double[] gather(double[] x, int[] indices) {
    double[] gathered = new double[indices.length];
    for (int j = 0; j < indices.length; j++) {
      gathered[j] = x[indices[j]];
    }
    return gathered;
  }
}
