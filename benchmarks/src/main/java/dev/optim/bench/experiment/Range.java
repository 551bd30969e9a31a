package dev.optim.bench.experiment;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What a hyper-parameter may be: an interval that is searched, or a single value.
 *
 * @param name the hyper-parameter, e.g. "step size"
 * @param low the least value
 * @param high the largest value; equal to {@code low} for a value that is fixed
 * @param scale how the interval is searched
 */
public record Range(String name, double low, double high, Scale scale) {

  /** Three digits are enough to tell settings apart, and short enough to be typed again. */
  private static final MathContext DIGITS = new MathContext(3);

  /** How an interval is searched. */
  public enum Scale {
    /** Equal differences are equally likely. */
    LINEAR,
    /** Equal ratios are equally likely. */
    LOG,
    /** Whole numbers, equal ratios equally likely. */
    COUNT
  }

  /** Checks the ends. */
  public Range {
    requireNonNull(name, "name");
    requireNonNull(scale, "scale");
    if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "the range of " + name + " is " + low + " to " + high + ", must go upwards");
    }
    if (scale != Scale.LINEAR && low <= 0) {
      throw new IllegalArgumentException(
          "the range of " + name + " is " + low + " to " + high + ", must be positive");
    }
  }

  /**
   * A range over decades.
   *
   * @param name the hyper-parameter
   * @param low the least value, more than zero
   * @param high the largest value
   * @return the range
   */
  public static Range log(String name, double low, double high) {
    return new Range(name, low, high, Scale.LOG);
  }

  /**
   * A range over an interval.
   *
   * @param name the hyper-parameter
   * @param low the least value
   * @param high the largest value
   * @return the range
   */
  public static Range linear(String name, double low, double high) {
    return new Range(name, low, high, Scale.LINEAR);
  }

  /**
   * A range of whole numbers over decades.
   *
   * @param name the hyper-parameter
   * @param low the least, at least 1
   * @param high the largest
   * @return the range
   */
  public static Range count(String name, int low, int high) {
    return new Range(name, low, high, Scale.COUNT);
  }

  /**
   * A value that is not searched.
   *
   * @param name the hyper-parameter
   * @param value its value
   * @return the range
   */
  public static Range fixed(String name, double value) {
    return new Range(name, value, value, Scale.LINEAR);
  }

  /** The same hyper-parameter between the ends of another range; what counts goes on counting. */
  Range between(Range other) {
    boolean counts = scale == Scale.COUNT && !other.isFixed();
    return new Range(name, other.low, other.high, counts ? Scale.COUNT : other.scale);
  }

  /** Whether there is anything to search. */
  boolean isFixed() {
    return low == high;
  }

  /** The value at a position between 0, the least, and 1, the largest, rounded to three digits. */
  double at(double position) {
    if (isFixed()) {
      return low;
    }
    double value =
        scale == Scale.LINEAR
            ? low + position * (high - low)
            : low * StrictMath.pow(high / low, position);
    return scale == Scale.COUNT
        ? StrictMath.rint(value)
        : new BigDecimal(value).round(DIGITS).doubleValue();
  }
}
