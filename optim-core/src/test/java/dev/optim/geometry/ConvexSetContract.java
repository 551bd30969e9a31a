package dev.optim.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** What every projection must do, checked on random points of one dimension. */
public final class ConvexSetContract {

  private static final int POINTS = 60;

  private final ConvexSet set;
  private final int dimension;
  private final double tolerance;

  /**
   * @param set the set under test
   * @param dimension the length of the points to try
   * @param tolerance the error allowed, relative to the size of the points
   */
  public ConvexSetContract(ConvexSet set, int dimension, double tolerance) {
    this.set = set;
    this.dimension = dimension;
    this.tolerance = tolerance;
  }

  public void verify() {
    projectedPointIsInsideAndStays();
    projectedPointIsNearest();
    projectionIsFirmlyNonExpansive();
    nonFinitePointIsLeftAlone();
    wrongLengthIsRefused();
    threadsGetTheSameBits();
  }

  public void projectedPointIsInsideAndStays() {
    for (double[] x : points(1)) {
      double[] once = projected(x);
      assertThat(projected(once)).isEqualTo(once);
      assertThat(set.distance(once)).isZero();
      assertThat(set.contains(once, 0)).isTrue();
    }
  }

  /** {@code <x - Px, z - Px> <= 0} for all z of the set. */
  public void projectedPointIsNearest() {
    double[][] points = points(2);
    for (double[] x : points) {
      double[] px = projected(x);
      assertThat(set.distance(x)).isEqualTo(norm(minus(x, px)), within(x, px));
      for (double[] other : points) {
        double[] z = projected(other);
        double allowed = tolerance * (norm(x) + norm(px)) * (norm(z) + norm(px));
        assertThat(dot(minus(x, px), minus(z, px))).isLessThanOrEqualTo(allowed);
      }
    }
  }

  /** {@code |Px - Py|^2 <= <x - y, Px - Py>}, which implies non-expansive. */
  public void projectionIsFirmlyNonExpansive() {
    double[][] points = points(3);
    for (double[] x : points) {
      for (double[] y : points) {
        double[] difference = minus(projected(x), projected(y));
        double size = norm(x) + norm(y) + norm(projected(x)) + norm(projected(y));
        assertThat(dot(difference, difference))
            .isLessThanOrEqualTo(dot(minus(x, y), difference) + tolerance * size * size);
      }
    }
  }

  public void nonFinitePointIsLeftAlone() {
    for (double bad : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
      for (int i = 0; i < dimension; i++) {
        double[] x = points(4)[i % POINTS];
        x[i] = bad;
        assertThat(projected(x)).isEqualTo(x);
        assertThat(set.distance(x)).isNaN();
        assertThat(set.contains(x, Double.POSITIVE_INFINITY)).isFalse();
      }
    }
  }

  public void wrongLengthIsRefused() {
    if (set.dimension() == ConvexSet.ANY_DIMENSION) {
      return;
    }
    assertThat(set.dimension()).isEqualTo(dimension);
    assertThatThrownBy(() -> set.project(new double[dimension + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x has length " + (dimension + 1) + ", must be " + dimension);
    assertThatThrownBy(() -> set.distance(new double[dimension - 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  public void threadsGetTheSameBits() {
    double[][] points = points(5);
    double[][] expected = Arrays.stream(points).map(this::projected).toArray(double[][]::new);
    double[][] actual =
        IntStream.range(0, 20 * POINTS)
            .parallel()
            .mapToObj(i -> projected(points[i % POINTS]))
            .toArray(double[][]::new);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isEqualTo(expected[i % POINTS]);
    }
  }

  private double[] projected(double[] x) {
    double[] copy = x.clone();
    set.project(copy);
    return copy;
  }

  private org.assertj.core.data.Offset<Double> within(double[] x, double[] px) {
    return org.assertj.core.data.Offset.offset(tolerance * (norm(x) + norm(px)));
  }

  /** Gaussian points of sizes 1e-4 to 1e4, some of them rounded so that coordinates tie. */
  private double[][] points(long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, POINTS)
        .mapToObj(
            i -> {
              double size = StrictMath.pow(10, i % 9 - 4);
              return random
                  .doubles(dimension)
                  .map(u -> size * random.nextGaussian())
                  .map(v -> i % 3 == 0 ? StrictMath.rint(v) : v)
                  .toArray();
            })
        .toArray(double[][]::new);
  }

  private static double[] minus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }
}
