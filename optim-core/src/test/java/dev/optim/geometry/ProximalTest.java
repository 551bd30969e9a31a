package dev.optim.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProximalTest {

  private static final double[] STEPS = {1e-3, 0.5, 1, 20};
  private static final int DIMENSION = 6;

  /** Every function of the catalogue, for points of length 6: a new one belongs here. */
  static Stream<Proximal> catalogue() {
    return Stream.of(
        Proximal.zero(),
        Proximal.l1(0.7),
        Proximal.l1(0),
        Proximal.squaredL2(3),
        Proximal.elasticNet(0.4, 2),
        Proximal.l2(1.3),
        Proximal.groupL2(0.6, 1, 2, 3),
        Proximal.l2(0.8).times(0.5),
        Proximal.l1(0.8).ofDimension(DIMENSION),
        Proximal.indicator(ConvexSet.box(-1, 1)),
        Proximal.indicator(ConvexSet.simplex(2)),
        Proximal.product(
            Proximal.l1(1).ofDimension(2),
            Proximal.indicator(ConvexSet.halfSpace(new double[] {1, 2}, 0.5)),
            Proximal.squaredL2(1).ofDimension(2)));
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void noNearbyPointDoesBetter(Proximal h) {
    Random random = new Random(1);
    for (double step : STEPS) {
      for (double[] x : points(20, 2)) {
        double[] u = prox(h, x, step);
        double best = objective(h, u, x, step);
        assertThat(best).isFinite();
        for (int trial = 0; trial < 60; trial++) {
          double size = StrictMath.pow(10, -(trial % 7));
          double[] other = Arrays.stream(u).map(v -> v + size * random.nextGaussian()).toArray();
          assertThat(objective(h, other, x, step))
              .isGreaterThanOrEqualTo(best - 1e-13 * (1 + Math.abs(best)));
          double[] feasible = prox(h, other, 1e-6);
          assertThat(objective(h, feasible, x, step))
              .isGreaterThanOrEqualTo(best - 1e-13 * (1 + Math.abs(best)));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void isFirmlyNonExpansive(Proximal h) {
    for (double step : STEPS) {
      double[][] points = points(30, 3);
      for (double[] x : points) {
        for (double[] y : points) {
          double[] d = minus(prox(h, x, step), prox(h, y, step));
          assertThat(Norms.dot(d, d))
              .isLessThanOrEqualTo(Norms.dot(minus(x, y), d) + 1e-12 * (1 + Norms.dot(d, d)));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void nonFinitePointIsLeftAlone(Proximal h) {
    for (double bad : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
      for (int i = 0; i < DIMENSION; i++) {
        double[] x = points(1, 4)[0];
        x[i] = bad;
        assertThat(prox(h, x, 1)).isEqualTo(x);
        assertThat(h.value(x)).isNaN();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void badStepsAndLengthsAreRefusedBeforeAnythingMoves(Proximal h) {
    double[] x = points(1, 5)[0];
    double[] before = x.clone();
    for (double step : new double[] {0, -1, Double.NaN, 1 / 0.0}) {
      assertThatThrownBy(() -> h.prox(x, step))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("step is " + step);
    }
    if (h.dimension() != ConvexSet.ANY_DIMENSION) {
      assertThatThrownBy(() -> h.prox(new double[7], 1)).hasMessageContaining("x has length 7");
      assertThatThrownBy(() -> h.value(new double[7])).hasMessageContaining("x has length 7");
    }
    assertThat(x).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void threadsGetTheSameBits(Proximal h) {
    double[][] points = points(50, 6);
    double[][] expected = Arrays.stream(points).map(x -> prox(h, x, 0.3)).toArray(double[][]::new);
    double[][] actual =
        IntStream.range(0, 1000)
            .parallel()
            .mapToObj(i -> prox(h, points[i % 50], 0.3))
            .toArray(double[][]::new);
    for (int i = 0; i < 1000; i++) {
      assertThat(actual[i]).isEqualTo(expected[i % 50]);
    }
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void hugeAndTinyNumbersDoNoHarm(Proximal h) {
    for (double size : new double[] {1e-310, 1e-200, 1e200, 1e307}) {
      for (double step : new double[] {Double.MIN_VALUE, 1, Double.MAX_VALUE}) {
        double[] x = Arrays.stream(points(1, 7)[0]).map(v -> size * v).toArray();
        for (double coordinate : prox(h, x, step)) {
          assertThat(coordinate).isFinite();
        }
        assertThat(h.value(x)).isNotNaN();
      }
    }
  }

  @Test
  void oneDimensionAgreesWithTernarySearch() {
    Proximal[] functions = {
      Proximal.l1(0.7), Proximal.squaredL2(3), Proximal.elasticNet(0.4, 2), Proximal.l2(1.3)
    };
    for (Proximal h : functions) {
      for (double x = -3; x <= 3; x += 0.25) {
        double low = -4;
        double high = 4;
        for (int i = 0; i < 100; i++) {
          double third = (high - low) / 3;
          double[] left = {low + third};
          double[] right = {high - third};
          double[] at = {x};
          if (objective(h, left, at, 0.8) < objective(h, right, at, 0.8)) {
            high -= third;
          } else {
            low += third;
          }
        }
        assertThat(prox(h, new double[] {x}, 0.8)[0]).isEqualTo(low, within(1e-7));
      }
    }
  }

  /** {@code x = prox_h(x) + P(x)} with P onto the ball of the dual norm. */
  @Test
  void moreauDecomposition() {
    for (double[] x : points(200, 8)) {
      assertThat(sum(prox(Proximal.l1(0.7), x, 2), projected(ConvexSet.lInfBall(1.4), x)))
          .containsExactly(x, within(1e-14));
      assertThat(sum(prox(Proximal.l2(0.7), x, 2), projected(ConvexSet.l2Ball(1.4), x)))
          .containsExactly(x, within(1e-14));
      double[] polar = Arrays.stream(x).map(v -> -v).toArray();
      ConvexSet cone = ConvexSet.secondOrderCone(); // self-dual
      assertThat(minus(projected(cone, x), projected(cone, polar)))
          .containsExactly(x, within(1e-14));
    }
  }

  @Test
  void closedForms() {
    assertThat(prox(Proximal.zero(), new double[] {-0.0, 7}, 3)).containsExactly(-0.0, 7);
    assertThat(prox(Proximal.l1(0.5), new double[] {3, -0.5, -2, 1}, 2))
        .containsExactly(2, 0, -1, 0);
    assertThat(prox(Proximal.squaredL2(3), new double[] {8, -4}, 1)).containsExactly(2, -1);
    assertThat(prox(Proximal.elasticNet(1, 1), new double[] {5, -0.5}, 1)).containsExactly(2, 0);
    assertThat(prox(Proximal.groupL2(1, 2, 2), new double[] {3, 4, 0.3, 0.4}, 2.5))
        .containsExactly(1.5, 2, 0, 0);
    assertThat(Proximal.l1(2).value(new double[] {1, -3})).isEqualTo(8);
    assertThat(Proximal.squaredL2(2).value(new double[] {1, -3})).isEqualTo(10, within(1e-14));
    assertThat(Proximal.elasticNet(1, 2).value(new double[] {1, -3})).isEqualTo(14, within(1e-14));
    assertThat(Proximal.groupL2(2, 2, 1).value(new double[] {3, 4, -2})).isEqualTo(14);
    assertThat(Proximal.l1(2).times(3).value(new double[] {1, -3})).isEqualTo(24);
    assertThat(Proximal.zero().value(new double[] {1, -3})).isZero();
  }

  @Test
  void indicatorIsInfiniteOffTheSet() {
    ConvexSet box = ConvexSet.box(0, 1);
    assertThat(Proximal.indicator(box).value(new double[] {0.5})).isZero();
    assertThat(Proximal.indicator(box).value(new double[] {1.001})).isInfinite();
    assertThat(Proximal.indicator(box, 0.01).value(new double[] {1.001})).isZero();
  }

  @Test
  void badWeightsAreRefusedByName() {
    assertThatThrownBy(() -> Proximal.l1(-1)).hasMessageContaining("weight is -1.0");
    assertThatThrownBy(() -> Proximal.l2(Double.NaN)).hasMessageContaining("weight is NaN");
    assertThatThrownBy(() -> Proximal.squaredL2(1 / 0.0)).hasMessageContaining("weight is Inf");
    assertThatThrownBy(() -> Proximal.elasticNet(1, -2)).hasMessageContaining("l2 is -2.0");
    assertThatThrownBy(() -> Proximal.l1(1).times(0)).hasMessageContaining("factor is 0.0");
    assertThatThrownBy(() -> Proximal.groupL2(1, 2, 0)).hasMessageContaining("sizes[1] is 0");
    assertThatThrownBy(() -> Proximal.groupL2(1)).hasMessageContaining("blocks is empty");
    assertThatThrownBy(() -> Proximal.product(Proximal.l1(1))).hasMessageContaining("blocks[0]");
    assertThatThrownBy(() -> Proximal.indicator(ConvexSet.wholeSpace(), -1))
        .hasMessageContaining("tolerance is -1.0");
  }

  private static double objective(Proximal h, double[] u, double[] x, double step) {
    double[] d = minus(u, x);
    return h.value(u) + Norms.dot(d, d) / (2 * step);
  }

  private static double[] prox(Proximal h, double[] x, double step) {
    double[] copy = x.clone();
    h.prox(copy, step);
    return copy;
  }

  private static double[] projected(ConvexSet set, double[] x) {
    double[] copy = x.clone();
    set.project(copy);
    return copy;
  }

  private static double[][] points(int count, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(i -> random.doubles(DIMENSION).map(u -> 2 * random.nextGaussian()).toArray())
        .toArray(double[][]::new);
  }

  private static double[] sum(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
  }

  private static double[] minus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }
}
