package dev.optim.geometry;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A closed convex function with a cheap proximal map {@code prox(x) = argmin_u h(u) + |u - x|^2 /
 * (2 step)}.
 *
 * <p>The functions made here keep the promises of {@link ConvexSet}: a point with a NaN or infinite
 * coordinate is left untouched and has value NaN, huge and tiny numbers do no harm, and one
 * instance serves any number of threads. A function of your own should do the same.
 *
 * <pre>{@code
 * Proximal h = Proximal.l1(0.1);
 * h.prox(x, stepSize); // soft thresholding by 0.1 * stepSize
 * }</pre>
 *
 * <p>References: N. Parikh and S. Boyd, Proximal Algorithms, Found. Trends Optim. 1 (2014) 127-239;
 * A. Beck, First-Order Methods in Optimization, SIAM 2017, chapter 6.
 */
public interface Proximal {

  /**
   * The value of the function.
   *
   * @param x the point, read only
   * @return the value; positive infinity outside the function's domain, NaN if a coordinate is NaN
   *     or infinite
   * @throws IllegalArgumentException if the length of {@code x} is not this function's dimension
   */
  double value(double[] x);

  /**
   * Replaces a point by its proximal point.
   *
   * @param x the point, overwritten; untouched if a coordinate is NaN or infinite
   * @param step the step size, finite and above 0
   * @throws IllegalArgumentException if the length of {@code x} is not this function's dimension or
   *     {@code step} is not finite and above 0
   */
  void prox(double[] x, double step);

  /**
   * The length of the points of this function.
   *
   * @return the dimension, or {@link ConvexSet#ANY_DIMENSION}
   */
  default int dimension() {
    return ConvexSet.ANY_DIMENSION;
  }

  /**
   * This function for points of one length only, as a block of a {@link #product product} needs it.
   *
   * @param dimension the length of the points, at least 1
   * @return this function if it has that dimension already, otherwise a view of it that refuses
   *     other lengths
   * @throws IllegalArgumentException if {@code dimension} is below 1 or this function has another
   *     one
   */
  default Proximal ofDimension(int dimension) {
    Arguments.dimension(dimension, dimension());
    return dimension == dimension() ? this : new FixedDimensionProximal(this, dimension);
  }

  /**
   * This function times a number.
   *
   * @param factor the factor, finite and above 0
   * @return {@code factor * h}
   * @throws IllegalArgumentException if {@code factor} is not finite and above 0
   */
  default Proximal times(double factor) {
    return new ScaledProximal(this, factor);
  }

  /**
   * The function 0 of any dimension; its proximal map changes nothing.
   *
   * @return the zero function
   */
  static Proximal zero() {
    return indicator(ConvexSet.wholeSpace());
  }

  /**
   * {@code h(x) = weight |x|_1} of any dimension. Soft thresholding; O(n).
   *
   * @param weight the weight, finite and at least 0
   * @return the weighted l1 norm
   * @throws IllegalArgumentException if {@code weight} is negative, NaN or infinite
   */
  static Proximal l1(double weight) {
    return new ElasticNet(Arguments.weight("weight", weight), 0);
  }

  /**
   * {@code h(x) = weight / 2 |x|^2} of any dimension. Divides by {@code 1 + step weight}; O(n).
   *
   * @param weight the weight, finite and at least 0
   * @return the weighted squared Euclidean norm
   * @throws IllegalArgumentException if {@code weight} is negative, NaN or infinite
   */
  static Proximal squaredL2(double weight) {
    return new ElasticNet(0, Arguments.weight("weight", weight));
  }

  /**
   * {@code h(x) = l1 |x|_1 + l2 / 2 |x|^2} of any dimension. Soft thresholding, then a division;
   * O(n).
   *
   * @param l1 the weight of the l1 norm, finite and at least 0
   * @param l2 the weight of the squared Euclidean norm, finite and at least 0
   * @return the elastic net
   * @throws IllegalArgumentException if a weight is negative, NaN or infinite
   */
  static Proximal elasticNet(double l1, double l2) {
    return new ElasticNet(Arguments.weight("l1", l1), Arguments.weight("l2", l2));
  }

  /**
   * {@code h(x) = weight |x|}, the Euclidean norm itself, of any dimension. Shrinks the whole point
   * or sets it to zero; O(n).
   *
   * @param weight the weight, finite and at least 0
   * @return the weighted Euclidean norm
   * @throws IllegalArgumentException if {@code weight} is negative, NaN or infinite
   */
  static Proximal l2(double weight) {
    return new L2Norm(weight);
  }

  /**
   * {@code h(x) = weight sum_g |x_g|} over consecutive groups of coordinates, as in the group
   * lasso. O(n). For a weight per group, make a {@link #product product} of {@link #l2 l2} blocks.
   *
   * @param weight the weight, finite and at least 0
   * @param sizes the group sizes in the order of the coordinates, each at least 1
   * @return the weighted sum of Euclidean norms
   * @throws IllegalArgumentException if {@code weight} is negative, NaN or infinite, there is no
   *     group, or a size is below 1
   */
  static Proximal groupL2(double weight, int... sizes) {
    Proximal norm = l2(weight);
    Proximal[] groups = new Proximal[Objects.requireNonNull(sizes, "sizes").length];
    for (int g = 0; g < groups.length; g++) {
      if (sizes[g] < 1) {
        throw new IllegalArgumentException(
            "sizes[" + g + "] is " + sizes[g] + ", must be at least 1");
      }
      groups[g] = norm.ofDimension(sizes[g]);
    }
    return product(groups);
  }

  /**
   * 0 on a set and positive infinity off it. The proximal map is the projection, whatever the step.
   *
   * @param set the set
   * @return the indicator function
   */
  static Proximal indicator(ConvexSet set) {
    return indicator(set, 0);
  }

  /**
   * The indicator of a set whose projections land on it only up to a tolerance.
   *
   * @param set the set
   * @param tolerance the distance from the set up to which the value is 0, at least 0
   * @return the indicator function
   * @throws IllegalArgumentException if {@code tolerance} is negative or NaN
   */
  static Proximal indicator(ConvexSet set, double tolerance) {
    return new Indicator(set, tolerance);
  }

  /**
   * The sum of one function each of consecutive blocks of coordinates. Costs the blocks' work and a
   * copy of the point.
   *
   * @param blocks the functions in the order of their coordinates, copied; each of a fixed
   *     dimension, see {@link #ofDimension}
   * @return the separable sum
   * @throws IllegalArgumentException if there is no block or a block takes any dimension
   */
  static Proximal product(Proximal... blocks) {
    return new ProductProximal(
        List.copyOf(Arrays.asList(Objects.requireNonNull(blocks, "blocks"))));
  }
}
