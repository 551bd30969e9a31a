package dev.optim.bench.jmh.mfac;

import java.util.Arrays;

/** Times pieces of work in turns: what disturbs one disturbs the others as well. */
final class Turns {

  /** No other round is begun after so long. */
  private static final double NANOS = 3e9;

  private static final int MOST_ROUNDS = 200;

  private Turns() {}

  /**
   * Runs each of some pieces of work, again and again for about three seconds, at least three
   * times.
   *
   * @return the shortest time of each, in nanoseconds
   */
  static double[] fastest(Runnable... works) {
    double[] fastest = new double[works.length];
    Arrays.fill(fastest, Double.POSITIVE_INFINITY);
    long first = System.nanoTime();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      if (round >= 3 && System.nanoTime() - first > NANOS) {
        break;
      }
      for (int i = 0; i < works.length; i++) {
        long begin = System.nanoTime();
        works[i].run();
        fastest[i] = Math.min(fastest[i], System.nanoTime() - begin);
      }
    }
    return fastest;
  }
}
