package dev.optim.sgd;

import dev.optim.kernel.Elementary;
import dev.optim.kernel.Kernels;
import java.util.Arrays;

/**
 * The loops behind {@link Kappas}, in both precisions: plain, at one index and without a branch
 * wherever they go over all elements, because compilers vectorise those.
 */
final class KappaLoops {

  private static final int BLOCK = 1024;

  /** From copy to copy; near a multiple of 4 kB loads would wait for stores. */
  private static final int APART = BLOCK + 256;

  /** What {@link #powers} needs behind z. */
  static final int COPIES = APART + BLOCK;

  /** From here on t / sqrt(t^2 + 1) is 1, and the square of a power of two is exact. */
  private static final double STEEP = 0x1.0p100;

  private static final float FLOAT_STEEP = 0x1.0p40f;

  private KappaLoops() {}

  /** A width as float: neither 0, by which one cannot divide, nor infinite. */
  static float width(double e) {
    return (float) Math.max(Float.MIN_NORMAL, Math.min(Float.MAX_VALUE, e));
  }

  static void sign(double[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = Signs.of(z[i]);
    }
  }

  static void sign(float[] z, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = Signs.of(z[i]);
    }
  }

  static void clip(double[] z, int n, double e) {
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(-1, Math.min(1, z[i] / e));
    }
  }

  static void clip(float[] z, int n, float e) {
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(-1, Math.min(1, z[i] / e));
    }
  }

  /**
   * The sign of what is left of z beyond e, which is not 0 where |z| > e: subtraction is gradual.
   */
  static void deadZone(double[] z, int from, int to, double e) {
    for (int i = from; i < to; i++) {
      z[i] = Signs.of(z[i] - Math.max(-e, Math.min(e, z[i])));
    }
  }

  static void deadZone(float[] z, int from, int to, float e) {
    for (int i = from; i < to; i++) {
      z[i] = Signs.of(z[i] - Math.max(-e, Math.min(e, z[i])));
    }
  }

  /** z / sqrt(z^2 + e^2), as t / sqrt(t^2 + 1) of t = z / e, whose square cannot overflow. */
  static void pseudoHuber(double[] z, int n, double e) {
    for (int i = 0; i < n; i++) {
      double t = Math.max(-STEEP, Math.min(STEEP, z[i] / e));
      z[i] = t / Math.sqrt(t * t + 1);
    }
  }

  static void pseudoHuber(float[] z, int n, float e) {
    for (int i = 0; i < n; i++) {
      float t = Math.max(-FLOAT_STEEP, Math.min(FLOAT_STEEP, z[i] / e));
      z[i] = t / (float) Math.sqrt(t * t + 1);
    }
  }

  static void divide(double[] z, int from, int to, double by) {
    for (int i = from; i < to; i++) {
      z[i] /= by;
    }
  }

  static void divide(float[] z, int from, int to, float by) {
    for (int i = from; i < to; i++) {
      z[i] /= by;
    }
  }

  /**
   * The gradient of the p-norm, for z over its largest magnitude, so that powers do not overflow.
   * Works on blocks behind z, in {@link #COPIES} elements.
   */
  static void powers(double[] z, int n, double p) {
    double largest = Kernels.maxAbs(z, 0, n);
    if (largest == 0) {
      return;
    }
    divide(z, 0, n, largest);
    double sum = 0; // of |z|^p
    for (int block = 0; block < n; block += Math.min(BLOCK, n - block)) {
      int length = Math.min(BLOCK, n - block);
      System.arraycopy(z, block, z, n + APART, length);
      signedPowers(z, n, n + length, p - 1);
      sum += Kernels.dot(z, n, z, n + APART, length);
      System.arraycopy(z, n, z, block, length);
    }
    divide(z, 0, n, Elementary.exp(Elementary.log(sum) * (p - 1) / p));
  }

  /** sign(w) |w|^q, with |w|^q = exp(q log |w|), which is 0 for 0, of w that are {@link #APART}. */
  private static void signedPowers(double[] z, int from, int to, double q) {
    for (int i = from; i < to; i++) {
      z[i] = Math.abs(z[i + APART]);
    }
    Elementary.log(z, z, from, to);
    Kernels.scale(q, z, from, to);
    Elementary.exp(z, z, from, to);
    for (int i = from; i < to; i++) {
      z[i] *= Signs.of(z[i + APART]);
    }
  }

  static void powers(float[] z, int n, double p) {
    float largest = Kernels.maxAbs(z, 0, n);
    if (largest == 0) {
      return;
    }
    divide(z, 0, n, largest);
    double sum = 0; // of |z|^p
    for (int block = 0; block < n; block += Math.min(BLOCK, n - block)) {
      int length = Math.min(BLOCK, n - block);
      System.arraycopy(z, block, z, n + APART, length);
      signedPowers(z, n, n + length, p - 1);
      sum += Kernels.dot(z, n, z, n + APART, length);
      System.arraycopy(z, n, z, block, length);
    }
    divide(z, 0, n, (float) Elementary.exp(Elementary.log(sum) * (p - 1) / p));
  }

  private static void signedPowers(float[] z, int from, int to, double q) {
    for (int i = from; i < to; i++) {
      z[i] = Math.abs(z[i + APART]);
    }
    Elementary.log(z, z, from, to);
    Kernels.scale(Math.min(Float.MAX_VALUE, q), z, from, to); // no infinity, for log 1 is 0
    Elementary.exp(z, z, from, to);
    for (int i = from; i < to; i++) {
      z[i] *= Signs.of(z[i + APART]);
    }
  }

  static void normalise(double[] z, int from, int to) {
    double norm = Kernels.norm(z, from, to);
    if (norm != 0) {
      divide(z, from, to, norm);
    }
  }

  static void normalise(float[] z, int from, int to) {
    double norm = Kernels.norm(z, from, to);
    if (norm > 1e-30 && norm < 1e38) {
      divide(z, from, to, (float) norm);
    } else if (norm != 0) { // no float, or one of few digits
      for (int i = from; i < to; i++) {
        z[i] = (float) (z[i] / norm);
      }
    }
  }

  /** The sign of the first of the largest magnitudes, found by blocks; 0 elsewhere. */
  static void largest(double[] z, int n) {
    double largest = -1;
    int first = 0;
    for (int block = 0; block < n; block += Math.min(BLOCK, n - block)) {
      double here = Kernels.maxAbs(z, block, block + Math.min(BLOCK, n - block));
      if (Double.compare(here, largest) > 0) {
        largest = here;
        first = block;
      }
    }
    while (Double.compare(Math.abs(z[first]), largest) != 0) {
      first++;
    }
    double sign = Math.signum(z[first]);
    Arrays.fill(z, 0, n, 0);
    z[first] = sign;
  }

  static void largest(float[] z, int n) {
    float largest = -1;
    int first = 0;
    for (int block = 0; block < n; block += Math.min(BLOCK, n - block)) {
      float here = Kernels.maxAbs(z, block, block + Math.min(BLOCK, n - block));
      if (Float.compare(here, largest) > 0) {
        largest = here;
        first = block;
      }
    }
    while (Float.compare(Math.abs(z[first]), largest) != 0) {
      first++;
    }
    float sign = Math.signum(z[first]);
    Arrays.fill(z, 0, n, 0);
    z[first] = sign;
  }

  /**
   * The signs of the k largest magnitudes, 0 elsewhere: a dead zone up to the smallest of them, and
   * one that just leaves it out in front of the last that is taken of several equal ones.
   *
   * @param work n elements and {@link Selection#BINS} more from index at on
   */
  static void top(double[] z, int n, int k, double[] work, int at) {
    System.arraycopy(z, 0, work, at, n);
    for (int i = at; i < at + n; i++) {
      work[i] = Math.abs(work[i]);
    }
    int ties = Selection.ofLargest(work, at, n, k);
    double threshold = work[at];
    int end = 0;
    while (ties > 0) {
      ties -= Selection.bits(z[end++]) == Selection.bits(threshold) ? 1 : 0;
    }
    deadZone(z, 0, end, Math.max(0, Math.nextDown(threshold)));
    deadZone(z, end, n, threshold);
  }

  static void top(float[] z, int n, int k, double[] work) {
    for (int i = 0; i < n; i++) {
      work[i] = Math.abs(z[i]);
    }
    int ties = Selection.ofLargest(work, 0, n, k);
    float threshold = (float) work[0];
    int end = 0;
    while (ties > 0) {
      ties -= Selection.bits(z[end++]) == Selection.bits(threshold) ? 1 : 0;
    }
    deadZone(z, 0, end, Math.max(0, Math.nextDown(threshold)));
    deadZone(z, end, n, threshold);
  }
}
