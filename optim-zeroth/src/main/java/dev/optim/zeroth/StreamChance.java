package dev.optim.zeroth;

import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Arrays;

/** Random choices from a stream: Gaussian draws and permutations from two branches of it. */
final class StreamChance implements Chance {

  private final RandomStream noise;
  private final RandomStream order;
  private int[] permutation = {};
  private int used;

  StreamChance(RandomStream random) {
    noise = random.split("noise");
    order = random.split("batch");
  }

  private StreamChance(Checkpoint saved) {
    noise = Streams.read(saved, "noise");
    order = Streams.read(saved, "order");
    permutation = saved.ints("permutation");
    used = (int) saved.metaLong("used");
  }

  @Override
  public void gaussian(double[] out, int from, int to) {
    noise.fillGaussian(out, from, to);
  }

  @Override
  public void gaussian(float[] out, int from, int to) {
    noise.fillGaussian(out, from, to);
  }

  @Override
  public void batch(int n, int[] out) {
    if (used + out.length > permutation.length) {
      permutation = permutation.length == n ? permutation : new int[n];
      Arrays.setAll(permutation, i -> i);
      order.shuffle(permutation);
      used = 0;
    }
    System.arraycopy(permutation, used, out, 0, out.length);
    used += out.length;
  }

  @Override
  public void save(CheckpointBuilder builder) {
    Streams.save(builder, "noise", noise);
    Streams.save(builder, "order", order);
    builder.meta("used", used).tensor("permutation", permutation, permutation.length);
  }

  @Override
  public Chance restored(Checkpoint saved) {
    return new StreamChance(saved);
  }
}
