package dev.optim.kernel;

import static dev.optim.kernel.Bfloat16Pairs.get;

/** The passes over many rows in plain Java, and the definition of their bits. */
abstract class ScalarRows implements VectorKernels {

  /** Columns of a row pass that stay in the first-level cache while the rows stream by. */
  static final int TILE = 2048;

  /** Rows taken together by {@code axpys}. */
  static final int ROWS = 8;

  @Override
  public void addDots(double[][] rows, int count, double[] x, int from, int to, double[] out) {
    for (int k = 0; k < count; k++) {
      out[k] += dot(rows[k], from, x, from, to - from);
    }
  }

  @Override
  public void addDots(float[][] rows, int count, float[] x, int from, int to, double[] out) {
    for (int k = 0; k < count; k++) {
      out[k] += dot(rows[k], from, x, from, to - from);
    }
  }

  @Override
  public void axpys(double[] c, double[][] rows, int count, double[] x, int from, int to) {
    for (int start = from; start < to; start += TILE) {
      int end = Math.min(to, start + TILE);
      int k = 0;
      for (; k <= count - ROWS; k += ROWS) {
        axpy8(c, rows, k, x, start, end);
      }
      for (; k < count; k++) {
        axpy(c[k], rows[k], start, x, start, end - start);
      }
    }
  }

  void axpy8(double[] c, double[][] rows, int k, double[] x, int from, int to) {
    double c0 = c[k], c1 = c[k + 1], c2 = c[k + 2], c3 = c[k + 3];
    double c4 = c[k + 4], c5 = c[k + 5], c6 = c[k + 6], c7 = c[k + 7];
    double[] r0 = rows[k], r1 = rows[k + 1], r2 = rows[k + 2], r3 = rows[k + 3];
    double[] r4 = rows[k + 4], r5 = rows[k + 5], r6 = rows[k + 6], r7 = rows[k + 7];
    for (int i = from; i < to; i++) {
      double low = ((x[i] + c0 * r0[i]) + c1 * r1[i] + c2 * r2[i]) + c3 * r3[i];
      x[i] = ((low + c4 * r4[i]) + c5 * r5[i] + c6 * r6[i]) + c7 * r7[i];
    }
  }

  @Override
  public void axpys(double[] c, float[][] rows, int count, float[] x, int from, int to) {
    for (int start = from; start < to; start += TILE) {
      int end = Math.min(to, start + TILE);
      int k = 0;
      for (; k <= count - ROWS; k += ROWS) {
        axpy8(c, rows, k, x, start, end);
      }
      for (; k < count; k++) {
        axpy1(c[k], rows[k], x, start, end);
      }
    }
  }

  /** One pass of eight rows, summed in double precision and rounded once. */
  void axpy8(double[] c, float[][] rows, int k, float[] x, int from, int to) {
    double c0 = c[k], c1 = c[k + 1], c2 = c[k + 2], c3 = c[k + 3];
    double c4 = c[k + 4], c5 = c[k + 5], c6 = c[k + 6], c7 = c[k + 7];
    float[] r0 = rows[k], r1 = rows[k + 1], r2 = rows[k + 2], r3 = rows[k + 3];
    float[] r4 = rows[k + 4], r5 = rows[k + 5], r6 = rows[k + 6], r7 = rows[k + 7];
    for (int i = from; i < to; i++) {
      double low = ((x[i] + c0 * r0[i]) + c1 * r1[i] + c2 * r2[i]) + c3 * r3[i];
      x[i] = (float) (((low + c4 * r4[i]) + c5 * r5[i] + c6 * r6[i]) + c7 * r7[i]);
    }
  }

  /** One row, in double precision, rounded once. */
  void axpy1(double c, float[] row, float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] = (float) (x[i] + c * row[i]);
    }
  }

  @Override
  public void addDots(float[][] rows, int count, double[] x, int from, int to, double[] out) {
    for (int k = 0; k < count; k++) {
      out[k] += Reductions.dot(rows[k], x, from, to);
    }
  }

  @Override
  public void addDots(int[][] rows, int count, double[] x, int from, int to, double[] out) {
    for (int k = 0; k < count; k++) {
      out[k] += Reductions.dot(rows[k], x, from, to);
    }
  }

  @Override
  public void axpys(double[] c, float[][] rows, int count, double[] x, int from, int to) {
    for (int start = from; start < to; start += Math.min(to - start, TILE)) {
      int end = start + Math.min(to - start, TILE);
      int k = 0;
      for (; k <= count - ROWS; k += ROWS) {
        axpy8(c, rows, k, x, start, end);
      }
      for (; k < count; k++) {
        axpy1(c[k], rows[k], x, start, end);
      }
    }
  }

  /** One pass of eight rows, the same operations as eight passes of one. */
  void axpy8(double[] c, float[][] rows, int k, double[] x, int from, int to) {
    double c0 = c[k], c1 = c[k + 1], c2 = c[k + 2], c3 = c[k + 3];
    double c4 = c[k + 4], c5 = c[k + 5], c6 = c[k + 6], c7 = c[k + 7];
    float[] r0 = rows[k], r1 = rows[k + 1], r2 = rows[k + 2], r3 = rows[k + 3];
    float[] r4 = rows[k + 4], r5 = rows[k + 5], r6 = rows[k + 6], r7 = rows[k + 7];
    for (int i = from; i < to; i++) {
      double low = ((x[i] + c0 * r0[i]) + c1 * r1[i] + c2 * r2[i]) + c3 * r3[i];
      x[i] = ((low + c4 * r4[i]) + c5 * r5[i] + c6 * r6[i]) + c7 * r7[i];
    }
  }

  /** One row. */
  void axpy1(double c, float[] row, double[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] += c * row[i];
    }
  }

  @Override
  public void axpys(double[] c, int[][] rows, int count, double[] x, int from, int to) {
    for (int start = from; start < to; start += Math.min(to - start, TILE)) {
      int end = start + Math.min(to - start, TILE);
      int k = 0;
      for (; k <= count - ROWS; k += ROWS) {
        axpy8(c, rows, k, x, start, end);
      }
      for (; k < count; k++) {
        axpy1(c[k], rows[k], x, start, end);
      }
    }
  }

  /** One pass of eight rows, the same operations as eight passes of one. */
  void axpy8(double[] c, int[][] rows, int k, double[] x, int from, int to) {
    double c0 = c[k], c1 = c[k + 1], c2 = c[k + 2], c3 = c[k + 3];
    double c4 = c[k + 4], c5 = c[k + 5], c6 = c[k + 6], c7 = c[k + 7];
    int[] r0 = rows[k], r1 = rows[k + 1], r2 = rows[k + 2], r3 = rows[k + 3];
    int[] r4 = rows[k + 4], r5 = rows[k + 5], r6 = rows[k + 6], r7 = rows[k + 7];
    for (int i = from; i < to; i++) {
      double low = (x[i] + c0 * get(r0, i)) + c1 * get(r1, i);
      low = (low + c2 * get(r2, i)) + c3 * get(r3, i);
      low = (low + c4 * get(r4, i)) + c5 * get(r5, i);
      x[i] = (low + c6 * get(r6, i)) + c7 * get(r7, i);
    }
  }

  /** One row. */
  void axpy1(double c, int[] row, double[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] += c * get(row, i);
    }
  }
}
