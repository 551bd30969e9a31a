package dev.optim.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.ExponentialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.UniformContinuousDistribution;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

/** The draws have the distributions they claim. Seeds are fixed: a pass is a pass for ever. */
class DistributionTest {

  private static final int N = 1_000_000;
  private static final double SIGNIFICANCE = 1e-3;

  private static final ContinuousDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final ContinuousDistribution UNIFORM = UniformContinuousDistribution.of(0, 1);

  @Test
  void gaussianDoubles() {
    double[] x = new double[N];
    RandomStream.of(1).fillGaussian(x);
    assertGaussian(x);
  }

  @Test
  void gaussianFloats() {
    float[] p = new float[N];
    RandomStream.of(2).fillGaussian(p);
    assertGaussian(widen(p));
  }

  @Test
  void gaussianTails() {
    // Beyond 4.5 about 6.8 draws in a million: 68 expected in ten, standard deviation 8.2.
    float[] p = new float[N];
    RandomStream random = RandomStream.of(3);
    int floats = 0;
    int doubles = 0;
    double[] x = new double[N];
    for (int round = 0; round < 10; round++) {
      random.fillGaussian(p);
      random.fillGaussian(x);
      for (int i = 0; i < N; i++) {
        floats += Math.abs(p[i]) > 4.5f ? 1 : 0;
        doubles += Math.abs(x[i]) > 4.5 ? 1 : 0;
      }
    }
    assertThat(floats).isBetween(40, 98);
    assertThat(doubles).isBetween(40, 98);
  }

  @Test
  void gaussianPairsAreNotCorrelated() {
    // The two draws of a Box-Muller pair lie half a group apart; squares would show a shared
    // radius.
    float[] p = new float[N];
    RandomStream.of(4).fillGaussian(p);
    double products = 0;
    double squares = 0;
    for (int i = 0; i + 512 < N; i++) {
      products += p[i] * p[i + 512];
      squares += (p[i] * p[i] - 1) * (p[i + 512] * p[i + 512] - 1);
    }
    assertThat(products / N).isCloseTo(0, within(4 / Math.sqrt(N)));
    assertThat(squares / N).isCloseTo(0, within(4 * 2 / Math.sqrt(N)));
  }

  @Test
  void gaussiansOfOneGeneratorAreNotCorrelated() {
    // Words of one generator lie 16 apart, neighbours come from generators side by side.
    for (int lag : new int[] {1, 8, 16, 32, 48, 1008, 1024}) {
      float[] p = new float[N];
      RandomStream.of(13).fillGaussian(p);
      double products = 0;
      double squares = 0;
      double signs = 0;
      for (int i = 0; i + lag < N; i++) {
        products += p[i] * p[i + lag];
        squares += (p[i] * p[i] - 1) * (p[i + lag] * p[i + lag] - 1);
        signs += Math.signum(p[i]) * Math.signum(p[i + lag]);
      }
      assertThat(products / N).as("lag %d", lag).isCloseTo(0, within(4 / Math.sqrt(N)));
      assertThat(squares / N).as("lag %d", lag).isCloseTo(0, within(4 * 2 / Math.sqrt(N)));
      assertThat(signs / N).as("lag %d", lag).isCloseTo(0, within(4 / Math.sqrt(N)));
    }
  }

  @Test
  void cellsOfPairsOfGaussiansAreEvenlyFull() {
    // Quantiles of neighbours, and of draws that one generator makes one after the other, on a
    // chessboard of 16 by 16.
    float[] p = new float[N];
    RandomStream.of(14).fillGaussian(p);
    int[] cell = new int[N];
    for (int i = 0; i < N; i++) {
      cell[i] = (int) Math.min(15, 16 * NORMAL.cumulativeProbability(p[i]));
    }
    for (int lag : new int[] {1, 16, 512}) {
      long[] counts = new long[256];
      for (int i = 0; i + lag < N; i++) {
        counts[16 * cell[i] + cell[i + lag]]++;
      }
      assertEvenly(counts);
    }
  }

  @Test
  void uniformDoubles() {
    double[] x = new double[N];
    RandomStream.of(5).fillUniform(x);
    assertUniform(x);
  }

  @Test
  void uniformFloats() {
    float[] p = new float[N];
    RandomStream.of(6).fillUniform(p);
    assertUniform(widen(p));
  }

  @Test
  void exponentials() {
    RandomStream random = RandomStream.of(7);
    double[] x = new double[N / 10];
    Arrays.setAll(x, i -> random.nextExponential());
    assertKolmogorovSmirnov(x, ExponentialDistribution.of(1));
  }

  @Test
  void boundedIntegersAreUnbiased() {
    // Three quarters of the range of the generator: without rejection one third would come up twice
    // as often.
    RandomStream random = RandomStream.of(8);
    long[] thirds = new long[3];
    long[] sevenths = new long[7];
    long[] longThirds = new long[3];
    for (int i = 0; i < 300_000; i++) {
      thirds[random.nextInt(3 << 29) % 3]++;
      sevenths[random.nextInt(7)]++;
      longThirds[(int) (random.nextLong(3L << 61) >>> 61)]++;
    }
    assertEvenly(thirds);
    assertEvenly(sevenths);
    assertEvenly(longThirds);
  }

  @Test
  void permutationsAreUniform() {
    RandomStream random = RandomStream.of(9);
    long[] counts = new long[24];
    for (int i = 0; i < 240_000; i++) {
      int[] a = random.permutation(4);
      int rank = 0;
      for (int j = 0; j < 4; j++) {
        int smaller = 0;
        for (int k = j + 1; k < 4; k++) {
          smaller += a[k] < a[j] ? 1 : 0;
        }
        rank = rank * (4 - j) + smaller;
      }
      counts[rank]++;
    }
    assertEvenly(counts);
  }

  @Test
  void splitStreamsAreIndependent() {
    RandomStream random = RandomStream.of(10);
    int n = 100_000;
    double[][] x = new double[6][n];
    random.at(0).fillGaussian(x[0]);
    random.split(0).fillGaussian(x[1]);
    random.split(1).fillGaussian(x[2]);
    random.split("noise").fillGaussian(x[3]);
    RandomStream.of(11).fillGaussian(x[4]);
    random.split(0).split(0).fillGaussian(x[5]);
    for (int a = 0; a < x.length; a++) {
      for (int b = 0; b < a; b++) {
        double products = 0;
        for (int i = 0; i < n; i++) {
          products += x[a][i] * x[b][i];
        }
        assertThat(products / n).as("%d, %d", a, b).isCloseTo(0, within(4 / Math.sqrt(n)));
      }
    }
  }

  @Test
  void kindsAreIndependent() {
    int n = 100_000;
    double[] uniform = new double[n];
    float[] floats = new float[n];
    double[] gaussian = new double[n];
    RandomStream random = RandomStream.of(12);
    random.at(0).fillUniform(uniform);
    random.at(0).fillUniform(floats);
    random.at(0).fillGaussian(gaussian);
    double a = 0;
    double b = 0;
    for (int i = 0; i < n; i++) {
      a += (uniform[i] - 0.5) * (floats[i] - 0.5) * 12;
      b += (uniform[i] - 0.5) * gaussian[i] * Math.sqrt(12);
    }
    assertThat(a / n).isCloseTo(0, within(4 / Math.sqrt(n)));
    assertThat(b / n).isCloseTo(0, within(4 / Math.sqrt(n)));
  }

  private static void assertGaussian(double[] x) {
    double[] moments = moments(x);
    assertThat(moments[0]).isCloseTo(0, within(4 / Math.sqrt(N)));
    assertThat(moments[1]).isCloseTo(1, within(4 * Math.sqrt(2.0 / N)));
    assertThat(moments[2]).isCloseTo(0, within(4 * Math.sqrt(6.0 / N)));
    assertThat(moments[3]).isCloseTo(3, within(4 * Math.sqrt(24.0 / N)));
    assertKolmogorovSmirnov(x, NORMAL);
  }

  private static void assertUniform(double[] x) {
    double[] moments = moments(x);
    assertThat(moments[0]).isCloseTo(0.5, within(4 * Math.sqrt(1.0 / 12 / N)));
    assertThat(moments[1]).isCloseTo(1.0 / 12, within(4 * Math.sqrt(1.0 / 180 / N)));
    assertThat(moments[2]).isCloseTo(0, within(4 * Math.sqrt(6.0 / N)));
    assertThat(moments[3]).isCloseTo(1.8, within(4 * Math.sqrt(24.0 / N)));
    assertThat(Arrays.stream(x).min().orElseThrow()).isNotNegative();
    assertThat(Arrays.stream(x).max().orElseThrow()).isLessThan(1);
    assertKolmogorovSmirnov(x, UNIFORM);
  }

  /** Mean, variance, skewness and kurtosis. */
  private static double[] moments(double[] x) {
    double mean = Arrays.stream(x).sum() / x.length;
    double[] sums = new double[3];
    for (double value : x) {
      double d = value - mean;
      sums[0] += d * d;
      sums[1] += d * d * d;
      sums[2] += d * d * d * d;
    }
    double variance = sums[0] / x.length;
    return new double[] {
      mean,
      variance,
      sums[1] / x.length / Math.pow(variance, 1.5),
      sums[2] / x.length / (variance * variance)
    };
  }

  private static void assertKolmogorovSmirnov(double[] x, ContinuousDistribution distribution) {
    double[] sample = Arrays.copyOf(x, 100_000);
    double p =
        KolmogorovSmirnovTest.withDefaults()
            .test(sample, distribution::cumulativeProbability)
            .getPValue();
    assertThat(p).isGreaterThan(SIGNIFICANCE);
  }

  private static void assertEvenly(long[] counts) {
    assertThat(ChiSquareTest.withDefaults().test(counts).getPValue()).isGreaterThan(SIGNIFICANCE);
  }

  private static double[] widen(float[] p) {
    double[] x = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      x[i] = p[i];
    }
    return x;
  }
}
