package dev.optim.update;

import dev.optim.kernel.Bfloat16Kernels;
import dev.optim.kernel.RandomKernels;
import dev.optim.random.RandomStream;

/**
 * Rounds to bfloat16 at random. The random bits of an element depend on the seed, the step, the
 * pass, the vector and the element alone: not on blocks, threads, or what was rounded before.
 */
final class StochasticRounding {

  private static final int WORDS = RandomKernels.STRETCHED;

  /** Elements of a group of random words: first each takes the lower half, then the upper. */
  private static final int GROUP = 2 * WORDS;

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
    this.words = new int[workers][WORDS];
  }

  /** Begins a pass of a step, both counted from 0. */
  void begin(long step, int pass) {
    first = (step * passes + pass) * groups;
  }

  /** Rounds values 0..length-1 to elements from..from+length-1 of a vector. */
  void round(int vector, float[] values, short[] out, int from, int length, int worker) {
    int[] drawn = words[worker];
    for (int done = 0; done < length; ) {
      int within = (from + done) % GROUP;
      int end = Math.min(GROUP, within + length - done);
      RandomKernels.words(key.high(), key.low(), vector, first + (from + done) / GROUP, 1, drawn);
      RandomKernels.stretch(drawn);
      for (int half = within / WORDS; half * WORDS < end; half++) {
        int word = Math.max(0, within - half * WORDS);
        int count = Math.min(WORDS, end - half * WORDS) - word;
        round(values, done, drawn, word, half == 1, out, from + done, count);
        done += count;
      }
    }
  }

  private static void round(
      float[] values,
      int at,
      int[] drawn,
      int word,
      boolean upper,
      short[] out,
      int to,
      int count) {
    if (Bfloat16Kernels.round(values, at, drawn, word, upper, out, to, count)) {
      return;
    }
    for (int i = 0; i < count; i++) {
      int random = drawn[word + i] >>> (upper ? 16 : 0) & 0xffff;
      out[to + i] = Bfloat16.stochastic(values[at + i], random);
    }
  }
}
