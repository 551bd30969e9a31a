package dev.optim.kernel;

import java.util.Objects;

/**
 * The counter-based generator and the variates made from it, for {@code dev.optim.random}; users
 * draw from a {@code RandomStream}. Words come in groups of {@value #GROUP}: a group is a function
 * of the key, a domain and its index only.
 */
public final class RandomKernels {

  /** Words of a group. */
  public static final int GROUP = 64;

  /** Words that {@link #stretch} makes of a group. */
  public static final int STRETCHED = 1024;

  private static final VectorKernels KERNELS = Providers.ACTIVE;

  private RandomKernels() {}

  /**
   * One block of Threefry-4x32 with 20 rounds.
   *
   * @param keyHigh key words 2 (low half) and 3
   * @param keyLow key words 0 (low half) and 1
   * @param counterHigh counter words 2 (low half) and 3
   * @param counterLow counter words 0 (low half) and 1
   * @param out receives the four words
   */
  public static void block(
      long keyHigh, long keyLow, long counterHigh, long counterLow, int[] out) {
    Objects.checkFromToIndex(0, 4, out.length);
    Threefry.block(
        (int) keyLow,
        (int) (keyLow >>> 32),
        (int) keyHigh,
        (int) (keyHigh >>> 32),
        (int) counterLow,
        (int) (counterLow >>> 32),
        (int) counterHigh,
        (int) (counterHigh >>> 32),
        out,
        0,
        1);
  }

  /**
   * Random words. Word {@code 16 l + j} of group {@code g} is word l of the block with counter
   * {@code 16 g + j} in its low half and the domain in its high half.
   *
   * @param keyHigh key words 2 and 3
   * @param keyLow key words 0 and 1
   * @param domain separates draws of different kinds
   * @param firstGroup index of the first group
   * @param groups number of groups
   * @param words receives {@code 64 groups} words
   */
  public static void words(
      long keyHigh, long keyLow, int domain, long firstGroup, int groups, int[] words) {
    Objects.checkFromIndexSize(0, groups * GROUP, words.length);
    KERNELS.words(keyHigh, keyLow, domain, firstGroup, groups, words);
  }

  /**
   * The 64-bit cell made of the words {@code 2 index} (low half) and {@code 2 index + 1}.
   *
   * @param words random words
   * @param index which cell
   * @return its bits
   */
  public static long cell(int[] words, int index) {
    return (words[2 * index] & 0xffffffffL) | ((long) words[2 * index + 1] << 32);
  }

  /**
   * Uniform variates in [0, 1): the top 53 bits of each cell, 32 variates per group.
   *
   * @param words random words
   * @param groups number of groups
   * @param out receives {@code 32 groups} variates
   * @param from first index in out
   */
  public static void uniform(int[] words, int groups, double[] out, int from) {
    check(words, groups, out.length, from, GROUP / 2);
    KERNELS.uniform(words, groups, out, from);
  }

  /**
   * Uniform variates in [0, 1): the top 24 bits of each word, 64 variates per group.
   *
   * @param words random words
   * @param groups number of groups
   * @param out receives {@code 64 groups} variates
   * @param from first index in out
   */
  public static void uniform(int[] words, int groups, float[] out, int from) {
    check(words, groups, out.length, from, GROUP);
    KERNELS.uniform(words, groups, out, from);
  }

  /**
   * Makes 16 random states many words: each seeds a xoshiro128++ generator, which gives 64 words.
   *
   * @param words read from 0 to 63, a group with the four words of a state 16 apart; written from 0
   *     to {@value #STRETCHED} - 1, word {@code 16 i + j} being number i of generator j
   */
  public static void stretch(int[] words) {
    Objects.checkFromToIndex(0, STRETCHED, words.length);
    KERNELS.stretch(words);
  }

  /**
   * 512 standard Gaussian variates by Box and Muller's method from pairs of cells.
   *
   * @param words {@value #STRETCHED} random words
   * @param out receives the variates
   * @param from first index in out
   */
  public static void gaussian(int[] words, double[] out, int from) {
    Objects.checkFromToIndex(0, STRETCHED, words.length);
    Objects.checkFromIndexSize(from, STRETCHED / 2, out.length);
    KERNELS.gaussian(words, out, from);
  }

  /**
   * 1024 standard Gaussian variates by Box and Muller's method from pairs of words.
   *
   * @param words {@value #STRETCHED} random words
   * @param out receives the variates
   * @param from first index in out
   */
  public static void gaussian(int[] words, float[] out, int from) {
    Objects.checkFromToIndex(0, STRETCHED, words.length);
    Objects.checkFromIndexSize(from, STRETCHED, out.length);
    KERNELS.gaussian(words, out, from);
  }

  private static void check(int[] words, int groups, int length, int from, int perGroup) {
    Objects.checkFromIndexSize(0, groups * GROUP, words.length);
    Objects.checkFromIndexSize(from, groups * perGroup, length);
  }
}
