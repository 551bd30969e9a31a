package dev.optim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockKernelsTest {

  private static final int STRIDE = BlockKernels.STRIDE;

  @ParameterizedTest
  @CsvSource({"0, 16", "4, 0", "4, 16", "8, 48", "20, 512"})
  void addsInnerProducts(int rows, int columns) {
    double[] x = block(rows);
    double[] gram = new double[rows * rows];
    Arrays.fill(gram, 3);
    BlockKernels.addGram(x, rows, columns, gram);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j <= i; j++) {
        double expected = 3;
        for (int k = 0; k < columns; k++) {
          expected += x[i * STRIDE + k] * x[j * STRIDE + k];
        }
        assertThat(gram[i * rows + j]).isCloseTo(expected, Offset.offset(1e-13 * (columns + 3)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 16", "4, 0", "4, 16", "8, 48", "20, 512"})
  void solvesEveryColumn(int rows, int columns) {
    double[] lower = lower(rows);
    double[] b = block(rows);
    double[] x = b.clone();
    BlockKernels.solveLower(lower, x, rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double product = x[i * STRIDE + j] / lower[BlockKernels.lowerIndex(i, i)];
        for (int k = 0; k < i; k++) {
          product += lower[BlockKernels.lowerIndex(i, k)] * x[k * STRIDE + j];
        }
        assertThat(product).isCloseTo(b[i * STRIDE + j], Offset.offset(1e-12));
      }
      for (int j = columns; j < STRIDE; j++) {
        assertThat(x[i * STRIDE + j]).isEqualTo(b[i * STRIDE + j]);
      }
    }
  }

  @Test
  void addsSquaresOfColumns() {
    double[] x = block(8);
    double[] out = new double[50];
    Arrays.fill(out, 3);
    BlockKernels.addSquares(x, 8, 48, out);
    for (int j = 0; j < out.length; j++) {
      double expected = 3;
      for (int i = 0; i < 8 && j < 48; i++) {
        expected += x[i * STRIDE + j] * x[i * STRIDE + j];
      }
      assertThat(out[j]).isEqualTo(expected);
    }
  }

  @Test
  void aTriangleIsStoredWithoutGaps() {
    boolean[] taken = new boolean[BlockKernels.lowerLength(12)];
    for (int i = 0; i < 12; i++) {
      for (int k = 0; k < i / BlockKernels.ROWS * BlockKernels.ROWS + BlockKernels.ROWS; k++) {
        int at = BlockKernels.lowerIndex(i, k);
        assertThat(taken[at]).isFalse();
        taken[at] = true;
      }
    }
    assertThat(taken).containsOnly(true);
  }

  @Test
  void bothProvidersGiveTheSameBits() {
    assumeTrue(SameBitsTest.vectorApiIsPresent(), "runs with the profile simd");
    VectorKernels simd = Providers.choose("simd");
    VectorKernels scalar = new ScalarKernels();
    for (int round = 0; round < 200; round++) { // interpreted and compiled
      double[] x = block(24);
      double[] y = x.clone();
      simd.solveLower(lower(24), x, 24, 80);
      scalar.solveLower(lower(24), y, 24, 80);
      assertThat(x).isEqualTo(y);
      double[] squares = new double[80];
      double[] same = new double[80];
      simd.addSquares(x, 24, 80, squares);
      scalar.addSquares(x, 24, 80, same);
      assertThat(squares).isEqualTo(same);
      double[] a = new double[24 * 24];
      double[] b = new double[24 * 24];
      simd.addGram(x, 24, 80, a);
      scalar.addGram(x, 24, 80, b);
      for (int i = 0; i < 24; i++) {
        assertThat(Arrays.copyOfRange(a, 24 * i, 25 * i + 1))
            .isEqualTo(Arrays.copyOfRange(b, 24 * i, 25 * i + 1));
      }
    }
  }

  @Test
  void refusesWhatIsNoBlock() {
    double[] x = new double[4 * STRIDE];
    double[] gram = new double[16];
    assertThatThrownBy(() -> BlockKernels.addGram(x, 3, 16, gram))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows is 3, must be a multiple of 4");
    assertThatThrownBy(() -> BlockKernels.addGram(x, 4, 15, gram))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("columns is 15, must be a multiple of 16 and at most 512");
    assertThatThrownBy(() -> BlockKernels.addGram(x, 4, 528, gram))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BlockKernels.addGram(x, 8, 16, new double[64]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> BlockKernels.addGram(x, 4, 16, new double[15]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> BlockKernels.addSquares(x, 4, 16, new double[15]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> BlockKernels.solveLower(new double[15], x, 4, 16))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static double[] block(int rows) {
    return new Random(rows).doubles((long) rows * STRIDE, -1, 1).toArray();
  }

  /** A triangle with a large diagonal, so that the solution does not grow. */
  private static double[] lower(int rows) {
    double[] lower = new Random(rows).doubles(BlockKernels.lowerLength(rows), -1, 1).toArray();
    for (int i = 0; i < rows; i++) {
      lower[BlockKernels.lowerIndex(i, i)] = 0.25;
    }
    return lower;
  }
}
