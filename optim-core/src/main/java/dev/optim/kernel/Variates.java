package dev.optim.kernel;

/**
 * Random words made into uniform and Gaussian variates, in plain Java. Uniform variates come from
 * groups of 64 words (32 pairs of words for double precision), Gaussian ones from {@value
 * RandomKernels#STRETCHED} words and in pairs half of them apart: with {@code u} and {@code v} the
 * first and the second half's words, {@code r = sqrt(-2 ln u)} and an angle from {@code v} in the
 * half turn where the cosine is not negative, whose sign is one more bit (Box and Muller, 1958).
 *
 * <p>The polynomials are minimax fits of this project. Their errors, some 1e-6 in single and 1e-13
 * in double precision, are far below what any number of draws could show.
 */
final class Variates {

  /** 64-bit cells of a group. */
  private static final int CELLS = RandomKernels.GROUP / 2;

  /** The bits of 2^31. */
  static final int TWO_31_BITS = 0x4f000000;

  /** -2 ln 2 for a step of the exponent, which is 2^23 in the bits of a float. */
  static final float EXPONENT = -0x1.62e43p-23f;

  // (2 ln m - 2 ln 2 (m - 1)) / ((m - 1)(2 - m)) in f = m - 3/2, for m from 1 to 2.
  static final float R0 = 0x1.e2716ap-2f;
  static final float R1 = -0x1.b18634p-3f;
  static final float R2 = 0x1.b3ef2p-4f;
  static final float R3 = -0x1.f71554p-5f;
  static final float R4 = 0x1.25bfe6p-5f;

  // sin(pi f) / f and (cos(pi f) - 1) / f^2 in f^2, for |f| <= 1/2.
  static final float S0 = 0x1.921f6p+1f;
  static final float S1 = -0x1.4ab2bp+2f;
  static final float S2 = 0x1.45601ap+1f;
  static final float S3 = -0x1.1c13f2p-1f;
  static final float C1 = -0x1.3bd3b2p+2f;
  static final float C2 = 0x1.03bdb8p+2f;
  static final float C3 = -0x1.550566p+0f;
  static final float C4 = 0x1.c2cdc4p-3f;

  static final double MINUS_TWO_LN2 = -0x1.62e42fefa39efp+0;

  /** 2^52, into whose low bits a small integer is or-ed, and the bias of the exponent. */
  static final double EXPONENT_BIAS = 0x1p52 + 1023;

  // (2 ln((1 + s) / (1 - s)) / s - 4) / s^2 in s^2, for (1 + s) / (1 - s) in [1/sqrt 2, sqrt 2].
  static final double L0 = 0x1.555555560f6eap+0;
  static final double L1 = 0x1.999996a610081p-1;
  static final double L2 = 0x1.24941b174f927p-1;
  static final double L3 = 0x1.c626cb1876a0fp-2;
  static final double L4 = 0x1.915d6e3e0aa58p-2;

  static final double DS0 = 0x1.921fb544423c8p+1;
  static final double DS1 = -0x1.4abbce622e2fcp+2;
  static final double DS2 = 0x1.466bc6678e73ep+1;
  static final double DS3 = -0x1.32d2c820a80f0p-1;
  static final double DS4 = 0x1.5076bb2f86addp-4;
  static final double DS5 = -0x1.e28a9a189fecep-8;
  static final double DS6 = 0x1.d3ecdcf0ebdd4p-12;
  static final double DC1 = -0x1.3bd3cc9be4319p+2;
  static final double DC2 = 0x1.03c1f081a371dp+2;
  static final double DC3 = -0x1.55d3c7d9ca2b9p+0;
  static final double DC4 = 0x1.e1f5015b26b77p-3;
  static final double DC5 = -0x1.a6d0848dcefb8p-6;
  static final double DC6 = 0x1.f96486f29415bp-10;
  static final double DC7 = -0x1.a56759f5f561ap-14;

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
      // The radius uniforms are the odd multiples of 2^-53, so |z| reaches 8.57.
      double u =
          Double.longBitsToDouble(RandomKernels.cell(words, i) >>> 12 | Doubles.ONE_BITS)
              - (1 - 0x1p-53);
      double radius = Math.sqrt(minusTwoLog(u));
      long v = RandomKernels.cell(words, i + half);
      double f = Double.longBitsToDouble(v >>> 12 | Doubles.ONE_BITS) - 1.5;
      double cos = radius * cosHalf(f);
      out[from + i] = (v & 1) == 0 ? cos : -cos;
      out[from + i + half] = radius * sinHalf(f);
    }
  }

  static void gaussian(int[] words, float[] out, int from) {
    int half = RandomKernels.STRETCHED / 2;
    for (int i = 0; i < half; i++) {
      int w = words[i];
      // The smallest of the 2^31 radius uniforms is 2^-32, so |z| reaches 6.66.
      float radius = (float) Math.sqrt(minusTwoLog((w >>> 1) + 0.5f));
      float f = words[i + half] * 0x1p-32f;
      float cos = radius * cosHalf(f);
      out[from + i] = (w & 1) == 0 ? cos : -cos;
      out[from + i + half] = radius * sinHalf(f);
    }
  }

  /**
   * {@code -2 ln(x / 2^31)} for x from 1/2 to 2^31. As integers the bits of x are a logarithm of it
   * that is straight between the powers of two, where it is right; what it lacks between them is
   * the polynomial. So the result is never negative.
   */
  private static float minusTwoLog(float x) {
    int bits = Float.floatToRawIntBits(x);
    float straight = (bits - TWO_31_BITS) * EXPONENT;
    float f = Float.intBitsToFloat(bits & Floats.MANTISSA | Floats.ONE_BITS) - 1.5f;
    float f2 = f * f;
    float bend = (R0 + R1 * f) + ((R2 + R3 * f) + R4 * f2) * f2;
    return straight + bend * (f2 - 0.25f);
  }

  /** {@code -2 ln x} for a normal x below 1. */
  private static double minusTwoLog(double x) {
    long bits = Double.doubleToRawLongBits(x) + (Doubles.ONE_BITS - Doubles.SQRT_HALF_BITS);
    double k = Double.longBitsToDouble(bits >>> 52 | Doubles.TWO_52_BITS) - EXPONENT_BIAS;
    double f = Double.longBitsToDouble((bits & Doubles.MANTISSA) + Doubles.SQRT_HALF_BITS) - 1;
    double s = f / (2 + f);
    double z = s * s;
    double z2 = z * z;
    double tail = (L0 + L1 * z) + ((L2 + L3 * z) + L4 * z2) * z2;
    return k * MINUS_TWO_LN2 - s * (4 + z * tail);
  }

  private static float sinHalf(float f) {
    float z = f * f;
    return ((S0 + S1 * z) + (S2 + S3 * z) * (z * z)) * f;
  }

  private static float cosHalf(float f) {
    float z = f * f;
    float z2 = z * z;
    return (1 + C1 * z) + ((C2 + C3 * z) + C4 * z2) * z2;
  }

  private static double sinHalf(double f) {
    double z = f * f;
    double z2 = z * z;
    double low = (DS0 + DS1 * z) + (DS2 + DS3 * z) * z2;
    return (low + ((DS4 + DS5 * z) + DS6 * z2) * (z2 * z2)) * f;
  }

  private static double cosHalf(double f) {
    double z = f * f;
    double z2 = z * z;
    double low = (1 + DC1 * z) + (DC2 + DC3 * z) * z2;
    return low + ((DC4 + DC5 * z) + (DC6 + DC7 * z) * z2) * (z2 * z2);
  }
}
