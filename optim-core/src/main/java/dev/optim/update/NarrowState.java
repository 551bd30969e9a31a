package dev.optim.update;

import dev.optim.kernel.Bfloat16Kernels;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Arrays;

/** State vectors in bfloat16, rounded at random when a step has changed them. */
record NarrowState(short[][] vectors, StochasticRounding rounding)
    implements StateVectors<float[]> {

  @Override
  public int count() {
    return vectors.length;
  }

  @Override
  public void get(int vector, int from, float[] array, int length) {
    Bfloat16Kernels.widen(vectors[vector], from, array, length);
  }

  @Override
  public boolean inPlace() {
    return false;
  }

  /** The parameters are vector 0 of the rounding. */
  @Override
  public void close(float[][] opened, int from, int length, int worker) {
    for (int v = 0; v < opened.length; v++) {
      rounding.round(v + 1, opened[v], vectors[v], from, length, worker);
    }
  }

  @Override
  public void save(CheckpointBuilder builder, String name, int vector, Parameters.Tensor tensor) {
    builder.tensor(
        name,
        Arrays.copyOfRange(vectors[vector], tensor.offset(), tensor.end()),
        Elements.longs(tensor.shape()));
  }

  @Override
  public Runnable restoring(
      Checkpoint checkpoint, String name, int vector, Parameters.Tensor tensor) {
    short[] saved = checkpoint.bfloat16s(name, Elements.longs(tensor.shape()));
    return () -> System.arraycopy(saved, 0, vectors[vector], tensor.offset(), tensor.size());
  }
}
