package dev.optim.zeroth;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;

/** Standard Gaussian vectors by number, made anew when wanted; tests replay recorded ones. */
interface Perturbations {

  /** Writes vector number {@code index}. */
  void copy(long index, double[] out);

  /** Adds what identifies the vectors. */
  void save(CheckpointBuilder builder);

  /** The vectors that {@link #save} identified. */
  Perturbations restored(Checkpoint saved);
}
