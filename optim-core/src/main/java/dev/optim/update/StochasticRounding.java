package dev.optim.update;

import dev.optim.kernel.Kernels;
import dev.optim.kernel.RandomKernels;
import dev.optim.random.RandomStream;

/**
 * Rounds to bfloat16 at random. The random bits of an element depend on the seed, the step, the
 * pass, the vector and the element alone: not on blocks, threads, or what was rounded before.
 */
final class StochasticRounding {

  private static final int WORDS = RandomKernels.GROUP;

  /** Elements of a group of random words: first each takes 16 bits, then the other 16. */
  private static final int GROUP = 2 * WORDS;

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
      boolean plain = Kernels.maxAbs(values, done, done + count) <= Bfloat16.LARGEST_VALUE;
      for (int end = within + count; within < end; ) {
        int half = within / WORDS;
        int n = Math.min((half + 1) * WORDS, end) - within;
        int word = (half / 2 * WORDS) + within % WORDS;
        int shift = half % 2 * 16;
        if (plain) {
          roundPlain(values, done, drawn, word, shift, out, from + done, n);
        } else {
          for (int i = 0; i < n; i++) {
            int random = drawn[word + i] >>> shift & 0xffff;
            out[from + done + i] = Bfloat16.stochastic(values[done + i], random);
          }
        }
        within += n;
        done += n;
      }
    }
  }

  /** What {@link Bfloat16#stochastic} does to values that cannot overflow. */
  private static void roundPlain(
      float[] values, int at, int[] drawn, int word, int shift, short[] out, int to, int n) {
    for (int i = 0; i < n; i++) {
      int random = drawn[word + i] >>> shift & 0xffff;
      out[to + i] = (short) (Float.floatToRawIntBits(values[at + i]) + random >>> 16);
    }
  }
}
