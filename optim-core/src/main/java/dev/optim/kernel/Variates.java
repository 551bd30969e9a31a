package dev.optim.kernel;

/**
 * Random words made into uniform and Gaussian variates, in plain Java. Uniform variates come from
 * groups of 64 words (32 pairs of words for double precision), Gaussian ones from 512 words and in
 * pairs half of them apart: with {@code u} and {@code v} the first and the second half's words,
 * {@code r = sqrt(-2 ln u)} and an angle from {@code v} (Box and Muller, 1958). The lowest bit of
 * {@code v} turns by pi, the next one reflects at the diagonal, the top 23 (or 52) choose the angle
 * in a quarter turn.
 */
final class Variates {

  /** 64-bit cells of a group. */
  private static final int CELLS = RandomKernels.GROUP / 2;

  /** An integer below 2^23 is or-ed into the low bits of 2^23: its conversion to a float. */
  static final int EXPONENT_BITS = 0x4b000000;

  /** 2^23, the bias of the exponent, and the 31 of 2^31. */
  static final float EXPONENT_BIAS = 0x1p23f + 127 + 31;

  static final float MINUS_TWO_LN2 = -1.3862944f;

  // -2 ln(1 + f) / f + 2 = f (R1 + ... + R7 f^6), minimax between sqrt(1/2) - 1 and sqrt(2) - 1.
  static final float R1 = 0x1.00006cp+0f;
  static final float R2 = -0x1.5558f4p-1f;
  static final float R3 = 0x1.ff6928p-2f;
  static final float R4 = -0x1.97b166p-2f;
  static final float R5 = 0x1.612428p-2f;
  static final float R6 = -0x1.4b6072p-2f;
  static final float R7 = 0x1.9cf972p-3f;

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

  static void gaussian(int[] words, double[] out, int from) {
    int half = RandomKernels.STRETCHED / 4;
    for (int i = 0; i < half; i++) {
      // The smallest of the 2^53 radius uniforms is 2^-54, so |z| reaches 8.65.
      double u = ((RandomKernels.cell(words, i) >>> 11) + 0.5) * 0x1p-53;
      long v = RandomKernels.cell(words, i + half);
      double radius = Math.sqrt(-2 * Doubles.log(u));
      double f = Double.longBitsToDouble(v >>> 12 | Doubles.ONE_BITS) - 1.5;
      double signed = (v & 1) == 0 ? radius : -radius;
      double sin = signed * Doubles.sinQuarter(f);
      double cos = signed * Doubles.cosQuarter(f);
      boolean reflect = (v & 2) != 0;
      out[from + i] = reflect ? sin : cos;
      out[from + i + half] = reflect ? cos : sin;
    }
  }

  static void gaussian(int[] words, float[] out, int from) {
    int half = RandomKernels.STRETCHED / 2;
    for (int i = 0; i < half; i++) {
      // The smallest of the 2^31 radius uniforms is 2^-32, so |z| reaches 6.66.
      float radius = (float) Math.sqrt(minusTwoLog((words[i] >>> 1) + 0.5f));
      int v = words[i + half];
      float f = Float.intBitsToFloat(v >>> 9 | Floats.ONE_BITS) - 1.5f;
      float signed = (v & 1) == 0 ? radius : -radius;
      float sin = signed * Floats.sinQuarter(f);
      float cos = signed * Floats.cosQuarter(f);
      boolean reflect = (v & 2) != 0;
      out[from + i] = reflect ? sin : cos;
      out[from + i + half] = reflect ? cos : sin;
    }
  }

  /**
   * {@code -2 ln(x / 2^31)} for x from 1/2 to 2^31, to 1.8e-7 of itself: no division and none of
   * the special cases of {@link Floats#log}.
   */
  private static float minusTwoLog(float x) {
    int bits = Float.floatToRawIntBits(x) + (Floats.ONE_BITS - Floats.SQRT_HALF_BITS);
    float k = Float.intBitsToFloat(bits >>> 23 | EXPONENT_BITS) - EXPONENT_BIAS;
    float f = Float.intBitsToFloat((bits & Floats.MANTISSA) + Floats.SQRT_HALF_BITS) - 1;
    float f2 = f * f;
    float low = (-2 + R1 * f) + (R2 + R3 * f) * f2;
    float high = (R4 + R5 * f) + (R6 + R7 * f) * f2;
    return k * MINUS_TWO_LN2 + (low + high * (f2 * f2)) * f;
  }
}
