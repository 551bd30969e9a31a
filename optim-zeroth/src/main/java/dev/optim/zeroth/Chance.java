package dev.optim.zeroth;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;

/** The random choices of a run; tests replay recorded ones. */
interface Chance {

  /** Fills a range with the next standard Gaussian draws. */
  void gaussian(double[] out, int from, int to);

  /** Fills a range with the next standard Gaussian draws in single precision. */
  void gaussian(float[] out, int from, int to);

  /** Writes the next mini-batch: different indices below {@code n}. */
  void batch(int n, int[] out);

  /** Adds the position. */
  void save(CheckpointBuilder builder);

  /** The same choices from the position that {@link #save} wrote. */
  Chance restored(Checkpoint saved);
}
