package dev.optim.kernel;

/** The kernels of {@link BlockKernels} in plain Java, and the definition of their order. */
final class Blocks {

  /** Rows of a lower triangular matrix that are stored together, column by column. */
  private static final int ROWS = BlockKernels.ROWS;

  private static final int STRIDE = BlockKernels.STRIDE;

  private Blocks() {}

  // Here, because a provider uses it before the facade has one.
  static int lowerIndex(int i, int k) {
    int panel = i / ROWS;
    return ROWS * ROWS * (panel * (panel + 1) / 2) + ROWS * k + i % ROWS;
  }

  static void addGram(double[] x, int rows, int columns, double[] gram) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j <= i; j++) {
        gram[i * rows + j] += dot(x, i * STRIDE, j * STRIDE, columns);
      }
    }
  }

  /** An inner product in eight lanes. */
  private static double dot(double[] x, int i, int j, int length) {
    double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    for (int k = 0; k < length; k += 8) {
      s0 += x[i + k + 0] * x[j + k + 0];
      s1 += x[i + k + 1] * x[j + k + 1];
      s2 += x[i + k + 2] * x[j + k + 2];
      s3 += x[i + k + 3] * x[j + k + 3];
      s4 += x[i + k + 4] * x[j + k + 4];
      s5 += x[i + k + 5] * x[j + k + 5];
      s6 += x[i + k + 6] * x[j + k + 6];
      s7 += x[i + k + 7] * x[j + k + 7];
    }
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  static void addSquares(double[] x, int rows, int columns, double[] out) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        out[j] += x[i * STRIDE + j] * x[i * STRIDE + j];
      }
    }
  }

  static void solveLower(double[] lower, double[] x, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      int to = i * STRIDE;
      for (int k = 0; k < i; k++) {
        double c = lower[lowerIndex(i, k)];
        int of = k * STRIDE;
        for (int j = 0; j < columns; j++) {
          x[to + j] -= x[of + j] * c;
        }
      }
      double inverse = lower[lowerIndex(i, i)];
      for (int j = 0; j < columns; j++) {
        x[to + j] *= inverse;
      }
    }
  }
}
