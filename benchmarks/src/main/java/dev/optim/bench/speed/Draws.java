package dev.optim.bench.speed;

import java.util.SplittableRandom;

/**
 * Standard normal numbers to race on, from the JDK: the library's own vector kernel for them takes
 * the compiler two seconds, which a race that is about something else need not wait for.
 */
final class Draws {

  private Draws() {}

  static float[] floats(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] draws = new float[length];
    for (int i = 0; i < length; i++) {
      draws[i] = (float) random.nextGaussian();
    }
    return draws;
  }

  static double[] doubles(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] draws = new double[length];
    for (int i = 0; i < length; i++) {
      draws[i] = random.nextGaussian();
    }
    return draws;
  }
}
