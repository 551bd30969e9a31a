package dev.optim.zeroth;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.ArrayDeque;
import java.util.Deque;

/** Random choices that were recorded. */
final class RecordedChance implements Chance {

  private final Deque<Double> draws = new ArrayDeque<>();
  private final Deque<int[]> batches = new ArrayDeque<>();

  void addDraws(double[][] rows) {
    for (double[] row : rows) {
      for (double z : row) {
        draws.add(z);
      }
    }
  }

  void addBatch(int[] batch) {
    batches.add(batch);
  }

  boolean used() {
    return draws.isEmpty();
  }

  @Override
  public void gaussian(double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = draws.isEmpty() ? 0 : draws.remove(); // one step beyond the recorded ones
    }
  }

  @Override
  public void gaussian(float[] out, int from, int to) {
    throw new UnsupportedOperationException("what is recorded is in double precision");
  }

  @Override
  public void batch(int n, int[] out) {
    // the engine draws the batch after the last recorded one, too
    if (!batches.isEmpty()) {
      System.arraycopy(batches.remove(), 0, out, 0, out.length);
    }
  }

  @Override
  public void save(CheckpointBuilder builder) {}

  @Override
  public Chance restored(Checkpoint saved) {
    return new RecordedChance(); // nothing is recorded for what comes after
  }
}
