package dev.optim.update;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;

/** State vectors in the precision of the parameters, open to a rule without a copy. */
record WideState<A>(Elements<A> elements, A[] arrays) implements StateVectors<A> {

  @Override
  public int count() {
    return arrays.length;
  }

  /** Not at the beginning of arrays. */
  @Override
  public boolean inPlace() {
    return false;
  }

  @Override
  public void get(int vector, int from, A array, int length) {
    System.arraycopy(arrays[vector], from, array, 0, length);
  }

  @Override
  public void close(A[] opened, int from, int length, int worker) {
    for (int v = 0; v < opened.length; v++) {
      System.arraycopy(opened[v], 0, arrays[v], from, length);
    }
  }

  @Override
  public void save(CheckpointBuilder builder, String name, int vector, Parameters.Tensor tensor) {
    elements.save(builder, name, arrays[vector], tensor.offset(), tensor);
  }

  @Override
  public Runnable restoring(
      Checkpoint checkpoint, String name, int vector, Parameters.Tensor tensor) {
    A saved = elements.load(checkpoint, name, tensor);
    return () -> System.arraycopy(saved, 0, arrays[vector], tensor.offset(), tensor.size());
  }
}
