package dev.optim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.optim.random.RandomStream;
import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelsTest {

  private static final int LONG = 2 * Kernels.CHUNK + 1234;

  @Test
  void dotAndSumOfASmallVector() {
    double[] x = {1, 2, 3};
    assertThat(Kernels.dot(x, new double[] {4, 5, 6})).isEqualTo(32);
    assertThat(Kernels.dot(x, 1, x, 0, 2)).isEqualTo(8);
    assertThat(Kernels.sum(x, 1, 3)).isEqualTo(5);
    assertThat(Kernels.sum(x, 2, 2)).isEqualTo(0);
    assertThat(Kernels.squaredNorm(x, 0, 3)).isEqualTo(14);
  }

  @Test
  void dotIsAccurate() {
    double[] x = gaussian(5000, 1);
    double[] y = gaussian(5000, 2);
    BigDecimal exact = BigDecimal.ZERO;
    for (int i = 0; i < x.length; i++) {
      exact = exact.add(new BigDecimal(x[i]).multiply(new BigDecimal(y[i])));
    }
    assertThat(Kernels.dot(x, y)).isCloseTo(exact.doubleValue(), within(1e-12));
  }

  @Test
  void floatsAreSummedInDoublePrecision() {
    float[] x = new float[100_000];
    java.util.Arrays.fill(x, 0.1f);
    assertThat(Kernels.sum(x, 0, x.length)).isCloseTo(100_000.0 * 0.1f, within(1e-6));
    assertThat(Kernels.norm(new float[] {3e38f, 0}, 0, 2)).isEqualTo(3e38f);
    assertThat(Kernels.norm(new float[] {1e-45f}, 0, 1)).isEqualTo(Float.MIN_VALUE);
  }

  @Test
  void chunksAddUpToTheWhole() {
    double[] x = gaussian(LONG, 3);
    double[] y = gaussian(LONG, 4);
    double dot = 0;
    double sum = 0;
    for (int i = 0; i < LONG; i += Kernels.CHUNK) {
      int n = Math.min(Kernels.CHUNK, LONG - i);
      dot += Kernels.dot(x, i, y, i, n);
      sum += Kernels.sum(x, i, i + n);
    }
    assertThat(Kernels.dot(x, y)).isEqualTo(dot);
    assertThat(Kernels.sum(x, 0, LONG)).isEqualTo(sum);
  }

  @Test
  void normNeitherOverflowsNorUnderflows() {
    assertThat(Kernels.norm(new double[] {3, 4}, 0, 2)).isEqualTo(5);
    assertThat(Kernels.norm(new double[] {3e300, 4e300}, 0, 2)).isCloseTo(5e300, within(1e285));
    assertThat(Kernels.norm(new double[] {3e-300, 4e-300}, 0, 2)).isCloseTo(5e-300, within(1e-315));
    assertThat(Kernels.norm(new double[] {Double.MIN_VALUE}, 0, 1)).isEqualTo(Double.MIN_VALUE);
    assertThat(Kernels.norm(new double[] {Double.MAX_VALUE}, 0, 1)).isEqualTo(Double.MAX_VALUE);
    assertThat(Kernels.norm(new double[] {Double.MAX_VALUE, Double.MAX_VALUE}, 0, 2)).isInfinite();
    assertThat(Kernels.norm(new double[] {-0.0, 0}, 0, 2)).isEqualTo(0);
    assertThat(Kernels.norm(new double[] {1, Double.NEGATIVE_INFINITY}, 0, 2)).isInfinite();
    assertThat(Kernels.norm(new double[] {Double.NEGATIVE_INFINITY, Double.NaN}, 0, 2)).isNaN();
  }

  @Test
  void maxAbsAndAllFinite() {
    double[] x = gaussian(LONG, 5);
    assertThat(Kernels.allFinite(x, 0, LONG)).isTrue();
    x[LONG - 2] = -100;
    assertThat(Kernels.maxAbs(x, 0, LONG)).isEqualTo(100);
    assertThat(Kernels.maxAbs(x, 0, 0)).isEqualTo(0);
    for (double bad :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      for (int at : new int[] {0, 17, Kernels.CHUNK + 5, LONG - 1}) {
        double[] y = x.clone();
        y[at] = bad;
        assertThat(Kernels.allFinite(y, 0, LONG)).isFalse();
        assertThat(Kernels.maxAbs(y, 0, LONG)).isEqualTo(Double.valueOf(Math.abs(bad)));
      }
    }
  }

  @Test
  void axpyAndScale() {
    double[] y = {1, 1, 1, 1};
    Kernels.axpy(2, new double[] {1, 2, 3, 4}, y, 1, 3);
    assertThat(y).containsExactly(1, 5, 7, 1);
    Kernels.axpy(-1, new double[] {1, 2}, 0, y, 2, 2);
    assertThat(y).containsExactly(1, 5, 6, -1);
    float[] p = {1, 2, 3};
    Kernels.scale(0.5, p, 0, 2);
    assertThat(p).containsExactly(0.5f, 1, 3);
  }

  @Test
  void dotsHaveTheBitsOfDot() {
    float[][] rows = new float[11][];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = new float[LONG];
      RandomStream.of(k).fillGaussian(rows[k]);
    }
    double[] out = new double[11];
    out[10] = 7;
    RowKernels.dots(rows, 10, rows[10], 5, LONG - 3, out);
    for (int k = 0; k < 10; k++) {
      assertThat(out[k]).isEqualTo(Kernels.dot(rows[k], 5, rows[10], 5, LONG - 8));
    }
    assertThat(out[10]).isEqualTo(7);
  }

  @Test
  void axpysAddRowsInOrder() {
    double[][] rows = new double[13][];
    double[] c = gaussian(13, 6);
    for (int k = 0; k < rows.length; k++) {
      rows[k] = gaussian(LONG, 10 + k);
    }
    double[] x = gaussian(LONG, 7);
    double[] expected = x.clone();
    for (int k = 0; k < rows.length; k++) {
      Kernels.axpy(c[k], rows[k], expected, 1, LONG - 1);
    }
    RowKernels.axpys(c, rows, 13, x, 1, LONG - 1);
    assertThat(x).isEqualTo(expected);
  }

  @Test
  void axpysOfFloatsRoundOncePerEightRows() {
    float[][] rows = new float[8][1];
    double[] c = new double[8];
    for (int k = 0; k < 8; k++) {
      rows[k][0] = 1;
      c[k] = 0x1p-25;
    }
    float[] x = {1};
    RowKernels.axpys(c, rows, 8, x, 0, 1);
    // Each addend alone is lost in single precision; their sum is two units in the last place.
    assertThat(x[0]).isEqualTo(1 + 0x1p-22f);
  }

  @Test
  void lionFollowsItsRecursion() {
    double[] x = {1, 1, 1};
    double[] m = {0.5, 0, 1e-31};
    double[] g = {-4, 0, 0};
    UpdateKernels.lion(x, m, g, 0, 3, 0.9, 0.99, 0.1, 0.5, 2);
    double c = 0.9 * 0.5 + (1.0 - 0.9) * -8;
    assertThat(c).isNegative();
    assertThat(x).containsExactly(1 * 0.5 - 0.1 * -1, 0.5, 0.5 - 0.1);
    assertThat(m).containsExactly(0.99 * 0.5 + (1.0 - 0.99) * -8, 0, 0.99 * 1e-31);
  }

  /** A step of 1 from 0 with m = sqrt(v) = 1 is the friction itself. */
  @Test
  void theFrictionOfDiffGradIsASigmoid() {
    int n = 4000;
    double[] x = new double[n];
    double[] previous = new double[n];
    float[] p = new float[n];
    float[] floatPrevious = new float[n];
    for (int i = 0; i < n; i++) {
      floatPrevious[i] = (i - n / 2) * 0.0323f; // up to 64: beyond 40 the friction is 1
      previous[i] = floatPrevious[i];
    }
    previous[0] = Double.POSITIVE_INFINITY;
    floatPrevious[0] = Float.NEGATIVE_INFINITY;
    double[] ones = new double[n];
    float[] floatOnes = new float[n];
    Arrays.fill(ones, 1);
    Arrays.fill(floatOnes, 1);
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      expected[i] = -1 / (1 + Math.exp(-Math.abs(previous[i])));
    }
    double[] zero = new double[n];
    UpdateKernels.diffGrad(x, zero, ones, ones.clone(), previous, 0, n, 1, 1, 1, 0, 0, 1);
    UpdateKernels.diffGrad(
        p, new float[n], floatOnes, floatOnes.clone(), floatPrevious, 0, n, 1, 1, 1, 0, 0, 1);
    for (int i = 0; i < n; i++) {
      assertThat(x[i]).isCloseTo(expected[i], within(4e-16));
      assertThat(p[i]).isCloseTo((float) expected[i], within(1.3e-7f));
    }
    assertThat(previous).isEqualTo(zero);
  }

  /** No product on the way to a step is larger than the moment times the step size. */
  @Test
  void aStepOfDiffGradOverflowsNoSoonerThanItsMoment() {
    float[] p = new float[32];
    float[] largest = new float[32];
    float[] infinite = new float[32];
    float[] previous = new float[32];
    Arrays.fill(largest, Float.MAX_VALUE);
    Arrays.fill(infinite, Float.POSITIVE_INFINITY);
    for (int i = 0; i < 32; i++) {
      previous[i] = 0.1f * i;
    }
    UpdateKernels.diffGrad(
        p, new float[32], largest, infinite, previous, 0, 32, 1, 1, 1, 1e-8, 0, 1);
    assertThat(p).containsOnly(0);
  }

  /** Over more than a chunk, from an index that is no multiple of anything. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void adamsDirectionFollowsItsRecursion(boolean nesterov) {
    int from = 3;
    int to = from + Kernels.CHUNK + 1500;
    double[] m = new double[to];
    double[] v = new double[to];
    double[] g = new double[to];
    for (int i = 0; i < to; i++) {
      m[i] = i % 7 - 3;
      v[i] = i % 11;
      g[i] = i % 13 - 6;
    }
    double[] before = m.clone();
    double[] u = new double[UpdateKernels.DIRECTION + to - from];
    UpdateKernels.adamDirection(g, m, v, from, to, u, 0.9, 0.99, 2, 1e-3, 0.5, nesterov);
    assertThat(Arrays.copyOf(m, from)).isEqualTo(Arrays.copyOf(before, from));
    for (int i = from; i < to; i++) {
      double gi = 0.5 * (i % 13 - 6);
      double mi = 0.9 * (i % 7 - 3) + (1 - 0.9) * gi;
      double vi = 0.99 * (i % 11) + (1 - 0.99) * (gi * gi);
      double numerator = nesterov ? 0.9 * mi + (1 - 0.9) * gi : mi;
      double expected = numerator / (Math.sqrt(vi) * 2 + 1e-3);
      if (m[i] != mi || v[i] != vi || u[UpdateKernels.DIRECTION + i - from] != expected) {
        fail("at " + i);
      }
    }
  }

  @Test
  void descendsWithoutTheRadialPart() {
    double[] x = {9, 1, 2, 9};
    float[] p = {9, 1, 2, 9};
    UpdateKernels.descend(x, 1, new double[] {3, 4}, 0, 2, 0.5, 0.25, 2);
    UpdateKernels.descend(p, 1, new float[] {3, 4}, 0, 2, 0.5, 0.25, 2);
    assertThat(x).containsExactly(9, 0.5 - 0.25 * (3 - 2), 1, 9);
    assertThat(p).containsExactly(9, 0.25f, 1, 9);
  }

  @Test
  void refusesBadArguments() {
    double[] x = new double[3];
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Kernels.dot(x, new double[4]))
        .withMessageContaining("3")
        .withMessageContaining("4");
    assertThatThrownBy(() -> Kernels.dot(x, 1, x, 0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Kernels.sum(x, -1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Kernels.norm(x, 0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    double[][] ragged = {new double[3], new double[2]};
    double[] out = {5, 5};
    assertThatThrownBy(() -> RowKernels.dots(ragged, 2, x, 0, 3, out))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(out).containsExactly(5, 5);
    assertThatThrownBy(() -> RowKernels.axpys(new double[1], ragged, 2, x, 0, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> UpdateKernels.lion(x, x, new double[2], 0, 3, 0, 0, 0, 0, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    double[] previous = new double[2];
    assertThatThrownBy(() -> UpdateKernels.diffGrad(x, x, x, x, previous, 0, 3, 0, 0, 0, 0, 0, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    double[] u = new double[UpdateKernels.DIRECTION + 2];
    assertThatThrownBy(() -> UpdateKernels.adamDirection(x, x, x, 0, 3, u, 0, 0, 0, 0, 0, false))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> UpdateKernels.descend(x, 1, u, 0, 3, 0, 0, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void theProviderIsTheOneAskedFor() {
    String asked = System.getProperty("optim.kernels", "auto");
    assertThat(Kernels.name())
        .isEqualTo(
            asked.equals("auto") ? (SameBitsTest.vectorApiIsPresent() ? "simd" : "scalar") : asked);
    assertThat(Providers.choose("scalar").name()).isEqualTo("scalar");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Providers.choose("fast"))
        .withMessageContaining("optim.kernels")
        .withMessageContaining("'fast'");
  }

  @Test
  void simdIsRefusedWithoutTheModule() {
    assumeFalse(SameBitsTest.vectorApiIsPresent(), "runs without the profile simd");
    assertThat(Providers.choose("auto").name()).isEqualTo("scalar");
    assertThatIllegalStateException()
        .isThrownBy(() -> Providers.choose("simd"))
        .withMessageContaining("--add-modules jdk.incubator.vector");
  }

  private static double[] gaussian(int n, long seed) {
    double[] x = new double[n];
    RandomStream.of(seed).fillGaussian(x);
    return x;
  }
}
