package dev.optim.random;

/** Integers of a range, each equally likely: those that would come up too often are rejected. */
final class Bounded {

  private Bounded() {}

  /** A number from 0 to bound - 1 by multiplication (Lemire, 2019). */
  static int below(int bound, RandomStream random) {
    requirePositive(bound);
    long product = (random.nextInt() & 0xffffffffL) * bound;
    if ((product & 0xffffffffL) < bound) {
      // The 2^32 mod bound smallest low halves would come up once too often.
      long surplus = (1L << 32) % bound;
      while ((product & 0xffffffffL) < surplus) {
        product = (random.nextInt() & 0xffffffffL) * bound;
      }
    }
    return (int) (product >>> 32);
  }

  /** A number from origin to bound - 1. */
  static int between(int origin, int bound, RandomStream random) {
    requireOrder(origin, bound);
    long range = (long) bound - origin;
    long number = range <= Integer.MAX_VALUE ? below((int) range, random) : below(range, random);
    return (int) (origin + number);
  }

  /**
   * A number from 0 to bound - 1: as many bits as bound - 1 has, until they are below the bound.
   */
  static long below(long bound, RandomStream random) {
    requirePositive(bound);
    int shift = Long.numberOfLeadingZeros((bound - 1) | 1);
    long bits = random.nextLong() >>> shift;
    while (bits >= bound) {
      bits = random.nextLong() >>> shift;
    }
    return bits;
  }

  /** A number from origin to bound - 1. */
  static long between(long origin, long bound, RandomStream random) {
    requireOrder(origin, bound);
    long range = bound - origin;
    if (range > 0) {
      return origin + below(range, random);
    }
    // The range is half of all numbers or more.
    long number = random.nextLong();
    while (number < origin || number >= bound) {
      number = random.nextLong();
    }
    return number;
  }

  private static void requirePositive(long bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound is " + bound + ", must be positive");
    }
  }

  private static void requireOrder(long origin, long bound) {
    if (bound <= origin) {
      throw new IllegalArgumentException("bound is " + bound + ", must exceed origin " + origin);
    }
  }
}
