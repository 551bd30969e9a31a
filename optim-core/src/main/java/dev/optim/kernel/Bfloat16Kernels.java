package dev.optim.kernel;

import java.util.Objects;

/**
 * Conversions of bfloat16 numbers, the upper 16 bits of a {@code float} in a {@code short}, from
 * and to {@code float[]}. Provider, bits and errors are those of {@link Kernels}.
 */
public final class Bfloat16Kernels {

  /** The bits of the largest finite number as a float: nothing up to it is rounded to infinity. */
  static final int LARGEST = 0x7f7f0000;

  private static final VectorKernels KERNELS = Providers.ACTIVE;

  private Bfloat16Kernels() {}

  /**
   * The values of numbers, exactly.
   *
   * @param bfloat16 the bits of the numbers
   * @param from first index in bfloat16
   * @param values receives the values from index 0 on
   * @param length number of elements
   */
  public static void widen(short[] bfloat16, int from, float[] values, int length) {
    Objects.checkFromIndexSize(from, length, bfloat16.length);
    Objects.checkFromIndexSize(0, length, values.length);
    KERNELS.widen(bfloat16, from, values, length);
  }

  /**
   * Rounds values to one of their neighbours, away from zero with the probability of what is cut
   * off: 16 random bits are added to the bits of a value, and the lower 16 bits of the sum dropped.
   * That may make infinity of values beyond the largest number, and of NaN anything.
   *
   * @param values the values
   * @param at first index in values
   * @param words random words, of which each element takes one half
   * @param word first index in words
   * @param upper whether it is the upper half
   * @param bfloat16 receives the bits
   * @param from first index in bfloat16
   * @param length number of elements
   * @return whether there were no such values
   */
  public static boolean round(
      float[] values,
      int at,
      int[] words,
      int word,
      boolean upper,
      short[] bfloat16,
      int from,
      int length) {
    Objects.checkFromIndexSize(at, length, values.length);
    Objects.checkFromIndexSize(word, length, words.length);
    Objects.checkFromIndexSize(from, length, bfloat16.length);
    return KERNELS.round(values, at, words, word, upper, bfloat16, from, length);
  }
}
