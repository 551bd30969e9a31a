package dev.optim.kernel;

/**
 * The generator xoshiro128++ (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", ACM TOMS 47, 2021): a quarter of the work of Threefry for a word. Its words have to
 * be made one after the other, so it serves short runs of 64 words, each from a state that Threefry
 * makes.
 */
final class Xoshiro {

  /** Generators side by side. */
  static final int LANES = 16;

  private Xoshiro() {}

  static void stretch(int[] words) {
    for (int lane = 0; lane < LANES; lane++) {
      run(words, lane, LANES, RandomKernels.STRETCHED / LANES);
    }
  }

  /**
   * Reads a state of four words from {@code at} with a stride and writes {@code n} words over it,
   * at the same stride.
   */
  static void run(int[] words, int at, int stride, int n) {
    int s0 = words[at];
    int s1 = words[at + stride];
    int s2 = words[at + 2 * stride];
    int s3 = words[at + 3 * stride];
    for (int i = 0; i < n; i++) {
      words[at + i * stride] = Integer.rotateLeft(s0 + s3, 7) + s0;
      int t = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= t;
      s3 = Integer.rotateLeft(s3, 11);
    }
  }
}
