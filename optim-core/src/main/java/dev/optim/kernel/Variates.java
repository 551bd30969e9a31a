package dev.optim.kernel;

/**
 * Random words made into uniform and Gaussian variates, in plain Java, group by group of 64 words
 * (32 pairs of words for double precision). Gaussian variates come in pairs half a group apart:
 * with {@code u} and {@code v} the first and the second half's words, {@code r = sqrt(-2 ln u)} and
 * an angle from {@code v} (Box and Muller, 1958).
 */
final class Variates {

  /** 64-bit cells of a group. */
  private static final int CELLS = RandomKernels.GROUP / 2;

  private Variates() {}

  static void uniform(int[] words, int groups, double[] out, int from) {
    for (int i = 0; i < groups * CELLS; i++) {
      out[from + i] = (RandomKernels.cell(words, i) >>> 11) * 0x1p-53;
    }
  }

  static void uniform(int[] words, int groups, float[] out, int from) {
    for (int i = 0; i < groups * RandomKernels.GROUP; i++) {
      out[from + i] = (words[i] >>> 8) * 0x1p-24f;
    }
  }

  static void gaussian(int[] words, int groups, double[] out, int from) {
    int half = CELLS / 2;
    for (int p = 0; p < groups * half; p++) {
      int i = 2 * (p & -half) + (p & (half - 1));
      // The smallest of the 2^53 radius uniforms is 2^-54, so |z| reaches 8.65.
      double u = ((RandomKernels.cell(words, i) >>> 11) + 0.5) * 0x1p-53;
      long v = RandomKernels.cell(words, i + half);
      double radius = Math.sqrt(-2 * Doubles.log(u));
      // The top bit turns by pi, the next one reflects at the diagonal, 52 bits of the rest choose
      // the angle in a quarter turn.
      double signed = v < 0 ? -radius : radius;
      double f = Double.longBitsToDouble(v << 2 >>> 12 | Doubles.ONE_BITS) - 1.5;
      double sin = signed * Doubles.sinQuarter(f);
      double cos = signed * Doubles.cosQuarter(f);
      boolean reflect = (v << 1) < 0;
      out[from + i] = reflect ? sin : cos;
      out[from + i + half] = reflect ? cos : sin;
    }
  }

  static void gaussian(int[] words, int groups, float[] out, int from) {
    int half = RandomKernels.GROUP / 2;
    for (int p = 0; p < groups * half; p++) {
      int i = 2 * (p & -half) + (p & (half - 1));
      // The smallest of the 2^31 radius uniforms is 2^-32, so |z| reaches 6.66.
      float u = ((words[i] >>> 1) + 0.5f) * 0x1p-31f;
      int v = words[i + half];
      float radius = (float) Math.sqrt(-2 * Floats.log(u));
      float signed = v < 0 ? -radius : radius;
      float f = Float.intBitsToFloat(v << 2 >>> 9 | Floats.ONE_BITS) - 1.5f;
      float sin = signed * Floats.sinQuarter(f);
      float cos = signed * Floats.cosQuarter(f);
      boolean reflect = (v << 1) < 0;
      out[from + i] = reflect ? sin : cos;
      out[from + i + half] = reflect ? cos : sin;
    }
  }
}
