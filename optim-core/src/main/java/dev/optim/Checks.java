package dev.optim;

/**
 * The checks every public door makes, and the wording of their refusals: the argument, its value,
 * what is allowed.
 */
public final class Checks {

  private Checks() {}

  /**
   * Refuses an array of the wrong length.
   *
   * @param name the argument's name
   * @param length its length
   * @param expected the only length allowed
   * @throws IllegalArgumentException if they differ
   */
  public static void length(String name, int length, int expected) {
    if (length != expected) {
      throw new IllegalArgumentException(name + " has length " + length + ", expected " + expected);
    }
  }

  /**
   * Refuses what is not finite.
   *
   * @param name the argument's name
   * @param value its value
   * @return the value
   * @throws IllegalArgumentException if it is NaN or infinite
   */
  public static double finite(String name, double value) {
    return require(Double.isFinite(value), name, value, "a finite number");
  }

  /**
   * Refuses a point with a coordinate that is not finite.
   *
   * @param name the argument's name
   * @param values its values
   * @throws IllegalArgumentException naming the first bad coordinate
   */
  public static void finite(String name, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        finite(name + "[" + i + "]", values[i]);
      }
    }
  }

  /**
   * Refuses what is not finite and greater than zero.
   *
   * @param name the argument's name
   * @param value its value
   * @return the value
   * @throws IllegalArgumentException if it is not in (0, infinity)
   */
  public static double positive(String name, double value) {
    return require(value > 0 && Double.isFinite(value), name, value, "a finite number > 0");
  }

  /**
   * Refuses what is not finite and at least zero.
   *
   * @param name the argument's name
   * @param value its value
   * @return the value
   * @throws IllegalArgumentException if it is not in [0, infinity)
   */
  public static double nonNegative(String name, double value) {
    return require(value >= 0 && Double.isFinite(value), name, value, "a finite number >= 0");
  }

  /**
   * Refuses what is not in [0, 1), as decay rates of moving averages are.
   *
   * @param name the argument's name
   * @param value its value
   * @return the value
   * @throws IllegalArgumentException if it is not in [0, 1)
   */
  public static double fraction(String name, double value) {
    return require(value >= 0 && value < 1, name, value, "in [0, 1)");
  }

  /**
   * Refuses an integer below a least one.
   *
   * @param name the argument's name
   * @param value its value
   * @param least the least allowed
   * @return the value
   * @throws IllegalArgumentException if it is less
   */
  public static long atLeast(String name, long value, long least) {
    return require(value >= least, name, value, "at least " + least);
  }

  /**
   * Refuses a count below one.
   *
   * @param name the argument's name
   * @param value its value
   * @return the value
   * @throws IllegalArgumentException if it is less than 1
   */
  public static long atLeastOne(String name, long value) {
    return atLeast(name, value, 1);
  }

  /**
   * Refuses a value of which a condition does not hold.
   *
   * @param allowed whether the value is allowed
   * @param name the argument's name
   * @param value its value
   * @param what what is allowed, as the end of "must be ..."
   * @return the value
   * @throws IllegalArgumentException if it is not allowed
   */
  public static double require(boolean allowed, String name, double value, String what) {
    if (!allowed) {
      throw new IllegalArgumentException(name + " is " + value + ", must be " + what);
    }
    return value;
  }

  /**
   * Refuses an integer of which a condition does not hold, and prints it as one.
   *
   * @param allowed whether the value is allowed
   * @param name the argument's name
   * @param value its value
   * @param what what is allowed, as the end of "must be ..."
   * @return the value
   * @throws IllegalArgumentException if it is not allowed
   */
  public static long require(boolean allowed, String name, long value, String what) {
    if (!allowed) {
      throw new IllegalArgumentException(name + " is " + value + ", must be " + what);
    }
    return value;
  }
}
