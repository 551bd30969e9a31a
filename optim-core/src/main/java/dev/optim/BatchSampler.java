package dev.optim;

import dev.optim.random.RandomStream;
import java.util.Arrays;

/**
 * Mini-batches of a finite sum, drawn without replacement: each epoch is a fresh random order of
 * all terms, cut into batches. The last batch of an epoch is shorter where the size does not divide
 * n.
 *
 * <p>Batch k is a function of the random stream and k alone, so that a run goes on from any k with
 * the same batches. Not safe for use from several threads.
 */
public final class BatchSampler {

  private final int terms;
  private final int size;
  private final RandomStream random;
  private long epoch = -1;
  private int[] order = new int[0];

  /**
   * Prepares the batches.
   *
   * @param terms n, at least 1
   * @param size the terms in a batch, at least 1; more than n means n
   * @param random where the orders are drawn from; the epochs' streams are split off it
   */
  public BatchSampler(int terms, int size, RandomStream random) {
    this.terms = (int) Checks.atLeastOne("terms", terms);
    this.size = (int) Math.min(terms, Checks.atLeastOne("size", size));
    this.random = random;
  }

  /**
   * The batches of an epoch.
   *
   * @return n / size, rounded up
   */
  public int batchesPerEpoch() {
    return (terms + size - 1) / size;
  }

  /**
   * Batch k.
   *
   * @param k at least 0
   * @return a new array of term indices
   */
  public int[] batch(long k) {
    if (k < 0) {
      throw new IllegalArgumentException("k is " + k + ", must be at least 0");
    }
    long wanted = k / batchesPerEpoch();
    if (wanted != epoch) {
      order = random.split(wanted).permutation(terms);
      epoch = wanted;
    }
    int from = (int) (k % batchesPerEpoch()) * size;
    return Arrays.copyOfRange(order, from, Math.min(terms, from + size));
  }
}
