package dev.optim.zeroth;

import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;

/**
 * Random streams in checkpoints: key and position, so that a run of another seed can be resumed.
 */
final class Streams {

  private Streams() {}

  static void save(CheckpointBuilder builder, String name, RandomStream stream) {
    builder.tensor(name, new long[] {stream.key().high(), stream.key().low(), stream.counter()}, 3);
  }

  static RandomStream read(Checkpoint saved, String name) {
    long[] state = saved.longs(name, 3);
    return RandomStream.at(new RandomStream.Key(state[0], state[1]), state[2]);
  }
}
