package dev.optim.bilevel;

import dev.optim.BatchSampler;
import dev.optim.random.RandomStream;

/** The batch number k of one level. */
@FunctionalInterface
interface Batches {

  int[] batch(long k);

  /** Batches of a size drawn without replacement, or the whole level for size 0. */
  static Batches of(String name, LevelObjective level, int size, RandomStream random) {
    if (size == 0) {
      return k -> Oracle.WHOLE;
    }
    if (!(level instanceof LevelSum sum)) {
      throw new IllegalArgumentException(
          name + "Batch is " + size + ", must be 0: the " + name + " level is no LevelSum");
    }
    return new BatchSampler(sum.terms(), size, random)::batch;
  }
}
