package dev.optim.kernel;

/**
 * The Threefry-4x32 generator with 20 rounds: a keyed permutation of a 128-bit counter (Salmon,
 * Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
 */
final class Threefry {

  /** The word that makes the five key words' exclusive or a constant. */
  static final int PARITY = 0x1bd11bda;

  private Threefry() {}

  /**
   * Encrypts the counter {@code x0..x3} (low word first) under the key {@code k0..k3} and writes
   * the four words to {@code out[at]}, {@code out[at + stride]}, {@code out[at + 2 stride]} and
   * {@code out[at + 3 stride]}.
   */
  static void block(
      int k0,
      int k1,
      int k2,
      int k3,
      int x0,
      int x1,
      int x2,
      int x3,
      int[] out,
      int at,
      int stride) {
    int k4 = PARITY ^ k0 ^ k1 ^ k2 ^ k3;
    x0 += k0;
    x1 += k1;
    x2 += k2;
    x3 += k3;
    for (int s = 1; s <= 5; s++) {
      boolean odd = (s & 1) != 0;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 10 : 6) ^ x0;
      x2 += x3;
      x3 = Integer.rotateLeft(x3, odd ? 26 : 20) ^ x2;
      x0 += x3;
      x3 = Integer.rotateLeft(x3, odd ? 11 : 17) ^ x0;
      x2 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 21 : 11) ^ x2;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 13 : 25) ^ x0;
      x2 += x3;
      x3 = Integer.rotateLeft(x3, odd ? 27 : 10) ^ x2;
      x0 += x3;
      x3 = Integer.rotateLeft(x3, odd ? 23 : 18) ^ x0;
      x2 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 5 : 20) ^ x2;

      x0 += k1;
      x1 += k2;
      x2 += k3;
      x3 += k4 + s;
      int first = k0;
      k0 = k1;
      k1 = k2;
      k2 = k3;
      k3 = k4;
      k4 = first;
    }
    out[at] = x0;
    out[at + stride] = x1;
    out[at + 2 * stride] = x2;
    out[at + 3 * stride] = x3;
  }

  /**
   * Writes groups of 64 words: word {@code 16 l + j} of group {@code g} is word {@code l} of the
   * block with counter {@code (16 g + j, domain)}, so that vectors of neighbouring blocks are
   * stored as they are.
   */
  static void words(
      long keyHigh, long keyLow, int domain, long firstGroup, int groups, int[] words) {
    for (int b = 0; b < 16 * groups; b++) {
      long counter = 16 * firstGroup + b;
      block(
          (int) keyLow,
          (int) (keyLow >>> 32),
          (int) keyHigh,
          (int) (keyHigh >>> 32),
          (int) counter,
          (int) (counter >>> 32),
          domain,
          0,
          words,
          4 * (b & -16) + (b & 15),
          16);
    }
  }
}
