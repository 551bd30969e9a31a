package dev.optim.geometry;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bounds of their own for every coordinate. */
record Box(double[] lower, double[] upper) implements ConvexSet {

  Box {
    lower = Objects.requireNonNull(lower, "lower").clone();
    upper = Objects.requireNonNull(upper, "upper").clone();
    if (lower.length != upper.length) {
      throw new IllegalArgumentException(
          "lower has length " + lower.length + " and upper " + upper.length + ", must be equal");
    }
    for (int i = 0; i < lower.length; i++) {
      Arguments.bounds("[" + i + "]", lower[i], upper[i]);
    }
  }

  @Override
  public int dimension() {
    return lower.length;
  }

  @Override
  public void project(double[] x) {
    if (!Arguments.isFinite(x, lower.length)) {
      return;
    }
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.min(Math.max(x[i], lower[i]), upper[i]);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Box box
        && Arrays.equals(lower, box.lower)
        && Arrays.equals(upper, box.upper);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(lower) + Arrays.hashCode(upper);
  }

  @Override
  public String toString() {
    return "Box[lower=" + Arrays.toString(lower) + ", upper=" + Arrays.toString(upper) + "]";
  }
}
