package dev.optim.kernel;

/**
 * Reductions in plain Java, and the definition of their order. Lane {@code j} of sixteen sums the
 * elements {@code j, j + 16, j + 32, ...} of the range up to its last multiple of sixteen; the
 * lanes are added as a tree (8 apart, 4, 2, 1); the up to fifteen elements left are summed one
 * after the other and added last. Products and sums are in double precision for both element types.
 */
final class Reductions {

  static final int LANES = 16;

  private Reductions() {}

  static double dot(double[] x, int xFrom, double[] y, int yFrom, int length) {
    double s0 = 0,
        s1 = 0,
        s2 = 0,
        s3 = 0,
        s4 = 0,
        s5 = 0,
        s6 = 0,
        s7 = 0,
        s8 = 0,
        s9 = 0,
        s10 = 0,
        s11 = 0,
        s12 = 0,
        s13 = 0,
        s14 = 0,
        s15 = 0;
    int end = xFrom + (length & -LANES);
    int k = yFrom;
    for (int i = xFrom; i < end; i += LANES, k += LANES) {
      s0 += x[i + 0] * y[k + 0];
      s1 += x[i + 1] * y[k + 1];
      s2 += x[i + 2] * y[k + 2];
      s3 += x[i + 3] * y[k + 3];
      s4 += x[i + 4] * y[k + 4];
      s5 += x[i + 5] * y[k + 5];
      s6 += x[i + 6] * y[k + 6];
      s7 += x[i + 7] * y[k + 7];
      s8 += x[i + 8] * y[k + 8];
      s9 += x[i + 9] * y[k + 9];
      s10 += x[i + 10] * y[k + 10];
      s11 += x[i + 11] * y[k + 11];
      s12 += x[i + 12] * y[k + 12];
      s13 += x[i + 13] * y[k + 13];
      s14 += x[i + 14] * y[k + 14];
      s15 += x[i + 15] * y[k + 15];
    }
    return tree(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)
        + tailDot(x, end, y, k, xFrom + length - end);
  }

  static double tailDot(double[] x, int xFrom, double[] y, int yFrom, int length) {
    double tail = 0;
    for (int i = 0; i < length; i++) {
      tail += x[xFrom + i] * y[yFrom + i];
    }
    return tail;
  }

  static double dot(float[] x, int xFrom, float[] y, int yFrom, int length) {
    double s0 = 0,
        s1 = 0,
        s2 = 0,
        s3 = 0,
        s4 = 0,
        s5 = 0,
        s6 = 0,
        s7 = 0,
        s8 = 0,
        s9 = 0,
        s10 = 0,
        s11 = 0,
        s12 = 0,
        s13 = 0,
        s14 = 0,
        s15 = 0;
    int end = xFrom + (length & -LANES);
    int k = yFrom;
    for (int i = xFrom; i < end; i += LANES, k += LANES) {
      s0 += (double) x[i + 0] * y[k + 0];
      s1 += (double) x[i + 1] * y[k + 1];
      s2 += (double) x[i + 2] * y[k + 2];
      s3 += (double) x[i + 3] * y[k + 3];
      s4 += (double) x[i + 4] * y[k + 4];
      s5 += (double) x[i + 5] * y[k + 5];
      s6 += (double) x[i + 6] * y[k + 6];
      s7 += (double) x[i + 7] * y[k + 7];
      s8 += (double) x[i + 8] * y[k + 8];
      s9 += (double) x[i + 9] * y[k + 9];
      s10 += (double) x[i + 10] * y[k + 10];
      s11 += (double) x[i + 11] * y[k + 11];
      s12 += (double) x[i + 12] * y[k + 12];
      s13 += (double) x[i + 13] * y[k + 13];
      s14 += (double) x[i + 14] * y[k + 14];
      s15 += (double) x[i + 15] * y[k + 15];
    }
    return tree(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)
        + tailDot(x, end, y, k, xFrom + length - end);
  }

  static double tailDot(float[] x, int xFrom, float[] y, int yFrom, int length) {
    double tail = 0;
    for (int i = 0; i < length; i++) {
      tail += (double) x[xFrom + i] * y[yFrom + i];
    }
    return tail;
  }

  static double dot(float[] row, double[] x, int from, int to) {
    double s0 = 0,
        s1 = 0,
        s2 = 0,
        s3 = 0,
        s4 = 0,
        s5 = 0,
        s6 = 0,
        s7 = 0,
        s8 = 0,
        s9 = 0,
        s10 = 0,
        s11 = 0,
        s12 = 0,
        s13 = 0,
        s14 = 0,
        s15 = 0;
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      s0 += row[i + 0] * x[i + 0];
      s1 += row[i + 1] * x[i + 1];
      s2 += row[i + 2] * x[i + 2];
      s3 += row[i + 3] * x[i + 3];
      s4 += row[i + 4] * x[i + 4];
      s5 += row[i + 5] * x[i + 5];
      s6 += row[i + 6] * x[i + 6];
      s7 += row[i + 7] * x[i + 7];
      s8 += row[i + 8] * x[i + 8];
      s9 += row[i + 9] * x[i + 9];
      s10 += row[i + 10] * x[i + 10];
      s11 += row[i + 11] * x[i + 11];
      s12 += row[i + 12] * x[i + 12];
      s13 += row[i + 13] * x[i + 13];
      s14 += row[i + 14] * x[i + 14];
      s15 += row[i + 15] * x[i + 15];
    }
    double tail = tailDot(row, x, end, to);
    return tree(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15) + tail;
  }

  static double tailDot(float[] row, double[] x, int from, int to) {
    double tail = 0;
    for (int i = from; i < to; i++) {
      tail += row[i] * x[i];
    }
    return tail;
  }

  static double dot(int[] row, double[] x, int from, int to) {
    double s0 = 0,
        s1 = 0,
        s2 = 0,
        s3 = 0,
        s4 = 0,
        s5 = 0,
        s6 = 0,
        s7 = 0,
        s8 = 0,
        s9 = 0,
        s10 = 0,
        s11 = 0,
        s12 = 0,
        s13 = 0,
        s14 = 0,
        s15 = 0;
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      s0 += Bfloat16Pairs.lower(row[i / 2 + 0]) * x[i + 0];
      s1 += Bfloat16Pairs.lower(row[i / 2 + 1]) * x[i + 1];
      s2 += Bfloat16Pairs.lower(row[i / 2 + 2]) * x[i + 2];
      s3 += Bfloat16Pairs.lower(row[i / 2 + 3]) * x[i + 3];
      s4 += Bfloat16Pairs.lower(row[i / 2 + 4]) * x[i + 4];
      s5 += Bfloat16Pairs.lower(row[i / 2 + 5]) * x[i + 5];
      s6 += Bfloat16Pairs.lower(row[i / 2 + 6]) * x[i + 6];
      s7 += Bfloat16Pairs.lower(row[i / 2 + 7]) * x[i + 7];
      s8 += Bfloat16Pairs.upper(row[i / 2 + 0]) * x[i + 8];
      s9 += Bfloat16Pairs.upper(row[i / 2 + 1]) * x[i + 9];
      s10 += Bfloat16Pairs.upper(row[i / 2 + 2]) * x[i + 10];
      s11 += Bfloat16Pairs.upper(row[i / 2 + 3]) * x[i + 11];
      s12 += Bfloat16Pairs.upper(row[i / 2 + 4]) * x[i + 12];
      s13 += Bfloat16Pairs.upper(row[i / 2 + 5]) * x[i + 13];
      s14 += Bfloat16Pairs.upper(row[i / 2 + 6]) * x[i + 14];
      s15 += Bfloat16Pairs.upper(row[i / 2 + 7]) * x[i + 15];
    }
    double tail = tailDot(row, x, end, to);
    return tree(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15) + tail;
  }

  static double tailDot(int[] row, double[] x, int from, int to) {
    double tail = 0;
    for (int i = from; i < to; i++) {
      tail += Bfloat16Pairs.get(row, i) * x[i];
    }
    return tail;
  }

  static double sum(double[] x, int from, int to) {
    double s0 = 0,
        s1 = 0,
        s2 = 0,
        s3 = 0,
        s4 = 0,
        s5 = 0,
        s6 = 0,
        s7 = 0,
        s8 = 0,
        s9 = 0,
        s10 = 0,
        s11 = 0,
        s12 = 0,
        s13 = 0,
        s14 = 0,
        s15 = 0;
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      s0 += x[i + 0];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
      s8 += x[i + 8];
      s9 += x[i + 9];
      s10 += x[i + 10];
      s11 += x[i + 11];
      s12 += x[i + 12];
      s13 += x[i + 13];
      s14 += x[i + 14];
      s15 += x[i + 15];
    }
    return tree(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)
        + tailSum(x, end, to);
  }

  static double tailSum(double[] x, int from, int to) {
    double tail = 0;
    for (int i = from; i < to; i++) {
      tail += x[i];
    }
    return tail;
  }

  static double sum(float[] x, int from, int to) {
    double s0 = 0,
        s1 = 0,
        s2 = 0,
        s3 = 0,
        s4 = 0,
        s5 = 0,
        s6 = 0,
        s7 = 0,
        s8 = 0,
        s9 = 0,
        s10 = 0,
        s11 = 0,
        s12 = 0,
        s13 = 0,
        s14 = 0,
        s15 = 0;
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      s0 += x[i + 0];
      s1 += x[i + 1];
      s2 += x[i + 2];
      s3 += x[i + 3];
      s4 += x[i + 4];
      s5 += x[i + 5];
      s6 += x[i + 6];
      s7 += x[i + 7];
      s8 += x[i + 8];
      s9 += x[i + 9];
      s10 += x[i + 10];
      s11 += x[i + 11];
      s12 += x[i + 12];
      s13 += x[i + 13];
      s14 += x[i + 14];
      s15 += x[i + 15];
    }
    return tree(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)
        + tailSum(x, end, to);
  }

  static double tailSum(float[] x, int from, int to) {
    double tail = 0;
    for (int i = from; i < to; i++) {
      tail += x[i];
    }
    return tail;
  }

  static double tree(
      double s0,
      double s1,
      double s2,
      double s3,
      double s4,
      double s5,
      double s6,
      double s7,
      double s8,
      double s9,
      double s10,
      double s11,
      double s12,
      double s13,
      double s14,
      double s15) {
    double t0 = (s0 + s8) + (s4 + s12);
    double t1 = (s1 + s9) + (s5 + s13);
    double t2 = (s2 + s10) + (s6 + s14);
    double t3 = (s3 + s11) + (s7 + s15);
    return (t0 + t2) + (t1 + t3);
  }

  static double maxAbs(double[] x, int from, int to) {
    double a = 0, b = 0, c = 0, d = 0;
    int i = from;
    for (; i <= to - 4; i += 4) {
      a = Math.max(a, Math.abs(x[i]));
      b = Math.max(b, Math.abs(x[i + 1]));
      c = Math.max(c, Math.abs(x[i + 2]));
      d = Math.max(d, Math.abs(x[i + 3]));
    }
    for (; i < to; i++) {
      a = Math.max(a, Math.abs(x[i]));
    }
    return Math.max(Math.max(a, b), Math.max(c, d));
  }

  static boolean allFinite(double[] x, int from, int to) {
    // x - x is 0 for a finite x and NaN for every other, and NaN survives any sum.
    double a = 0, b = 0, c = 0, d = 0;
    int i = from;
    for (; i <= to - 4; i += 4) {
      a += x[i] - x[i];
      b += x[i + 1] - x[i + 1];
      c += x[i + 2] - x[i + 2];
      d += x[i + 3] - x[i + 3];
    }
    for (; i < to; i++) {
      a += x[i] - x[i];
    }
    return a + b + c + d == 0;
  }

  static float maxAbs(float[] x, int from, int to) {
    float a = 0, b = 0, c = 0, d = 0;
    int i = from;
    for (; i <= to - 4; i += 4) {
      a = Math.max(a, Math.abs(x[i]));
      b = Math.max(b, Math.abs(x[i + 1]));
      c = Math.max(c, Math.abs(x[i + 2]));
      d = Math.max(d, Math.abs(x[i + 3]));
    }
    for (; i < to; i++) {
      a = Math.max(a, Math.abs(x[i]));
    }
    return Math.max(Math.max(a, b), Math.max(c, d));
  }

  static boolean allFinite(float[] x, int from, int to) {
    // x - x is 0 for a finite x and NaN for every other, and NaN survives any sum.
    float a = 0, b = 0, c = 0, d = 0;
    int i = from;
    for (; i <= to - 4; i += 4) {
      a += x[i] - x[i];
      b += x[i + 1] - x[i + 1];
      c += x[i + 2] - x[i + 2];
      d += x[i + 3] - x[i + 3];
    }
    for (; i < to; i++) {
      a += x[i] - x[i];
    }
    return a + b + c + d == 0;
  }
}
