package dev.optim.zeroth;

import java.util.Arrays;

/**
 * Arrays for the points of a question and their values, exactly as many as there are. Questions of
 * two sizes may take turns without anything being allocated.
 */
final class Copies {

  private double[][] large = {};
  private double[][] small = {};
  private double[] largeValues = {};
  private double[] smallValues = {};

  double[][] of(int count, int dimension) {
    if (count > large.length) {
      large = new double[count][dimension];
      largeValues = new double[count];
    }
    if (count < large.length && count != small.length) {
      small = Arrays.copyOf(large, count);
      smallValues = new double[count];
    }
    return count == large.length ? large : small;
  }

  /** The values of the points last asked for. */
  double[] values(int count) {
    return count == large.length ? largeValues : smallValues;
  }
}
