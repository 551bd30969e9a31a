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

  @ParameterizedTest
  @CsvSource({"0, 16, 16", "4, 0, 3", "4, 16, 17", "8, 48, 48", "20, 512, 520"})
  void addsInnerProducts(int rows, int columns, int stride) {
    double[] x = block(rows, columns, stride);
    double[] gram = new double[rows * rows];
    Arrays.fill(gram, 3);
    BlockKernels.addGram(x, rows, columns, stride, gram);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j <= i; j++) {
        double expected = 3;
        for (int k = 0; k < columns; k++) {
          expected += x[i * stride + k] * x[j * stride + k];
        }
        assertThat(gram[i * rows + j]).isCloseTo(expected, Offset.offset(1e-13 * (columns + 3)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 16, 16", "4, 0, 3", "4, 16, 17", "8, 48, 48", "20, 512, 520"})
  void solvesEveryColumn(int rows, int columns, int stride) {
    double[] lower = lower(rows);
    double[] b = block(rows, columns, stride);
    double[] x = b.clone();
    BlockKernels.solveLower(lower, x, rows, columns, stride);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double product = x[i * stride + j] / lower[BlockKernels.lowerIndex(i, i)];
        for (int k = 0; k < i; k++) {
          product += lower[BlockKernels.lowerIndex(i, k)] * x[k * stride + j];
        }
        assertThat(product).isCloseTo(b[i * stride + j], Offset.offset(1e-12));
      }
      for (int j = columns; j < stride; j++) {
        assertThat(x[i * stride + j]).isEqualTo(b[i * stride + j]);
      }
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
      double[] x = block(24, 80, 90);
      double[] y = x.clone();
      simd.solveLower(lower(24), x, 24, 80, 90);
      scalar.solveLower(lower(24), y, 24, 80, 90);
      assertThat(x).isEqualTo(y);
      double[] a = new double[24 * 24];
      double[] b = new double[24 * 24];
      simd.addGram(x, 24, 80, 90, a);
      scalar.addGram(x, 24, 80, 90, b);
      for (int i = 0; i < 24; i++) {
        assertThat(Arrays.copyOfRange(a, 24 * i, 25 * i + 1))
            .isEqualTo(Arrays.copyOfRange(b, 24 * i, 25 * i + 1));
      }
    }
  }

  @Test
  void refusesWhatIsNoBlock() {
    double[] x = new double[64];
    double[] gram = new double[16];
    assertThatThrownBy(() -> BlockKernels.addGram(x, 3, 16, 16, gram))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("rows 3, columns 16, stride 16");
    assertThatThrownBy(() -> BlockKernels.addGram(x, 4, 15, 16, gram))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BlockKernels.addGram(x, 4, 16, 15, gram))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BlockKernels.addGram(x, 4, 16, 17, gram))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> BlockKernels.addGram(x, 4, 16, 16, new double[15]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> BlockKernels.solveLower(new double[15], x, 4, 16, 16))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static double[] block(int rows, int columns, int stride) {
    return new Random(rows + columns).doubles((long) rows * stride, -1, 1).toArray();
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
