package dev.optim.geometry;

import dev.optim.kernel.Kernels;
import java.util.Objects;

/** Checks at the door, with messages that name the argument. */
final class Arguments {

  /** The largest radius, centre or offset: sums of 2^31 such numbers stay finite. */
  static final double LARGEST = 1e288;

  private Arguments() {}

  /**
   * Whether all coordinates are finite. Refuses a point of the wrong length.
   *
   * @param dimension the length expected, or {@link ConvexSet#ANY_DIMENSION}
   */
  static boolean isFinite(double[] x, int dimension) {
    Objects.requireNonNull(x, "x");
    if (dimension != ConvexSet.ANY_DIMENSION && x.length != dimension) {
      throw new IllegalArgumentException("x has length " + x.length + ", must be " + dimension);
    }
    return Kernels.allFinite(x, 0, x.length);
  }

  /** As {@link #isFinite} for sets that are empty in dimension 0. */
  static boolean isFiniteAndNotEmpty(double[] x) {
    if (Objects.requireNonNull(x, "x").length == 0) {
      throw new IllegalArgumentException("x has length 0, must be at least 1");
    }
    return isFinite(x, ConvexSet.ANY_DIMENSION);
  }

  static double size(String name, double value) {
    if (!(value >= 0 && value <= LARGEST)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be from 0 to " + LARGEST);
    }
    return value;
  }

  static double weight(String name, double value) {
    if (!(value >= 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be finite and >= 0");
    }
    return value;
  }

  static void step(double step) {
    if (!(step > 0 && step <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("step is " + step + ", must be finite and > 0");
    }
  }

  /** A copy of an array whose numbers are all at most {@link #LARGEST} in size. */
  static double[] coordinates(String name, double[] values) {
    double[] copy = Objects.requireNonNull(values, name).clone();
    for (int i = 0; i < copy.length; i++) {
      if (!(Math.abs(copy[i]) <= LARGEST)) {
        throw new IllegalArgumentException(
            name + "[" + i + "] is " + copy[i] + ", must be at most " + LARGEST + " in size");
      }
    }
    return copy;
  }

  static void bounds(String at, double lower, double upper) {
    boolean empty =
        !(lower <= upper) || lower == Double.POSITIVE_INFINITY || upper == Double.NEGATIVE_INFINITY;
    if (empty) {
      throw new IllegalArgumentException(
          "lower%s is %s and upper%s is %s, no number lies between"
              .formatted(at, lower, at, upper));
    }
  }

  /** Refuses a requested dimension that is not positive or not the one there is. */
  static void dimension(int requested, int present) {
    boolean other = present != ConvexSet.ANY_DIMENSION && requested != present;
    if (requested < 1 || other) {
      throw new IllegalArgumentException(
          "dimension is " + requested + ", must be " + (other ? "" + present : "at least 1"));
    }
  }

  /** The dimension of one block of a product, which must be fixed. */
  static int blockDimension(int index, int dimension) {
    if (dimension == ConvexSet.ANY_DIMENSION) {
      throw new IllegalArgumentException(
          "blocks[" + index + "] takes any dimension, fix it with ofDimension(n)");
    }
    return dimension;
  }
}
