package dev.optim.zeroth;

import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;

/** Perturbations that are draws of a stream: vector i is its draws from i d on. */
record StreamPerturbations(RandomStream stream, int dimension) implements Perturbations {

  @Override
  public void copy(long index, double[] out) {
    stream.at(Math.multiplyExact(index, (long) dimension)).fillGaussian(out, 0, dimension);
  }

  @Override
  public void save(CheckpointBuilder builder) {
    Streams.save(builder, "stream", stream);
  }

  @Override
  public Perturbations restored(Checkpoint saved) {
    return new StreamPerturbations(Streams.read(saved, "stream"), dimension);
  }
}
