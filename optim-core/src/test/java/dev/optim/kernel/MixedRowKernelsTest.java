package dev.optim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of fewer bits than the vector: the bits of the same pass over rows widened before. */
class MixedRowKernelsTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 7", "8, 16", "9, 31", "17, 4099", "25, 66000"})
  void singleRowsGiveTheBitsOfWidenedOnes(int count, int length) {
    float[][] rows = rows(count, length);
    double[][] wide = new double[count][length];
    for (int k = 0; k < count; k++) {
      for (int i = 0; i < length; i++) {
        wide[k][i] = rows[k][i];
      }
    }
    int from = length / 3;
    double[] x = vector(length);
    double[] expected = new double[count];
    double[] actual = new double[count];
    RowKernels.dots(wide, count, x, from, length, expected);
    RowKernels.dots(rows, count, x, from, length, actual);
    assertThat(actual).isEqualTo(expected);

    double[] y = x.clone();
    RowKernels.axpys(expected, wide, count, x, from, length);
    RowKernels.axpys(expected, rows, count, y, from, length);
    assertThat(y).isEqualTo(x);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 7", "8, 16", "9, 31", "17, 4099", "25, 66000"})
  void bfloat16RowsGiveTheBitsOfWidenedOnes(int count, int length) {
    float[][] values = rows(count, length);
    int[][] rows = new int[count][Bfloat16Pairs.length(length)];
    double[][] wide = new double[count][length];
    for (int k = 0; k < count; k++) {
      for (int i = 0; i < length; i++) {
        short bits = (short) (Float.floatToRawIntBits(values[k][i]) >>> 16);
        Bfloat16Pairs.set(rows[k], i, bits);
        wide[k][i] = Float.intBitsToFloat(bits << 16);
      }
    }
    int from = length / 3 & -Bfloat16Pairs.GROUP;
    double[] x = vector(length);
    double[] expected = new double[count];
    double[] actual = new double[count];
    RowKernels.dots(wide, count, x, from, length, expected);
    RowKernels.dots(rows, count, x, from, length, actual);
    assertThat(actual).isEqualTo(expected);

    double[] y = x.clone();
    RowKernels.axpys(expected, wide, count, x, from, length);
    RowKernels.axpys(expected, rows, count, y, from, length);
    assertThat(y).isEqualTo(x);
  }

  @ParameterizedTest
  @CsvSource({"-1, 2", "0, 5", "3, 2"})
  void refusesARangeThatDoesNotFit(int from, int to) {
    double[] x = new double[4];
    double[] out = {7};
    assertThatThrownBy(() -> RowKernels.dots(new float[1][4], 1, x, from, to, out))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> RowKernels.dots(new int[1][8], 1, x, from, to, out))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> RowKernels.axpys(out, new float[1][4], 1, x, from, to))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> RowKernels.axpys(out, new int[1][8], 1, x, from, to))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> RowKernels.axpys(out, new int[1][7], 1, new double[15], 0, 15))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> RowKernels.dots(new int[1][8], 1, x, 8, 9, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("from is 8, must be a multiple of 16");
    assertThat(out).containsExactly(7);
  }

  @Test
  void pairsHoldEveryNumberInItsPlace() {
    int[] pairs = new int[Bfloat16Pairs.length(40)];
    assertThat(pairs).hasSize(24);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 40; i++) {
        Bfloat16Pairs.set(pairs, i, (short) (i * 1009 + round * 77));
      }
      for (int i = 0; i < 40; i++) {
        assertThat(Bfloat16Pairs.bits(pairs, i)).isEqualTo((short) (i * 1009 + round * 77));
      }
    }
    // both halves of neighbouring ints are neighbouring numbers
    assertThat((short) pairs[11]).isEqualTo(Bfloat16Pairs.bits(pairs, 19));
    assertThat((short) (pairs[11] >>> 16)).isEqualTo(Bfloat16Pairs.bits(pairs, 27));
  }

  private static float[][] rows(int count, int length) {
    Random random = new Random(1);
    float[][] rows = new float[count][length];
    for (float[] row : rows) {
      for (int i = 0; i < length; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  private static double[] vector(int length) {
    return new Random(2).doubles(length, -1, 1).toArray();
  }
}
