package dev.optim.update;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;

/**
 * The state vectors of an updater, each as long as the layout, in the storage the plan asks for.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
sealed interface StateVectors<A> permits WideState, NarrowState, CutState {

  /** How many vectors there are. */
  int count();

  /** Whether {@link #open} gives the state itself and needs no scratch. */
  boolean inPlace();

  /** Copies elements from..from+length-1 of a vector to the first of an array. */
  void get(int vector, int from, A array, int length);

  /**
   * Elements from..from+length-1 of the first vectors, as many as the scratch has, at the beginning
   * of arrays: in the scratch, or the state itself.
   */
  default A[] open(int from, A[] scratch, int length) {
    for (int v = 0; v < scratch.length; v++) {
      get(v, from, scratch[v], length);
    }
    return scratch;
  }

  /** Takes back what {@link #open} gave, changed. */
  void close(A[] opened, int from, int length, int worker);

  /** Adds a tensor's part of a vector to a checkpoint. */
  void save(CheckpointBuilder builder, String name, int vector, Parameters.Tensor tensor);

  /** Checks a tensor's part of a vector and returns what takes it over. */
  Runnable restoring(Checkpoint checkpoint, String name, int vector, Parameters.Tensor tensor);
}
