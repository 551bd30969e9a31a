package dev.optim.sgd;

import java.util.Arrays;

/**
 * The k-th largest of n numbers in time proportional to n: by their bits, which order numbers that
 * are not negative, eleven at a time from the top. A round counts the candidates by their eleven
 * bits and keeps those of the one value that holds the k-th. At most six rounds of two passes and a
 * last count, of which the later ones usually find few candidates left.
 */
final class Selection {

  private static final int DIGIT = 11;

  /** The values of a digit: as many counts are kept behind the numbers. */
  static final int BINS = 1 << DIGIT;

  private static final int EXPONENT = 52;

  private Selection() {}

  /** The bits of the magnitude; what is not a number is larger than infinity. */
  static long bits(double value) {
    return Double.doubleToRawLongBits(value) & Long.MAX_VALUE;
  }

  private static int digit(double value, int shift) {
    return (int) (Double.doubleToRawLongBits(value) >>> shift) & (BINS - 1);
  }

  /**
   * Puts the k-th largest number in front.
   *
   * @param a n numbers, not negative, from index at on, and {@link #BINS} elements behind them; all
   *     are written
   * @param k at least 1, at most n
   * @return how many of the numbers equal to the k-th largest, now a[at], belong to the k largest
   */
  static int ofLargest(double[] a, int at, int n, int k) {
    int counts = at + n;
    int rank = k;
    int left = n;
    for (int shift = EXPONENT; ; shift = Math.max(0, shift - DIGIT)) {
      if (count(a, at, left, shift, counts)) {
        return rank;
      }
      int digit = BINS - 1;
      while (a[counts + digit] < rank) {
        rank -= (int) a[counts + digit];
        digit--;
      }
      left = keep(a, at, left, shift, digit);
    }
  }

  /** Counts the values of a digit; whether all candidates are equal. */
  private static boolean count(double[] a, int at, int left, int shift, int counts) {
    Arrays.fill(a, counts, counts + BINS, 0);
    long some = 0;
    long all = -1;
    for (int i = at; i < at + left; i++) {
      long bits = Double.doubleToRawLongBits(a[i]);
      some |= bits;
      all &= bits;
      a[counts + digit(a[i], shift)]++;
    }
    return some == all;
  }

  /** Moves the candidates with a digit to the front; how many they are. */
  private static int keep(double[] a, int at, int left, int shift, int digit) {
    int kept = at;
    for (int i = at; i < at + left; i++) {
      double value = a[i];
      a[kept] = value;
      kept += (digit(value, shift) ^ digit) - 1 >>> 31; // 1 if equal, without a branch
    }
    return kept - at;
  }
}
