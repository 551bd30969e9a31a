package dev.optim.sgd;

/**
 * Signs without a branch, which compilers vectorise where they do not vectorise Math.signum. Any
 * number but 0 times the square of a huge one is beyond 1; NaN stays NaN.
 */
final class Signs {

  private static final double HUGE = 1e300;
  private static final float FLOAT_HUGE = 1e38f;

  private Signs() {}

  static double of(double value) {
    return Math.max(-1, Math.min(1, value * HUGE * HUGE));
  }

  static float of(float value) {
    return Math.max(-1, Math.min(1, value * FLOAT_HUGE * FLOAT_HUGE));
  }

  /** 1 where a value is positive, else 0. */
  static double positive(double value) {
    return Math.max(0, of(value));
  }

  /** The single-precision twin. */
  static float positive(float value) {
    return Math.max(0, of(value));
  }

  /** 0 for 0, 1 for 1. */
  static int count(double zeroOrOne) {
    return (int) (Double.doubleToRawLongBits(zeroOrOne) >>> 52) & 1;
  }

  /** The single-precision twin. */
  static int count(float zeroOrOne) {
    return (Float.floatToRawIntBits(zeroOrOne) >>> 23) & 1;
  }
}
