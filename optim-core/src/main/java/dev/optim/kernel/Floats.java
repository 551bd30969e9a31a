package dev.optim.kernel;

/** The elementary functions in single precision: {@link Doubles} with shorter polynomials. */
final class Floats {

  static final float SHIFT = 0x1.8p23f;
  static final int SHIFT_BITS = Float.floatToRawIntBits(SHIFT);
  static final float LOG2_E = 0x1.715476p+0f;
  static final float LN2_HIGH = 0x1.62e4p-1f;
  static final float LN2_LOW = 0x1.7f7d1cp-20f;
  static final float EXP_MIN = -105;
  static final float EXP_MAX = 89;

  static final float E0 = 0x1.0p-1f;
  static final float E1 = 0x1.5554dcp-3f;
  static final float E2 = 0x1.55551ap-5f;
  static final float E3 = 0x1.120b6ep-7f;
  static final float E4 = 0x1.6d110ap-10f;

  /** Above this 1 + exp(-x) is 1. NaN counts as this. */
  static final float DECAYED = 40;

  /** Adding it rounds to a multiple of 1/4, whose number then sits in the low bits. */
  static final float QUARTER_SHIFT = 0x1.8p21f;

  static final float QUARTER_LOG2_E = LOG2_E / 4;

  /** About f coth(f ln 4) in f^2, for |f| <= 1/8; fitted to the least error of 2^-4f. */
  static final float Q0 = 0x1.715476p-1f;

  static final float Q1 = 0x1.d92f9cp-2f;
  static final float Q2 = -0x1.e288a9p-5f;

  static final int ONE_BITS = 0x3f800000;
  static final int MANTISSA = 0x007fffff;
  static final int SQRT_HALF_BITS = 0x3f3504f3;
  static final float LOG_SCALE = 0x1.0p25f;

  static final float L0 = 0x1.555556p-1f;
  static final float L1 = 0x1.9999ecp-2f;
  static final float L2 = 0x1.245c4p-2f;
  static final float L3 = 0x1.ddcf72p-3f;

  private Floats() {}

  static float exp(float x) {
    float t = Math.max(EXP_MIN, Math.min(EXP_MAX, x));
    float shifted = t * LOG2_E + SHIFT;
    float k = shifted - SHIFT;
    float r = (t - k * LN2_HIGH) - k * LN2_LOW;
    int biased = Float.floatToRawIntBits(shifted) - SHIFT_BITS + 254;
    int half = biased >>> 1;
    return (1 + expMinusOne(r))
        * Float.intBitsToFloat(half << 23)
        * Float.intBitsToFloat((biased - half) << 23);
  }

  private static float expMinusOne(float r) {
    float r2 = r * r;
    return r + r2 * (((E0 + E1 * r) + (E2 + E3 * r) * r2) + E4 * (r2 * r2));
  }

  /**
   * About f coth(f ln 4) for |f| <= 1/8. With q for it 2^-4f = (q - f) / (q + f), to a relative
   * error of 8e-9 before rounding: half the operations of a polynomial where a division follows
   * anyhow. It is in quarters so that q + f is below 1, and makes no product overflow.
   */
  static float fCoth(float f) {
    float z = f * f;
    return (Q2 * z + Q1) * z + Q0;
  }

  /** x 2^k, where k/4 was rounded by adding {@link #QUARTER_SHIFT}; both x and it are normal. */
  static float timesPowerOfTwo(float x, float shifted) {
    int power = Float.floatToRawIntBits(shifted) << 23;
    return Float.intBitsToFloat(Float.floatToRawIntBits(x) + power);
  }

  static float log(float x) {
    if (!(x > 0)) {
      return x == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
    }
    if (x == Float.POSITIVE_INFINITY) {
      return x;
    }
    return x < Float.MIN_NORMAL ? logNormal(x * LOG_SCALE, -152) : logNormal(x, -127);
  }

  /** Logarithm of a positive normal number times a power of two; bias is that power less 127. */
  private static float logNormal(float x, float bias) {
    int bits = Float.floatToRawIntBits(x) + (ONE_BITS - SQRT_HALF_BITS);
    float k = (bits >>> 23) + bias;
    float f = Float.intBitsToFloat((bits & MANTISSA) + SQRT_HALF_BITS) - 1;
    float s = f / (2 + f);
    float z = s * s;
    float tail = z * ((L0 + L1 * z) + (L2 + L3 * z) * (z * z));
    float halfSquare = 0.5f * f * f;
    return k * LN2_HIGH - ((halfSquare - (s * (halfSquare + tail) + k * LN2_LOW)) - f);
  }

  static float sigmoid(float x) {
    float e = exp(-Math.abs(x));
    return (x >= 0 ? 1 : e) / (1 + e);
  }

  static float tanh(float x) {
    float t = -2 * Math.min(10, Math.abs(x));
    float shifted = t * LOG2_E + SHIFT;
    float k = shifted - SHIFT;
    float r = (t - k * LN2_HIGH) - k * LN2_LOW;
    float power = Float.intBitsToFloat((Float.floatToRawIntBits(shifted) - SHIFT_BITS + 127) << 23);
    float u = power * expMinusOne(r) + (power - 1);
    return Math.copySign(u / (2 + u), x);
  }
}
