package dev.optim.secondorder;

import static dev.optim.secondorder.Samples.deviation;
import static dev.optim.secondorder.Samples.multiply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaticFisherTest {

  @Property(tries = 60)
  void isTheAuthorsRecursion(
      @ForAll @IntRange(min = 1, max = 20) int m,
      @ForAll @IntRange(min = 1, max = 1200) int d,
      @ForAll long seed) {
    double[][] g = Samples.gradients(m, d, seed);
    double[] x = Samples.vector(d, seed + 1);
    double[] expected = Samples.shermanMorrison(g, 0.1, x);
    assertThat(deviation(multiply(StaticFisher.of(g, 0.1), x), expected)).isLessThan(1e-11);
  }

  @Property(tries = 60)
  void blocksAreInversesOfTheirOwn(
      @ForAll @IntRange(min = 1, max = 12) int m,
      @ForAll @IntRange(min = 1, max = 60) int d,
      @ForAll @IntRange(min = 1, max = 70) int block) {
    double[][] g = Samples.gradients(m, d, 3);
    double[] x = Samples.vector(d, 4);
    StaticFisher fisher = StaticFisher.of(g, 0.1, block);
    double[] y = multiply(fisher, x);
    for (int from = 0; from < d; from += block) {
      int to = Math.min(d, from + block);
      double[][] part = new double[m][];
      for (int k = 0; k < m; k++) {
        part[k] = Arrays.copyOfRange(g[k], from, to);
      }
      double[] expected = Samples.shermanMorrison(part, 0.1, Arrays.copyOfRange(x, from, to));
      assertThat(deviation(Arrays.copyOfRange(y, from, to), expected)).isLessThan(1e-11);
    }
    if (block < d) {
      assertThat(fisher.element(0, block)).isZero();
    }
  }

  @Test
  void aBlockMayLieAcrossSegmentsOfTheGradients() {
    int d = 2 * GradientRows.COLUMNS + 100;
    double[][] g = Samples.gradients(3, d, 1);
    double[] x = Samples.vector(d, 2);
    double[] y = multiply(StaticFisher.of(g, 1e-9, 5000), x);
    double[][] part = new double[3][];
    for (int k = 0; k < 3; k++) {
      part[k] = Arrays.copyOfRange(g[k], 5000, 10_000);
    }
    StaticFisher alone = StaticFisher.of(part, 1e-9);
    assertThat(Arrays.copyOfRange(y, 5000, 10_000))
        .isEqualTo(multiply(alone, Arrays.copyOfRange(x, 5000, 10_000)));
    System.arraycopy(g[1], 0, x, 0, d);
    y = multiply(StaticFisher.of(g, 1e-9, 5000), x);
    assertThat(Arrays.copyOfRange(y, 5000, 10_000)).isEqualTo(multiply(alone, part[1]));
    assertThat(deviation(multiply(alone, part[1]), Samples.exactProduct(part, 1e-9, part[1])))
        .isLessThan(1e-9);
  }

  @Test
  void severalVectorsAtOnceGiveTheBitsOfEachAlone() {
    StaticFisher fisher = StaticFisher.of(Samples.gradients(9, 1500, 1), 1e-3, 700);
    double[][] x = Samples.gradients(3, 1500, 2);
    double[][] out = new double[3][1500];
    fisher.multiply(x, out);
    for (int j = 0; j < 3; j++) {
      assertThat(out[j]).isEqualTo(multiply(fisher, x[j]));
    }
  }

  @Test
  void gradientsInSinglePrecisionAreTheSameGradients() {
    double[][] g = Samples.gradients(5, 700, 1);
    float[][] single = new float[5][700];
    for (int k = 0; k < 5; k++) {
      for (int i = 0; i < 700; i++) {
        single[k][i] = (float) g[k][i];
      }
    }
    double[] x = Samples.vector(700, 2);
    assertThat(multiply(StaticFisher.of(single, 1e-3, 700), x))
        .isEqualTo(multiply(StaticFisher.of(g, 1e-3), x));
  }

  @Test
  void keepsNoArray() {
    double[][] g = Samples.gradients(5, 30, 1);
    StaticFisher fisher = StaticFisher.of(g, 1e-3);
    double[] x = Samples.vector(30, 2);
    double[] before = multiply(fisher, x);
    g[2][3] = 1e9;
    assertThat(multiply(fisher, x)).isEqualTo(before);
  }

  @Test
  void hasDigitsLeftWithMoreGradientsThanElements() {
    double[][] g = Samples.gradients(1100, 5, 1);
    double[][] dense = Samples.denseInverse(g, 1100, 1e-12, 5);
    double[] x = Samples.vector(5, 2);
    assertThat(deviation(multiply(StaticFisher.of(g, 1e-12), x), Samples.product(dense, x)))
        .isLessThan(1e-13);
  }

  @Property(tries = 40)
  void aGradientOfTheSetKeepsItsDigits(
      @ForAll @IntRange(min = 1, max = 12) int m,
      @ForAll @IntRange(min = 12, max = 700) int d,
      @ForAll @IntRange(min = 0, max = 8) int decimals,
      @ForAll boolean repeated) {
    double damping = StrictMath.pow(10, -decimals);
    double[][] g = Samples.gradients(m, d, m);
    if (repeated) {
      Arrays.fill(g, m / 2, m, g[0]);
    }
    double[] y = multiply(StaticFisher.of(g, damping), g[m - 1]);
    double[] exact = Samples.exactProduct(g, damping, g[m - 1]);
    assertThat(deviation(y, exact)).isLessThan(1e-9);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 3", "3, 3", "40, 7", "7, 40"})
  void elementsOfRepeatedGradientsKeepTheirDigits(int m, int d) {
    for (double damping : new double[] {1e-8, 1e-10, 1e-12}) {
      double[][] g = new double[m][];
      Arrays.fill(g, Samples.vector(d, 1));
      assertElements(g, damping, StaticFisher.of(g, damping));
      assertElements(g, damping, window(g, damping));
    }
  }

  @Test
  void diagonalElementsInTheSpanOfTheGradientsKeepTheirDigits() {
    double[][] g = {{3, 0, 0, 0}, {0, 1, 2, 0}, {0, 1, 2.125, 0}};
    for (double damping : new double[] {1e-6, 1e-9, 1e-12}) {
      assertDiagonal(g, damping, StaticFisher.of(g, damping));
      assertDiagonal(g, damping, window(g, damping));
    }
  }

  private static FisherWindow window(double[][] g, double damping) {
    return Samples.window(g, WindowSettings.of(g.length, damping).withStorage(Storage.FLOAT64));
  }

  private static void assertElements(double[][] g, double damping, InverseFisher fisher) {
    double[] diagonal = assertDiagonal(g, damping, fisher);
    for (int j = 0; j < diagonal.length; j++) {
      double[] exact = exactColumn(g, damping, j);
      for (int i = 0; i < diagonal.length; i++) {
        Offset<Double> offset = Offset.offset(1e-9 * Math.sqrt(diagonal[i] * diagonal[j]));
        assertThat(fisher.element(i, j)).isCloseTo(exact[i], offset);
      }
    }
  }

  private static double[] assertDiagonal(double[][] g, double damping, InverseFisher fisher) {
    double[] diagonal = Samples.diagonal(fisher);
    for (int j = 0; j < diagonal.length; j++) {
      double exact = exactColumn(g, damping, j)[j];
      assertThat(diagonal[j]).isCloseTo(exact, Offset.offset(1e-9 * exact));
      assertThat(fisher.element(j, j)).isCloseTo(exact, Offset.offset(1e-9 * exact));
    }
    return diagonal;
  }

  private static double[] exactColumn(double[][] g, double damping, int j) {
    double[] unit = new double[g[0].length];
    unit[j] = 1;
    return Samples.exactProduct(g, damping, unit);
  }

  @Test
  void aVectorTooLargeToRefineKeepsTheDigitsItHas() {
    double[][] g = Samples.gradients(5, 30, 1);
    StaticFisher fisher = StaticFisher.of(g, 1e-6);
    double[] large = g[2].clone();
    Arrays.setAll(large, i -> 0x1p1000 * large[i]);
    double[] expected = Samples.exactProduct(g, 1e-6, g[2]);
    Arrays.setAll(expected, i -> 0x1p1000 * expected[i]);
    double[] product = multiply(fisher, large);
    for (int i = 0; i < 30; i++) {
      assertThat(product[i] / 0x1p1000).isCloseTo(expected[i] / 0x1p1000, Offset.offset(1e-6));
    }
  }

  @Test
  void elementsTooSmallToMatterCountAsZero() {
    for (double tiny : new double[] {1e-146, -1e-146}) {
      StaticFisher fisher = StaticFisher.of(new double[][] {{tiny, 1}}, 1);
      assertThat(Math.abs(fisher.element(0, 1))).isZero();
      StaticFisher single = StaticFisher.of(new float[][] {{(float) (1e115 * tiny), 1}}, 1);
      assertThat(Math.abs(single.element(0, 1))).isZero();
    }
    assertThat(StaticFisher.of(new double[][] {{1e-144, 1}}, 1).element(0, 1)).isNegative();
    assertThat(StaticFisher.of(new float[][] {{1e-29f, 1}}, 1).element(0, 1)).isNegative();
  }

  @Test
  void refusesAFloatThatIsNoNumber() {
    assertThatThrownBy(() -> StaticFisher.of(new float[][] {{1, 2}, {3, Float.NaN}}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gradients[1][1] is NaN, must be a finite number");
  }

  @Test
  void refusesWhatIsNoSetOfGradients() {
    assertRefused(new double[0][], 1, 1, "the number of gradients is 0, must be at least 1");
    assertRefused(new double[1][0], 1, 1, "the length of gradients[0] is 0, must be at least 1");
    assertRefused(new double[][] {{1, 2}, {1}}, 1, 1, "gradients[1] has length 1, expected 2");
    assertRefused(new double[][] {{1}}, 0, 1, "damping is 0.0, must be a finite number > 0");
    assertRefused(
        new double[][] {{1}}, Double.NaN, 1, "damping is NaN, must be a finite number > 0");
    assertRefused(new double[][] {{1}}, 1, 0, "blockSize is 0, must be at least 1");
    assertRefused(
        new double[][] {{1, Double.NaN}}, 1, 2, "gradients[0][1] is NaN, must be a finite number");
    assertRefused(
        new double[][] {{1, 1e200}},
        1,
        2,
        "gradients have a sum of squares of Infinity, must be finite");
    assertThatThrownBy(() -> StaticFisher.of(new double[][] {{1}, null}, 1))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("gradients[1]");
  }

  @Test
  void saysTheMemoryItNeedsBeforeItTakesIt() {
    double[][] many = new double[32_768][];
    Arrays.fill(many, new double[100_000]);
    assertThatThrownBy(() -> StaticFisher.of(many, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32768 gradients of 100000 elements in blocks of 100000")
        .hasMessageContaining("104,105,539,072 bytes");
  }

  private static void assertRefused(double[][] g, double damping, int block, String message) {
    assertThatThrownBy(() -> StaticFisher.of(g, damping, block))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
