package dev.optim.update;

import dev.optim.kernel.RandomKernels;
import dev.optim.random.RandomStream;

/**
 * Rounds to bfloat16 at random. The random bits of an element depend on the seed, the step, the
 * pass, the vector and the element alone: not on blocks, threads, or what was rounded before.
 */
final class StochasticRounding {

  /** Elements of a group of random words: each takes 16 bits. */
  private static final int GROUP = 2 * RandomKernels.GROUP;

  /** Groups drawn at a time. */
  private static final int BATCH = 16;

  private final RandomStream.Key key;
  private final long groups;
  private final int passes;
  private final int[][] words;
  private long first;

  /** For vectors of a length, in steps of some passes, on some workers. */
  StochasticRounding(long seed, int length, int passes, int workers) {
    this.key = RandomStream.of(seed).split("stochastic rounding").key();
    this.groups = 1 + length / GROUP;
    this.passes = passes;
    this.words = new int[workers][BATCH * RandomKernels.GROUP];
  }

  /** Begins a pass of a step, both counted from 0. */
  void begin(long step, int pass) {
    first = (step * passes + pass) * groups;
  }

  /** Rounds values 0..length-1 to elements from..from+length-1 of a vector. */
  void round(int vector, float[] values, short[] out, int from, int length, int worker) {
    int[] drawn = words[worker];
    int done = 0;
    while (done < length) {
      int group = (from + done) / GROUP;
      int within = (from + done) % GROUP;
      int count = Math.min(length - done, BATCH * GROUP - within);
      int drawing = (within + count + GROUP - 1) / GROUP;
      RandomKernels.words(key.high(), key.low(), vector, first + group, drawing, drawn);
      for (int i = 0; i < count; i++) {
        int half = within + i;
        int random = drawn[half >> 1] >>> (half << 4) & 0xffff; // shifts by 0 or 16
        out[from + done + i] = Bfloat16.stochastic(values[done + i], random);
      }
      done += count;
    }
  }
}
