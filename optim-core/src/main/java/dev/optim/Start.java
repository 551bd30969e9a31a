package dev.optim;

import dev.optim.random.RandomStream;
import java.util.Arrays;

/**
 * Where runs begin: a sampler of starting points. Methods that move one point draw one; population
 * methods draw many, need them to differ, and refuse a start whose {@link #spread} is zero.
 */
public interface Start {

  /**
   * The number of coordinates of every point drawn.
   *
   * @return n, at least 1
   */
  int dimension();

  /**
   * Draws a point.
   *
   * @param random the draws are taken from here; a start without spread takes none
   * @return a new array of n finite coordinates
   */
  double[] sample(RandomStream random);

  /**
   * The largest standard deviation over the coordinates.
   *
   * @return 0 if every draw is the same point
   */
  double spread();

  /**
   * Starts at one point.
   *
   * @param point the coordinates, at least one, all finite; copied
   * @return the start, without spread
   * @throws IllegalArgumentException if the point is empty or not finite
   */
  static Start at(double... point) {
    return new At(point);
  }

  /**
   * Starts anywhere in a box, uniformly.
   *
   * @param lower the lower bounds, finite; copied
   * @param upper the upper bounds, finite, nowhere below the lower ones; copied
   * @return the start
   * @throws IllegalArgumentException if the bounds are not as described
   */
  static Start uniform(double[] lower, double[] upper) {
    return new Uniform(lower, upper);
  }

  /**
   * Starts anywhere in a cube, uniformly.
   *
   * @param dimension the number of coordinates, at least 1
   * @param lower the lower bound of each
   * @param upper the upper bound of each, not below the lower
   * @return the start
   * @throws IllegalArgumentException if the bounds are not as described
   */
  static Start uniform(int dimension, double lower, double upper) {
    return new Uniform(filled(dimension, "lower", lower), filled(dimension, "upper", upper));
  }

  /**
   * Starts at a Gaussian around a mean, independent in each coordinate.
   *
   * @param mean the mean, finite; copied
   * @param standardDeviation the standard deviation of every coordinate, finite, at least 0
   * @return the start
   * @throws IllegalArgumentException if the arguments are not as described
   */
  static Start gaussian(double[] mean, double standardDeviation) {
    return new Gaussian(mean, standardDeviation);
  }

  private static double[] filled(int dimension, String name, double value) {
    Checks.atLeastOne("dimension", dimension);
    Checks.finite(name, value);
    double[] filled = new double[dimension];
    Arrays.fill(filled, value);
    return filled;
  }
}
