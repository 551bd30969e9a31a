package dev.optim.bench.jmh.firstorder;

import java.util.Arrays;

/** Times several pieces of work in turns, so that what slows the machine slows them all. */
final class Turns {

  private Turns() {}

  /** The fastest time of each, in nanoseconds. */
  static double[] fastest(int rounds, Runnable... works) {
    double[] fastest = new double[works.length];
    Arrays.fill(fastest, Double.POSITIVE_INFINITY);
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < works.length; i++) {
        long begin = System.nanoTime();
        works[i].run();
        fastest[i] = Math.min(fastest[i], System.nanoTime() - begin);
      }
    }
    return fastest;
  }
}
