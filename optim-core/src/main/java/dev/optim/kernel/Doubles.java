package dev.optim.kernel;

/**
 * The elementary functions in double precision, one value at a time. Both providers compute exactly
 * these operations in exactly this order; the constants are shared with the Vector API provider.
 * The polynomials are Chebyshev fits of this project, rounded to double.
 */
final class Doubles {

  /** 1.5 * 2^52: adding it rounds to an integer, which then sits in the low bits. */
  static final double SHIFT = 0x1.8p52;

  static final long SHIFT_BITS = Double.doubleToRawLongBits(SHIFT);
  static final double LOG2_E = 0x1.71547652b82fep+0;

  /** ln 2 to 32 bits, so that its product with an exponent is exact, and the rest. */
  static final double LN2_HIGH = 0x1.62e42feep-1;

  static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  /** Beyond these exp is 0 or infinite. */
  static final double EXP_MIN = -750;

  static final double EXP_MAX = 710;

  /** (r coth(r/2) - 2) / r^2 in r^2, for |r| <= ln 2 / 2. */
  static final double E0 = 0x1.5555555555553p-3;

  static final double E1 = -0x1.6c16c16c0abe6p-9;
  static final double E2 = 0x1.1566ab5c0cca8p-14;
  static final double E3 = -0x1.bbd53204bb10fp-20;
  static final double E4 = 0x1.63f262586d051p-25;

  /** Above this 1 + exp(-x) is 1. NaN counts as this. */
  static final double DECAYED = 40;

  /** Adding it rounds to a multiple of 1/4, whose number then sits in the low bits. */
  static final double QUARTER_SHIFT = 0x1.8p50;

  static final double QUARTER_LOG2_E = LOG2_E / 4;

  /** About f coth(f ln 4) in f^2, for |f| <= 1/8; fitted to the least error of 2^-4f. */
  static final double Q0 = 0x1.71547652b8328p-1;

  static final double Q1 = 0x1.d9303fea16d39p-2;
  static final double Q2 = -0x1.e50095d30a4efp-5;
  static final double Q3 = 0x1.6311fadab9558p-7;
  static final double Q4 = -0x1.0ea9be28a9349p-9;

  static final long ONE_BITS = 0x3ff0000000000000L;
  static final long MANTISSA = 0x000fffffffffffffL;
  static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;

  /** 2^52: or-ing a small integer into its bits adds the integer to it. */
  static final double TWO_52 = 0x1.0p52;

  static final long TWO_52_BITS = 0x4330000000000000L;

  /** Subnormal arguments of log are scaled up by this first. */
  static final double LOG_SCALE = 0x1.0p54;

  /** (ln((1 + s) / (1 - s)) / s - 2) / s^2 in s^2, for (1 + s) / (1 - s) in [1/sqrt 2, sqrt 2]. */
  static final double L0 = 0x1.5555555555558p-1;

  static final double L1 = 0x1.99999999952d7p-2;
  static final double L2 = 0x1.2492492df281ap-2;
  static final double L3 = 0x1.c71c62e3f11e6p-3;
  static final double L4 = 0x1.7462b51cb66b1p-3;
  static final double L5 = 0x1.39fe51a7c18f9p-3;
  static final double L6 = 0x1.2b5900de53b32p-3;

  private Doubles() {}

  static double exp(double x) {
    double t = Math.max(EXP_MIN, Math.min(EXP_MAX, x));
    double shifted = t * LOG2_E + SHIFT;
    double k = shifted - SHIFT;
    double r = (t - k * LN2_HIGH) - k * LN2_LOW;
    // Two factors, because 2^k itself may overflow or be subnormal.
    long biased = Double.doubleToRawLongBits(shifted) - SHIFT_BITS + 2046;
    long half = biased >>> 1;
    return (1 + expMinusOne(r))
        * Double.longBitsToDouble(half << 52)
        * Double.longBitsToDouble((biased - half) << 52);
  }

  /** e^r - 1 = r + r c / (2 - c) for |r| <= ln 2 / 2, where 2 - c = r coth(r/2) - r. */
  private static double expMinusOne(double r) {
    double z = r * r;
    double z2 = z * z;
    double c = r - z * ((E0 + E1 * z) + ((E2 + E3 * z) + E4 * z2) * z2);
    return r + r * c / (2 - c);
  }

  /**
   * About f coth(f ln 4) for |f| <= 1/8. With q for it 2^-4f = (q - f) / (q + f), to a relative
   * error of 3e-16 before rounding: half the operations of a polynomial where a division follows
   * anyhow. It is in quarters so that q + f is below 1, and makes no product overflow.
   */
  static double fCoth(double f) {
    double z = f * f;
    double z2 = z * z;
    return ((Q2 + Q3 * z) + Q4 * z2) * z2 + (Q0 + Q1 * z);
  }

  /** x 2^k, where k/4 was rounded by adding {@link #QUARTER_SHIFT}; both x and it are normal. */
  static double timesPowerOfTwo(double x, double shifted) {
    long power = Double.doubleToRawLongBits(shifted) << 52;
    return Double.longBitsToDouble(Double.doubleToRawLongBits(x) + power);
  }

  static double log(double x) {
    if (!(x > 0)) {
      return x == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
    }
    if (x == Double.POSITIVE_INFINITY) {
      return x;
    }
    return x < Double.MIN_NORMAL ? logNormal(x * LOG_SCALE, -1077) : logNormal(x, -1023);
  }

  /** Logarithm of a positive normal number times a power of two; bias is that power less 1023. */
  private static double logNormal(double x, double bias) {
    long bits = Double.doubleToRawLongBits(x) + (ONE_BITS - SQRT_HALF_BITS);
    double k = (bits >>> 52) + bias;
    double f = Double.longBitsToDouble((bits & MANTISSA) + SQRT_HALF_BITS) - 1;
    double s = f / (2 + f);
    double z = s * s;
    double z2 = z * z;
    double tail =
        z * (((L0 + L1 * z) + (L2 + L3 * z) * z2) + ((L4 + L5 * z) + L6 * z2) * (z2 * z2));
    double halfSquare = 0.5 * f * f;
    return k * LN2_HIGH - ((halfSquare - (s * (halfSquare + tail) + k * LN2_LOW)) - f);
  }

  static double sigmoid(double x) {
    double e = exp(-Math.abs(x));
    return (x >= 0 ? 1 : e) / (1 + e);
  }

  static double tanh(double x) {
    double t = -2 * Math.min(22, Math.abs(x));
    double shifted = t * LOG2_E + SHIFT;
    double k = shifted - SHIFT;
    double r = (t - k * LN2_HIGH) - k * LN2_LOW;
    double power =
        Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) - SHIFT_BITS + 1023) << 52);
    double u = power * expMinusOne(r) + (power - 1);
    return Math.copySign(u / (2 + u), x);
  }
}
