package dev.optim.geometry;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A non-empty closed convex set that can project a point onto itself.
 *
 * <p>The sets made here keep four promises, and a set of your own should too:
 *
 * <ul>
 *   <li>A point of the set is returned bit for bit (a negative zero may become zero), and so is a
 *       projected point: projecting twice is projecting once. Sets with an equality or a sum in
 *       their definition take a point as theirs when it meets the equation to {@code 2^-46} of the
 *       sum of its terms' sizes.
 *   <li>A point with a NaN or infinite coordinate has no projection and is left untouched, so that
 *       whoever watches the run still sees the bad number. {@code contains} says false, {@code
 *       distance} says NaN.
 *   <li>Huge and tiny coordinates neither overflow nor vanish on the way: the result is finite
 *       whenever the exact projection fits a double.
 *   <li>The set does not change and holds no scratch: any number of threads may use it.
 * </ul>
 *
 * <p>Radii, centres and offsets are at most {@code 1e288} in size, which leaves room for sums.
 *
 * <pre>{@code
 * ConvexSet set = ConvexSet.product(ConvexSet.simplex(1).ofDimension(3), ConvexSet.box(lower, upper));
 * set.project(x);
 * }</pre>
 *
 * <p>Reference: H. H. Bauschke and P. L. Combettes, Convex Analysis and Monotone Operator Theory in
 * Hilbert Spaces, 2nd ed., Springer 2017, chapter 29.
 */
@FunctionalInterface
public interface ConvexSet {

  /** What {@link #dimension()} says of a set that takes points of any length. */
  int ANY_DIMENSION = -1;

  /**
   * Replaces a point by the nearest point of this set in the Euclidean norm.
   *
   * @param x the point, overwritten; untouched if a coordinate is NaN or infinite
   * @throws IllegalArgumentException if the length of {@code x} is not this set's dimension
   */
  void project(double[] x);

  /**
   * The length of the points of this set.
   *
   * @return the dimension, or {@link #ANY_DIMENSION}
   */
  default int dimension() {
    return ANY_DIMENSION;
  }

  /**
   * The Euclidean distance from a point to this set. Costs one projection and a copy of the point.
   *
   * @param x the point, read only
   * @return the distance; NaN if a coordinate is NaN or infinite
   * @throws IllegalArgumentException if the length of {@code x} is not this set's dimension
   */
  default double distance(double[] x) {
    if (!Arguments.isFinite(x, dimension())) {
      return Double.NaN;
    }
    double[] difference = x.clone();
    project(difference);
    for (int i = 0; i < x.length; i++) {
      difference[i] = x[i] - difference[i];
    }
    return Norms.l2(difference);
  }

  /**
   * Whether a point lies in this set or within a distance of it. A projected point is contained
   * with tolerance 0.
   *
   * @param x the point, read only
   * @param tolerance the largest Euclidean distance allowed, at least 0
   * @return whether {@code distance(x) <= tolerance}; false if a coordinate is NaN or infinite
   * @throws IllegalArgumentException if the length of {@code x} is not this set's dimension, or
   *     {@code tolerance} is negative or NaN
   */
  default boolean contains(double[] x, double tolerance) {
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance is " + tolerance + ", must be at least 0");
    }
    return distance(x) <= tolerance;
  }

  /**
   * This set for points of one length only, as a block of a {@link #product product} needs it.
   *
   * @param dimension the length of the points, at least 1
   * @return this set if it has that dimension already, otherwise a view of it that refuses other
   *     lengths
   * @throws IllegalArgumentException if {@code dimension} is below 1 or this set has another one
   */
  default ConvexSet ofDimension(int dimension) {
    Arguments.dimension(dimension, dimension());
    return dimension == dimension() ? this : new FixedDimensionSet(this, dimension);
  }

  /**
   * All points of any dimension: no constraint.
   *
   * @return the whole space
   */
  static ConvexSet wholeSpace() {
    return new Cube(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /**
   * The points {@code lower[i] <= x[i] <= upper[i]}. Clamps; O(n).
   *
   * @param lower the lower bounds, copied; may be negative infinity
   * @param upper the upper bounds, copied; may be positive infinity
   * @return the box
   * @throws IllegalArgumentException if the lengths differ, a bound is NaN, or no number lies
   *     between the two bounds of a coordinate
   */
  static ConvexSet box(double[] lower, double[] upper) {
    return new Box(lower, upper);
  }

  /**
   * The points of any dimension with {@code lower <= x[i] <= upper}. Clamps; O(n).
   *
   * @param lower the lower bound of every coordinate; may be negative infinity
   * @param upper the upper bound of every coordinate; may be positive infinity
   * @return the box
   * @throws IllegalArgumentException if a bound is NaN or no number lies between them
   */
  static ConvexSet box(double lower, double upper) {
    return new Cube(lower, upper);
  }

  /**
   * The points of any dimension with {@code x[i] >= 0}. Clamps; O(n).
   *
   * @return the non-negative orthant
   */
  static ConvexSet nonNegativeOrthant() {
    return new Cube(0, Double.POSITIVE_INFINITY);
  }

  /**
   * The non-negative points of any dimension from 1 whose coordinates add up to {@code sum}.
   *
   * <p>Finds the threshold by Newton's method, which is exact and finite here; O(n) a pass, a
   * handful of passes as a rule, at most about {@code 27 + log2(n)}.
   *
   * @param sum what the coordinates add up to, from 0 to 1e288; 1 for probabilities
   * @return the simplex
   * @throws IllegalArgumentException if {@code sum} is negative, NaN or too large
   */
  static ConvexSet simplex(double sum) {
    return new Simplex(sum);
  }

  /**
   * The points of any dimension with {@code sum |x[i]| <= radius}. One projection onto the simplex.
   *
   * @param radius the radius, from 0 to 1e288
   * @return the ball around the origin in the l1 norm
   * @throws IllegalArgumentException if {@code radius} is negative, NaN or too large
   */
  static ConvexSet l1Ball(double radius) {
    return new L1Ball(radius);
  }

  /**
   * The points of any dimension with {@code |x| <= radius} in the Euclidean norm. O(n).
   *
   * @param radius the radius, from 0 to 1e288
   * @return the ball around the origin
   * @throws IllegalArgumentException if {@code radius} is negative, NaN or too large
   */
  static ConvexSet l2Ball(double radius) {
    return new L2Ball(null, radius);
  }

  /**
   * The points with {@code |x - centre| <= radius} in the Euclidean norm. O(n).
   *
   * @param centre the centre, copied; coordinates at most 1e288 in size
   * @param radius the radius, from 0 to 1e288
   * @return the ball
   * @throws IllegalArgumentException if {@code radius} is negative, NaN or too large, or a
   *     coordinate of the centre is not a number of that range
   */
  static ConvexSet l2Ball(double[] centre, double radius) {
    return new L2Ball(Objects.requireNonNull(centre, "centre"), radius);
  }

  /**
   * The points of any dimension with {@code |x[i]| <= radius}. Clamps; O(n).
   *
   * @param radius the radius, from 0 to 1e288
   * @return the ball around the origin in the maximum norm
   * @throws IllegalArgumentException if {@code radius} is negative, NaN or too large
   */
  static ConvexSet lInfBall(double radius) {
    Arguments.size("radius", radius);
    return new Cube(-radius, radius);
  }

  /**
   * The points with {@code |x[i] - centre[i]| <= radius}. Clamps; O(n).
   *
   * @param centre the centre, copied; coordinates at most 1e288 in size
   * @param radius the radius, from 0 to 1e288
   * @return the ball in the maximum norm
   * @throws IllegalArgumentException if {@code radius} is negative, NaN or too large, or a
   *     coordinate of the centre is not a number of that range
   */
  static ConvexSet lInfBall(double[] centre, double radius) {
    double[] lower = Arguments.coordinates("centre", centre);
    Arguments.size("radius", radius);
    double[] upper = lower.clone();
    for (int i = 0; i < lower.length; i++) {
      lower[i] -= radius;
      upper[i] += radius;
    }
    return new Box(lower, upper);
  }

  /**
   * The points with {@code normal . x <= offset}. O(n).
   *
   * @param normal the outward normal, not zero, of any length; copied
   * @param offset the right-hand side
   * @return the half-space
   * @throws IllegalArgumentException if the normal is zero, a number is NaN or infinite, or the
   *     boundary is farther than 1e288 from the origin
   */
  static ConvexSet halfSpace(double[] normal, double offset) {
    return new HalfSpace(AffineSet.hyperplane(normal, offset));
  }

  /**
   * The points with {@code normal . x = offset}. O(n).
   *
   * @param normal the normal, not zero, of any length; copied
   * @param offset the right-hand side
   * @return the hyperplane
   * @throws IllegalArgumentException if the normal is zero, a number is NaN or infinite, or the
   *     hyperplane is farther than 1e288 from the origin
   */
  static ConvexSet hyperplane(double[] normal, double offset) {
    return AffineSet.hyperplane(normal, offset);
  }

  /**
   * The points with {@code A x = b}. The factorisation of A is made here once, O(m^2 n); a
   * projection costs O(m n).
   *
   * <p>Rows that depend on others up to rounding are left out if the system stays solvable.
   *
   * @param a the matrix A by rows, m rows of n columns, copied
   * @param b the right-hand side, m numbers, copied
   * @return the affine set
   * @throws IllegalArgumentException if there is no row, the lengths do not fit, a number is NaN or
   *     infinite, a row lies farther than 1e288 from the origin, or no point satisfies all rows
   */
  static ConvexSet affine(double[][] a, double[] b) {
    return AffineSet.of(a, b);
  }

  /**
   * The points of any dimension from 1 with {@code |(x[1], ..., x[n-1])| <= x[0]}: the second-order
   * (Lorentz) cone, height first. O(n).
   *
   * @return the cone
   */
  static ConvexSet secondOrderCone() {
    return new SecondOrderCone();
  }

  /**
   * The points whose consecutive blocks of coordinates lie in one set each. Costs the projections
   * of the blocks and a copy of the point.
   *
   * @param blocks the sets in the order of their coordinates, copied; each of a fixed dimension,
   *     see {@link #ofDimension}
   * @return the Cartesian product
   * @throws IllegalArgumentException if there is no block or a block takes any dimension
   */
  static ConvexSet product(ConvexSet... blocks) {
    return new ProductSet(List.copyOf(Arrays.asList(Objects.requireNonNull(blocks, "blocks"))));
  }
}
