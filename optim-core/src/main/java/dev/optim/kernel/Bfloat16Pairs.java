package dev.optim.kernel;

/**
 * bfloat16 numbers, the upper halves of the bits of a {@code float}, two to an {@code int}: number
 * {@code 16 b + j} in the lower half of int {@code 8 b + j}, number {@code 16 b + 8 + j} in the
 * upper, for j below 8. So the lower halves of neighbouring ints are neighbouring numbers, and so
 * are the upper ones: a shift or a mask makes a vector of ints one of floats.
 */
public final class Bfloat16Pairs {

  /** Numbers that lie together: 16. */
  public static final int GROUP = 16;

  /** The bits of the upper half. */
  static final int UPPER = 0xffff0000;

  private Bfloat16Pairs() {}

  /**
   * The length of an array.
   *
   * @param count the number of numbers
   * @return the ints that hold them: eight for every sixteen numbers begun
   */
  public static int length(int count) {
    return (count / GROUP + (count % GROUP == 0 ? 0 : 1)) * (GROUP / 2);
  }

  /**
   * The bits of a number.
   *
   * @param pairs the numbers
   * @param i which of them
   * @return its bits
   */
  public static short bits(int[] pairs, int i) {
    return (short) (pairs[index(i)] >>> 2 * (i & 8));
  }

  /**
   * Replaces a number.
   *
   * @param pairs the numbers
   * @param i which of them
   * @param bfloat16 the bits of the new one
   */
  public static void set(int[] pairs, int i, short bfloat16) {
    int shift = 2 * (i & 8);
    int other = pairs[index(i)] & UPPER >>> shift;
    pairs[index(i)] = other | (bfloat16 & 0xffff) << shift;
  }

  /** The value of a number. */
  static double get(int[] pairs, int i) {
    return Float.intBitsToFloat(bits(pairs, i) << 16);
  }

  /** The value of the number in the lower half. */
  static double lower(int pair) {
    return Float.intBitsToFloat(pair << 16);
  }

  /** The value of the number in the upper half. */
  static double upper(int pair) {
    return Float.intBitsToFloat(pair & UPPER);
  }

  private static int index(int i) {
    return (i >> 4 << 3) + (i & 7);
  }
}
