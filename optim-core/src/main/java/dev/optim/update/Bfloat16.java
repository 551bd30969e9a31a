package dev.optim.update;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.kernel.Bfloat16Kernels;

/**
 * bfloat16 numbers in a {@code short}: the upper 16 bits of a {@code float}, with its range and 8
 * bits of precision. Neighbours of 1 are 1/256 and 1/128 away, so that small steps are lost in
 * plain rounding; a {@link FloatUpdater} therefore rounds at random.
 */
public final class Bfloat16 {

  private static final int EXPONENT = 0x7f800000;
  private static final int MAGNITUDE = 0x7fffffff;
  private static final short LARGEST = 0x7f7f;

  private static final short QUIET = 0x40;

  private Bfloat16() {}

  /**
   * The value of a number.
   *
   * @param bfloat16 its bits
   * @return the value, exactly
   */
  public static float toFloat(short bfloat16) {
    return Float.intBitsToFloat(bfloat16 << 16);
  }

  /**
   * The values of numbers.
   *
   * @param bfloat16 their bits; read only
   * @return a new array of the values, exactly
   */
  public static float[] toFloats(short[] bfloat16) {
    float[] values = new float[requireNonNull(bfloat16, "bfloat16").length];
    toFloats(bfloat16, values);
    return values;
  }

  /**
   * Writes the values of numbers.
   *
   * @param bfloat16 their bits; read only
   * @param values written, exactly; as long
   */
  public static void toFloats(short[] bfloat16, float[] values) {
    Checks.length("values", values.length, bfloat16.length);
    Bfloat16Kernels.widen(bfloat16, 0, values, bfloat16.length);
  }

  /**
   * Rounds to the nearest number, to the even one of two, as IEEE 754 does.
   *
   * @param value the value
   * @return the bits; infinity where the value is too large, NaN for NaN
   */
  public static short nearest(float value) {
    int bits = Float.floatToRawIntBits(value);
    if ((bits & MAGNITUDE) > EXPONENT) {
      return (short) (bits >>> 16 | QUIET);
    }
    return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
  }

  /**
   * Rounds to the nearest numbers, each as {@link #nearest(float)} does.
   *
   * @param values the values; read only
   * @return a new array of the bits
   */
  public static short[] nearest(float[] values) {
    short[] bfloat16 = new short[requireNonNull(values, "values").length];
    for (int i = 0; i < values.length; i++) {
      bfloat16[i] = nearest(values[i]);
    }
    return bfloat16;
  }

  /**
   * Rounds to one of the two neighbours, away from zero with the probability of what is cut off, so
   * that the mean is the value. A number stays itself; a finite value stays finite.
   *
   * @param random uniform in 0..65535
   */
  static short stochastic(float value, int random) {
    int bits = Float.floatToRawIntBits(value);
    if ((bits & EXPONENT) == EXPONENT) {
      return nearest(value);
    }
    int rounded = bits + random; // what is carried into the exponent is the next binade
    boolean overflow = (rounded & EXPONENT) == EXPONENT;
    return (short) (overflow ? rounded >>> 16 & 0x8000 | LARGEST : rounded >>> 16);
  }
}
