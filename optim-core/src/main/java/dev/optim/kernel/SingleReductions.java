package dev.optim.kernel;

/**
 * The inner product of {@link Reductions} in single precision, in plain Java: the same sixteen
 * lanes, which are added in double precision; so are the products behind the last lane. A call
 * should have no more than {@link #BLOCK} elements, so that a lane has few.
 */
final class SingleReductions {

  /** The most elements whose products are summed in single precision. */
  static final int BLOCK = 1024;

  private static final int LANES = Reductions.LANES;

  private SingleReductions() {}

  static double dot(float[] x, int xFrom, float[] y, int yFrom, int length) {
    float s0 = 0,
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
    double tail = 0;
    for (int i = end; i < xFrom + length; i++, k++) {
      tail += x[i] * y[k];
    }
    return Reductions.tree(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)
        + tail;
  }
}
