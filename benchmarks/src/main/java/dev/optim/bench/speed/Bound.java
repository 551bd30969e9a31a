package dev.optim.bench.speed;

import java.util.Locale;

/**
 * What is wanted of a measurement.
 *
 * @param kind what is bounded
 * @param value the bound, included
 */
public record Bound(Kind kind, double value) {

  /** What is bounded. */
  public enum Kind {
    /** The reference's time over the subject's: at least. */
    SPEED,
    /** The subject's time over the reference's: at most. */
    COST,
    /** The subject's time in the goal's unit: at most. */
    TIME,
    /** The bytes that a call of the subject allocates, in all threads: at most. */
    GARBAGE
  }

  /** Checks the value. */
  public Bound {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("value is " + value + ", must be finite and at least 0");
    }
  }

  /** Whether two things are compared. */
  boolean relative() {
    return kind == Kind.SPEED || kind == Kind.COST;
  }

  /** The ratio that is bounded. */
  double ratio(double subjectTime, double referenceTime) {
    return kind == Kind.SPEED ? referenceTime / subjectTime : subjectTime / referenceTime;
  }

  /** Whether a ratio or figure is good enough; NaN never is. */
  boolean met(double measured) {
    return kind == Kind.SPEED ? measured >= value : measured <= value;
  }

  @Override
  public String toString() {
    String sign = kind == Kind.SPEED ? ">= " : "<= ";
    return sign + String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
  }
}
