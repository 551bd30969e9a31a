package dev.optim.update;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;

/**
 * The state vectors of an updater, each as long as the layout, in the storage the plan asks for.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
sealed interface StateVectors<A> permits WideState, NarrowState {

  /** How many vectors there are. */
  int count();

  /** Copies elements from..from+length-1 of a vector to the first of an array. */
  void get(int vector, int from, A array, int length);

  /** Copies the first elements of an array to elements from..from+length-1 of a vector. */
  void put(A array, int vector, int from, int length, int worker);

  /** Adds a tensor's part of a vector to a checkpoint. */
  void save(CheckpointBuilder builder, String name, int vector, Parameters.Tensor tensor);

  /** Checks a tensor's part of a vector and returns what takes it over. */
  Runnable restoring(Checkpoint checkpoint, String name, int vector, Parameters.Tensor tensor);
}
