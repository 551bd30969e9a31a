package dev.optim.zeroth;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;

/** The random choices of a run; tests replay recorded ones. */
interface Chance {

  /** Fills a range with the next standard Gaussian draws. */
  void gaussian(double[] out, int from, int to);

  /** The next mini-batch: {@code size} different indices below {@code n}. */
  int[] batch(int n, int size);

  /** Adds the position. */
  void save(CheckpointBuilder builder);

  /** The same choices from the position that {@link #save} wrote. */
  Chance restored(Checkpoint saved);
}
