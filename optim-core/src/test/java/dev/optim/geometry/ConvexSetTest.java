package dev.optim.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConvexSetTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** Every set of the catalogue: a new one belongs here. */
  static Stream<Arguments> catalogue() {
    return Stream.of(
        Arguments.of(ConvexSet.wholeSpace(), 5),
        Arguments.of(ConvexSet.box(-1, 2), 5),
        Arguments.of(ConvexSet.box(new double[] {-1, 0, -INFINITY}, new double[] {1, 0, 3}), 3),
        Arguments.of(ConvexSet.nonNegativeOrthant(), 4),
        Arguments.of(ConvexSet.simplex(1), 1),
        Arguments.of(ConvexSet.simplex(1), 7),
        Arguments.of(ConvexSet.simplex(25), 300),
        Arguments.of(ConvexSet.simplex(0), 3),
        Arguments.of(ConvexSet.l1Ball(2.5), 6),
        Arguments.of(ConvexSet.l1Ball(0), 3),
        Arguments.of(ConvexSet.l2Ball(1.5), 6),
        Arguments.of(ConvexSet.l2Ball(0), 3),
        Arguments.of(ConvexSet.l2Ball(new double[] {1, -2, 30}, 0.7), 3),
        Arguments.of(ConvexSet.lInfBall(0.3), 4),
        Arguments.of(ConvexSet.lInfBall(new double[] {1, -2, 30}, 0.7), 3),
        Arguments.of(ConvexSet.halfSpace(new double[] {1, -2, 3, 0}, -4), 4),
        Arguments.of(ConvexSet.halfSpace(random(200, 9), 1), 200),
        Arguments.of(ConvexSet.hyperplane(new double[] {1e-200, 3e-200}, 1e-200), 2),
        Arguments.of(ConvexSet.hyperplane(random(200, 8), 1), 200),
        Arguments.of(ConvexSet.affine(randomMatrix(3, 8, 1), random(3, 2)), 8),
        Arguments.of(ConvexSet.affine(randomMatrix(8, 8, 3), random(8, 4)), 8),
        Arguments.of(ConvexSet.affine(new double[2][3], new double[2]), 3),
        Arguments.of(ConvexSet.secondOrderCone(), 1),
        Arguments.of(ConvexSet.secondOrderCone(), 5),
        Arguments.of(ConvexSet.l2Ball(2).ofDimension(3), 3),
        Arguments.of(
            ConvexSet.product(
                ConvexSet.simplex(1).ofDimension(3),
                ConvexSet.halfSpace(new double[] {1, 1}, 0),
                ConvexSet.secondOrderCone().ofDimension(3)),
            8));
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void keepsTheContract(ConvexSet set, int dimension) {
    new ConvexSetContract(set, dimension, 1e-12).verify();
  }

  @ParameterizedTest
  @MethodSource("catalogue")
  void hugeAndTinyPointsStayFiniteAndIdempotent(ConvexSet set, int dimension) {
    for (double size : new double[] {1e-320, 1e-300, 1e-160, 1e160, 1e300, 1e307}) {
      for (int seed = 0; seed < 20; seed++) {
        double[] x = Arrays.stream(random(dimension, seed)).map(v -> size * v).toArray();
        double[] once = projected(set, x);
        assertThat(once).doesNotContain(Double.NaN, INFINITY, -INFINITY);
        assertThat(projected(set, once)).isEqualTo(once);
      }
    }
  }

  @Test
  void theLargestDoublesProjectToOrdinaryPoints() {
    double[] max = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
    double[] ones = {1, 1, 1};
    assertThat(projected(ConvexSet.hyperplane(ones, 3), max)).containsExactly(1, 1, 1);
    assertThat(projected(ConvexSet.halfSpace(ones, 3), max)).containsExactly(1, 1, 1);
    assertProjection(ConvexSet.simplex(3), max, 1, 1, 1);
    assertProjection(ConvexSet.l1Ball(3), max, 1, 1, 1);
    assertProjection(ConvexSet.l2Ball(Math.sqrt(3)), max, 1, 1, 1);
    assertProjection(ConvexSet.l2Ball(ones, 0), max, 1, 1, 1);
  }

  @Test
  void closedForms() {
    assertProjection(ConvexSet.box(-1, 2), new double[] {-3, 0.5, 7}, -1, 0.5, 2);
    assertProjection(ConvexSet.nonNegativeOrthant(), new double[] {-3, 2}, 0, 2);
    assertProjection(ConvexSet.simplex(1), new double[] {0.8, 0.6, -1}, 0.6, 0.4, 0);
    assertProjection(ConvexSet.simplex(1), new double[] {5, 5, 5, 5}, 0.25, 0.25, 0.25, 0.25);
    assertProjection(ConvexSet.simplex(2), new double[] {-7}, 2);
    assertProjection(ConvexSet.l1Ball(1), new double[] {-2, 1.5}, -0.75, 0.25);
    assertProjection(ConvexSet.l2Ball(1), new double[] {3, -4}, 0.6, -0.8);
    assertProjection(ConvexSet.l2Ball(new double[] {1, 1}, 5), new double[] {7, 9}, 4, 5);
    assertProjection(ConvexSet.lInfBall(new double[] {1, 1}, 5), new double[] {7, -9}, 6, -4);
    assertProjection(ConvexSet.halfSpace(new double[] {1, 1}, 1), new double[] {1, 2}, 0, 1);
    assertProjection(ConvexSet.halfSpace(new double[] {1, 1}, 1), new double[] {-5, 2}, -5, 2);
    assertProjection(ConvexSet.hyperplane(new double[] {3, 4}, 25), new double[] {0, 0}, 3, 4);
    double[][] a = {{1, 0, 0}, {1, 1, 0}};
    assertProjection(ConvexSet.affine(a, new double[] {1, 3}), new double[] {9, 9, 9}, 1, 2, 9);
    assertProjection(ConvexSet.secondOrderCone(), new double[] {0, 3, 4}, 2.5, 1.5, 2);
    assertProjection(ConvexSet.secondOrderCone(), new double[] {-5, 3, 4}, 0, 0, 0);
    assertProjection(ConvexSet.secondOrderCone(), new double[] {-2, 0, 0}, 0, 0, 0);
    assertProjection(ConvexSet.secondOrderCone(), new double[] {5, 3, 4}, 5, 3, 4);
    ConvexSet product =
        ConvexSet.product(
            ConvexSet.box(0, 1).ofDimension(2), ConvexSet.hyperplane(new double[] {1, -1}, 0));
    assertProjection(product, new double[] {-1, 2, 3, 5}, 0, 1, 4, 4);
  }

  @Test
  void insidePointsKeepTheirBits() {
    double[] zeros = {-0.0, 0.0};
    assertThat(projected(ConvexSet.box(-1, 0), zeros)).isEqualTo(zeros);
    assertThat(projected(ConvexSet.box(0, 1), zeros)).containsExactly(0.0, 0.0);
    double[] tenths = {0.1, 0.2, 0.7};
    assertThat(projected(ConvexSet.simplex(1), tenths)).isEqualTo(tenths);
    assertThat(projected(ConvexSet.l1Ball(1), tenths)).isEqualTo(tenths);
    assertThat(projected(ConvexSet.hyperplane(new double[] {1, 1, 1}, 1), tenths))
        .isEqualTo(tenths);
  }

  @Test
  void simplexAgreesWithSorting() {
    Random random = new Random(11);
    for (int trial = 0; trial < 500; trial++) {
      int n = 1 + random.nextInt(40);
      double offset = trial % 4 == 0 ? 1e6 : 0;
      double[] x = random.doubles(n, -3, 3).map(v -> offset + Math.rint(8 * v) / 8).toArray();
      double sum = 0.25 + random.nextInt(20);
      double[] sorted = x.clone();
      Arrays.sort(sorted);
      double tau = Double.NaN;
      double top = 0;
      for (int k = 1; k <= n; k++) {
        top += sorted[n - k];
        if (sorted[n - k] > (top - sum) / k) {
          tau = (top - sum) / k;
        }
      }
      double[] projected = projected(ConvexSet.simplex(sum), x);
      for (int i = 0; i < n; i++) {
        assertThat(projected[i]).isEqualTo(Math.max(x[i] - tau, 0), within(1e-9));
      }
    }
  }

  @Test
  void simplexOfAFarPointIsExact() {
    assertThat(projected(ConvexSet.simplex(1), new double[] {1e15, 1e15 + 0.5, -1e300}))
        .containsExactly(0.25, 0.75, 0);
  }

  @Test
  void simplexSumsToRoundingWhenManyCoordinatesBarelyCount() {
    double[] x = new double[200_000];
    Arrays.fill(x, -1 + 1e-9);
    x[77] = 0;
    ConvexSet.simplex(1).project(x);
    assertThat(Arrays.stream(x).sum()).isEqualTo(1, within(1e-14));
  }

  @Test
  void ballsHoldStrictly() {
    Random random = new Random(5);
    for (int trial = 0; trial < 2000; trial++) {
      double[] x = random(1 + trial % 50, trial);
      double radius = 0.1 * random.nextDouble();
      ConvexSet.l2Ball(radius).project(x);
      assertThat(Norms.l2(x)).isLessThanOrEqualTo(radius);
      assertThat(Norms.l2(x)).isEqualTo(Math.min(radius, Norms.l2(x)), within(4e-15 * radius));
    }
  }

  @Test
  void illConditionedRowsStillMeetTheirEquations() {
    double[][] hilbert = new double[8][10];
    for (int i = 0; i < 8; i++) {
      for (int j = 0; j < 10; j++) {
        hilbert[i][j] = 1.0 / (i + j + 1);
      }
    }
    double[] solution = random(10, 1);
    double[] b = Arrays.stream(hilbert).mapToDouble(row -> Norms.dot(row, solution)).toArray();
    double[] x = projected(ConvexSet.affine(hilbert, b), random(10, 2));
    for (int i = 0; i < 8; i++) {
      assertThat(Norms.dot(hilbert[i], x)).isEqualTo(b[i], within(1e-13));
    }
  }

  @Test
  void dependentRowsAreLeftOutIfTheyAgree() {
    double[][] a = {{1, 1, 0}, {0.1, 0.7, 0.3}, {1.1, 1.7, 0.3}, {0, 0, 0}};
    ConvexSet set = ConvexSet.affine(a, new double[] {1, 2, 3, 0});
    new ConvexSetContract(set, 3, 1e-12).verify();
    double[] x = projected(set, new double[] {4, 5, 6});
    assertThat(Norms.dot(a[2], x)).isEqualTo(3, within(1e-13));
    assertThatThrownBy(() -> ConvexSet.affine(a, new double[] {1, 2, 3.001, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no solution");
    assertThatThrownBy(() -> ConvexSet.affine(a, new double[] {1, 2, 3, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 3");
    assertThatThrownBy(
            () -> ConvexSet.affine(new double[][] {{1, 0}, {0, 1}, {1, 1}}, new double[] {1, 1, 3}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSetOfYourOwnIsALambda() {
    ConvexSet diagonal =
        x -> Arrays.fill(x, Arrays.stream(x).sum() / x.length); // finite points only, for the test
    assertThat(diagonal.distance(new double[] {1, -1})).isEqualTo(Math.sqrt(2));
    assertThat(diagonal.contains(new double[] {2, 2}, 0)).isTrue();
    assertThat(diagonal.contains(new double[] {2, 2.1}, 0.01)).isFalse();
    assertThat(diagonal.distance(new double[] {1, Double.NaN})).isNaN();
  }

  @Test
  void callersArraysAreCopied() {
    double[] lower = {0, 0};
    double[] upper = {1, 1};
    double[][] a = {{1, 1}};
    double[] b = {1};
    ConvexSet box = ConvexSet.box(lower, upper);
    ConvexSet ball = ConvexSet.l2Ball(lower, 1);
    ConvexSet halfSpace = ConvexSet.halfSpace(a[0], 1);
    ConvexSet affine = ConvexSet.affine(a, b);
    lower[0] = upper[0] = a[0][0] = b[0] = -5;
    assertProjection(box, new double[] {-1, 2}, 0, 1);
    assertProjection(ball, new double[] {-2, 0}, -1, 0);
    assertProjection(halfSpace, new double[] {1, 2}, 0, 1);
    assertProjection(affine, new double[] {1, 2}, 0, 1);
  }

  @Test
  void aThrowingBlockLeavesThePointWhole() {
    ConvexSet broken =
        new ConvexSet() {
          @Override
          public void project(double[] x) {
            throw new IllegalStateException("broken");
          }

          @Override
          public int dimension() {
            return 1;
          }
        };
    double[] x = {5, 5};
    ConvexSet product = ConvexSet.product(ConvexSet.l2Ball(1).ofDimension(1), broken);
    assertThatThrownBy(() -> product.project(x)).hasMessage("broken");
    assertThat(x).containsExactly(5, 5);
  }

  @Test
  void equalSetsAreEqual() {
    double[] zero = {0, 0};
    double[] one = {1, 1};
    assertThat(ConvexSet.box(zero, one))
        .isEqualTo(ConvexSet.box(zero, one))
        .hasSameHashCodeAs(ConvexSet.box(zero, one))
        .isNotEqualTo(ConvexSet.box(zero, new double[] {1, 2}))
        .hasToString("Box[lower=[0.0, 0.0], upper=[1.0, 1.0]]");
    assertThat(ConvexSet.l2Ball(one, 1))
        .isEqualTo(ConvexSet.l2Ball(one, 1))
        .hasSameHashCodeAs(ConvexSet.l2Ball(one, 1))
        .isNotEqualTo(ConvexSet.l2Ball(1));
    assertThat(ConvexSet.halfSpace(one, 1))
        .isEqualTo(ConvexSet.halfSpace(one, 1))
        .hasSameHashCodeAs(ConvexSet.halfSpace(one, 1))
        .isNotEqualTo(ConvexSet.halfSpace(one, 2));
  }

  static Stream<Arguments> refusals() {
    double[] one = {1};
    return Stream.of(
        refusal("lower is 2.0 and upper is 1.0", () -> ConvexSet.box(2, 1)),
        refusal("lower is NaN", () -> ConvexSet.box(Double.NaN, 1)),
        refusal("lower is Infinity", () -> ConvexSet.box(INFINITY, INFINITY)),
        refusal("lower[0] is 1.0 and upper[0]", () -> ConvexSet.box(one, new double[1])),
        refusal("lower has length 1 and upper 2", () -> ConvexSet.box(one, new double[2])),
        refusal("sum is -1.0", () -> ConvexSet.simplex(-1)),
        refusal("sum is Infinity", () -> ConvexSet.simplex(INFINITY)),
        refusal("radius is NaN", () -> ConvexSet.l1Ball(Double.NaN)),
        refusal("radius is -1.0", () -> ConvexSet.l2Ball(-1)),
        refusal("radius is -1.0", () -> ConvexSet.lInfBall(-1)),
        refusal("radius is -1.0", () -> ConvexSet.lInfBall(one, -1)),
        refusal("centre[0] is NaN", () -> ConvexSet.l2Ball(new double[] {Double.NaN}, 1)),
        refusal("normal is zero", () -> ConvexSet.halfSpace(new double[2], 1)),
        refusal("normal is [NaN]", () -> ConvexSet.halfSpace(new double[] {Double.NaN}, 1)),
        refusal("offset is NaN", () -> ConvexSet.hyperplane(one, Double.NaN)),
        refusal("offset is 1.0", () -> ConvexSet.hyperplane(new double[] {1e-300}, 1)),
        refusal("a has 1 rows", () -> ConvexSet.affine(new double[1][1], new double[2])),
        refusal("a has 0 rows", () -> ConvexSet.affine(new double[0][], new double[0])),
        refusal(
            "a[1] has length 2",
            () -> ConvexSet.affine(new double[][] {one, {1, 2}}, new double[2])),
        refusal(
            "b[0] is Infinity",
            () -> ConvexSet.affine(new double[][] {one}, new double[] {INFINITY})),
        refusal("blocks is empty", () -> ConvexSet.product()),
        refusal("blocks[0] takes any dimension", () -> ConvexSet.product(ConvexSet.l1Ball(1))),
        refusal("dimension is 0", () -> ConvexSet.l1Ball(1).ofDimension(0)),
        refusal("must be 3", () -> ConvexSet.l1Ball(1).ofDimension(3).ofDimension(4)),
        refusal("tolerance is -1.0", () -> ConvexSet.l1Ball(1).contains(one, -1)),
        refusal("x has length 0", () -> ConvexSet.simplex(1).project(new double[0])),
        refusal("x has length 0", () -> ConvexSet.secondOrderCone().project(new double[0])));
  }

  private static Arguments refusal(String message, Runnable call) {
    return Arguments.of(message, call);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void badInputIsRefusedByName(String message, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullsAreRefusedByName() {
    assertThatThrownBy(() -> ConvexSet.l2Ball(1).project(null)).hasMessage("x");
    assertThatThrownBy(() -> ConvexSet.box(null, new double[1])).hasMessage("lower");
    assertThatThrownBy(() -> ConvexSet.l2Ball(null, 1)).hasMessage("centre");
    assertThatThrownBy(() -> ConvexSet.halfSpace(null, 1)).hasMessage("normal");
    assertThatThrownBy(() -> ConvexSet.affine(new double[][] {null}, new double[1]))
        .hasMessage("a[0]");
  }

  private static void assertProjection(ConvexSet set, double[] x, double... expected) {
    assertThat(projected(set, x)).containsExactly(expected, within(1e-15));
  }

  private static double[] projected(ConvexSet set, double[] x) {
    double[] copy = x.clone();
    set.project(copy);
    return copy;
  }

  private static double[] random(int n, long seed) {
    Random random = new Random(seed);
    return random.doubles(n).map(u -> random.nextGaussian()).toArray();
  }

  private static double[][] randomMatrix(int m, int n, long seed) {
    double[][] a = new double[m][];
    for (int i = 0; i < m; i++) {
      a[i] = random(n, 1000 * seed + i);
    }
    return a;
  }
}
