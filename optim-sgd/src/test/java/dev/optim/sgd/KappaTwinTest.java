package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.optim.random.RandomStream;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.FloatUpdater;
import dev.optim.update.Parameters;
import dev.optim.update.StepOutcome;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule.Scope;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradients of K in both precisions, of all sizes, over several blocks, against definitions.
 */
class KappaTwinTest {

  private static final int ROWS = 30;
  private static final int COLUMNS = 101;
  private static final int N = ROWS * COLUMNS;

  static List<Kappa> kappas() {
    return Rules.KAPPAS;
  }

  /** The step from 0 of size 1 without momentum. */
  private static double[] gradient(Kappa kappa, double[] z, int... shape) {
    LionK rule = LionK.of(1, kappa).withBetas(0, 0);
    Parameters layout = Parameters.builder().add("x", shape).build();
    DoubleUpdater updater = UpdatePlan.of(rule).doubles(layout);
    double[] x = new double[z.length];
    assertThat(updater.step(x, z)).isEqualTo(StepOutcome.APPLIED);
    for (int i = 0; i < x.length; i++) {
      x[i] = 0 - x[i];
    }
    return x;
  }

  private static float[] gradient(Kappa kappa, float[] z, int... shape) {
    LionK rule = LionK.of(1, kappa).withBetas(0, 0);
    FloatUpdater updater = UpdatePlan.of(rule).floats(Parameters.builder().add("x", shape).build());
    float[] x = new float[z.length];
    assertThat(updater.step(x, z)).isEqualTo(StepOutcome.APPLIED);
    for (int i = 0; i < x.length; i++) {
      x[i] = 0 - x[i];
    }
    return x;
  }

  /** Random, with zeros and equal ones among them; the same numbers in both precisions. */
  private static float[] numbers(int n, float size, long seed) {
    double[] random = new double[n];
    RandomStream.of(seed).fillGaussian(random);
    float[] z = new float[n];
    for (int i = 0; i < n; i++) {
      z[i] = i % 7 == 3 ? 0 : size * (i % 5 == 1 ? Math.round(random[i]) : (float) random[i]);
    }
    return z;
  }

  private static double[] wide(float[] z) {
    return IntStream.range(0, z.length).mapToDouble(i -> z[i]).toArray();
  }

  @ParameterizedTest
  @MethodSource("kappas")
  void singlePrecisionAgreesWithDouble(Kappa kappa) {
    for (float size : new float[] {1e-43f, 1e-36f, 1e-20f, 1e-3f, 0.1f, 1, 1e10f, 1e16f}) {
      float[] z = numbers(N, size, 3);
      for (int[] shape : new int[][] {{ROWS, COLUMNS}, {N}}) {
        double[] expected = gradient(kappa, wide(z), shape);
        float[] actual = gradient(kappa, z, shape);
        double scale = kappa instanceof Kappas.HalfSquaredL2 ? size : 1;
        for (int i = 0; i < N; i++) {
          assertThat((double) actual[i])
              .as("%s %s of %s", size, i, z[i])
              .isCloseTo(expected[i], offset(1e-6 * scale));
        }
      }
    }
  }

  @Test
  void sumsOverElementsAreWhatTheyAreCalled() {
    double e = 0.3;
    elementwise(new Kappas.L1(), Math::signum);
    elementwise(new Kappas.HalfSquaredL2(), z -> z);
    elementwise(new Kappas.Huber(e), z -> Math.abs(z) <= e ? z / e : Math.signum(z));
    elementwise(new Kappas.DeadZone(e), z -> Math.abs(z) > e ? Math.signum(z) : 0);
    elementwise(new Kappas.DeadZone(0), Math::signum);
    elementwise(new Kappas.PseudoHuber(e), z -> z / Math.hypot(z, e));
    elementwise(new Kappas.LogCosh(e), z -> StrictMath.tanh(z / e));
  }

  private static void elementwise(Kappa kappa, DoubleUnaryOperator expected) {
    for (float size : new float[] {1e-44f, 1, 1e30f}) {
      double[] z = wide(numbers(N, size, 4));
      z[0] = 0.3; // on the border
      z[1] = Math.nextUp(-0.3);
      z[2] = Math.nextDown(-0.3);
      double[] actual = gradient(kappa, z, N);
      for (int i = 0; i < N; i++) {
        double value = expected.applyAsDouble(z[i]);
        assertThat(actual[i])
            .as("%s of %s", kappa, z[i])
            .isCloseTo(value, offset(1e-15 * Math.max(1, Math.abs(value))));
      }
    }
  }

  @Test
  void normsAreWhatTheyAreCalled() {
    for (float size : new float[] {1e-44f, 1, 1e30f}) {
      double[] z = wide(numbers(N, size, 4));
      for (double p : new double[] {1.01, 1.5, 2, 3, 40}) {
        double largest = Arrays.stream(z).map(Math::abs).max().orElse(0);
        double sum = Arrays.stream(z).map(v -> StrictMath.pow(Math.abs(v) / largest, p)).sum();
        double norm = StrictMath.pow(sum, (p - 1) / p);
        double[] actual = gradient(new Kappas.Lp(p), z, N);
        for (int i = 0; i < N; i++) {
          double power = StrictMath.pow(Math.abs(z[i]) / largest, p - 1);
          assertThat(actual[i]).isCloseTo(Math.signum(z[i]) * power / norm, offset(1e-13));
        }
      }
      assertThat(gradient(new Kappas.L2(), z, N))
          .containsExactly(gradient(new Kappas.Lp(2), z, N), offset(1e-13));
      double[] rows = gradient(new Kappas.GroupL2(), z, ROWS, COLUMNS);
      for (int from = 0; from < N; from += COLUMNS) {
        double[] row =
            gradient(new Kappas.L2(), Arrays.copyOfRange(z, from, from + COLUMNS), 1, COLUMNS);
        assertThat(Arrays.copyOfRange(rows, from, from + COLUMNS)).containsExactly(row);
      }
    }
  }

  /** Neither a square nor a quotient leaves the range. */
  @Test
  void widthsOfAnySizeAreKept() {
    for (double e : new double[] {Double.MIN_VALUE, 1e-200, 1e-50, 1e50, 1e200}) {
      for (Kappa kappa :
          List.of(new Kappas.Huber(e), new Kappas.PseudoHuber(e), new Kappas.LogCosh(e))) {
        double[] z = {0, 1e-20, -1e15};
        double[] expected = e < 1 ? new double[] {0, 1, -1} : new double[3];
        assertThat(gradient(kappa, z, 3)).containsExactly(expected, offset(1e-20));
        assertThat(gradient(kappa, new float[] {0, 1e-20f, -1e15f}, 3))
            .containsExactly(Training.floats(expected), offset(1e-18f));
      }
    }
    double[] huge = {0, 1e140, -1e150};
    assertThat(gradient(new Kappas.PseudoHuber(1e-200), huge, 3)).containsExactly(0, 1, -1);
    assertThat(gradient(new Kappas.PseudoHuber(1e140), huge, 3)[1]).isCloseTo(0.7071, offset(1e-4));
    assertThat(gradient(new Kappas.DeadZone(1e50), new float[] {1e18f}, 1)).containsExactly(0);
  }

  /** Against a sort, with ties on every side of the border, for every k that matters. */
  @Test
  void theTopIsThatOfASort() {
    for (int n : new int[] {1, 2, 6, 40, 1500}) {
      for (float size : new float[] {0, 1e-44f, 1e-8f, 1, 1e16f}) {
        float[] z = numbers(n, size, n);
        for (int k : new int[] {1, 2, 5, n / 3 + 1, n - 1, n, n + 1}) {
          if (k >= 1) {
            assertThat(gradient(new Kappas.TopK(k), wide(z), n)).containsExactly(top(z, k));
            assertThat(gradient(new Kappas.TopK(k), z, n))
                .containsExactly(Training.floats(top(z, k)));
          }
        }
      }
    }
  }

  private static double[] top(float[] z, int k) {
    double[] signs = new double[z.length];
    IntStream.range(0, z.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> -Math.abs(z[i])).thenComparing(i -> i))
        .limit(k)
        .forEach(i -> signs[i] = z[i] == 0 ? 0 : Math.signum(z[i]));
    return signs;
  }

  /** Numbers that differ in one bit, whichever it is. */
  @Test
  void theTopTellsEveryBitApart() {
    for (int bit = 0; bit < 63; bit++) {
      double one = 1.2345;
      double other = Double.longBitsToDouble(Double.doubleToLongBits(one) ^ 1L << bit);
      if (Double.isFinite(other) && other < 1e100) {
        double[] z = {one, -other, one, -other, one};
        boolean larger = other > one;
        double[] expected = larger ? new double[] {1, -1, 0, -1, 0} : new double[] {1, 0, 1, 0, 1};
        assertThat(gradient(new Kappas.TopK(3), z, 5)).containsExactly(expected);
      }
    }
  }

  /** A function of a user's own that works behind z: -z, by way of a copy of each row. */
  private record Mirror(Scope scope) implements Kappa.Custom {

    @Override
    public int workspace(int rows, int columns) {
      return columns;
    }

    @Override
    public void gradient(double[] z, int rows, int columns) {
      int behind = rows * columns;
      for (int row = 0; row < rows; row++) {
        System.arraycopy(z, row * columns, z, behind, columns);
        for (int i = 0; i < columns; i++) {
          z[row * columns + i] = -z[behind + i];
        }
      }
    }
  }

  @Test
  void functionsOfOnesOwnHaveMemoryBehindThem() {
    float[] z = numbers(N, 1, 6);
    float[] mirrored = new float[N];
    for (int i = 0; i < N; i++) {
      mirrored[i] = 0 - z[i];
    }
    for (Scope scope : Scope.values()) {
      for (int[] shape : new int[][] {{ROWS, COLUMNS}, {N}}) {
        assertThat(gradient(new Mirror(scope), wide(z), shape)).containsExactly(wide(mirrored));
        assertThat(gradient(new Mirror(scope), z, shape)).containsExactly(mirrored);
      }
    }
  }

  /** In whatever block it is. */
  @Test
  void theLargestIsTheFirstOfItsSize() {
    for (int at : new int[] {0, 1, 1023, 1024, 2047, 2500, N - 1}) {
      float[] z = numbers(N, 1, 9);
      z[at] = -50;
      z[Math.min(N - 1, at + 1)] = -50;
      z[Math.min(N - 1, at + 1100)] = -50;
      double[] expected = new double[N];
      expected[at] = -1;
      assertThat(gradient(new Kappas.LInfinity(), wide(z), N)).containsExactly(expected);
      assertThat(gradient(new Kappas.LInfinity(), z, N)).containsExactly(Training.floats(expected));
    }
  }
}
