package dev.optim.kernel;

/**
 * The reductions that update rules need beside those of {@link Reductions}, in plain Java, and the
 * definition of their order: the same sixteen lanes. Lanes of single-precision vectors are in
 * single precision and are added in double; so are the elements behind the last lane. A call should
 * have no more than {@link #BLOCK} elements, so that a lane has few.
 */
final class StepReductions {

  /** The most elements whose products are summed in single precision. */
  static final int BLOCK = 1024;

  private static final int LANES = Reductions.LANES;

  private StepReductions() {}

  /** The sum of x y. */
  static double dot(float[] x, float[] y, int from, int to) {
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
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      s0 += x[i + 0] * y[i + 0];
      s1 += x[i + 1] * y[i + 1];
      s2 += x[i + 2] * y[i + 2];
      s3 += x[i + 3] * y[i + 3];
      s4 += x[i + 4] * y[i + 4];
      s5 += x[i + 5] * y[i + 5];
      s6 += x[i + 6] * y[i + 6];
      s7 += x[i + 7] * y[i + 7];
      s8 += x[i + 8] * y[i + 8];
      s9 += x[i + 9] * y[i + 9];
      s10 += x[i + 10] * y[i + 10];
      s11 += x[i + 11] * y[i + 11];
      s12 += x[i + 12] * y[i + 12];
      s13 += x[i + 13] * y[i + 13];
      s14 += x[i + 14] * y[i + 14];
      s15 += x[i + 15] * y[i + 15];
    }
    double tail = 0;
    for (int i = end; i < to; i++) {
      tail += x[i] * y[i];
    }
    return Reductions.tree(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)
        + tail;
  }

  /** A step of Adam before the step size. */
  static double step(
      double m, double g, double v, double ofM, double ofG, double root, double eps) {
    return (ofM * m + ofG * g) / (Math.sqrt(v) * root + eps);
  }

  /** The sum of x times the step. */
  static double stepDot(
      double[] x,
      double[] g,
      double[] m,
      double[] v,
      int from,
      int to,
      double ofM,
      double ofG,
      double root,
      double eps) {
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
      s0 += x[i + 0] * step(m[i + 0], g[i + 0], v[i + 0], ofM, ofG, root, eps);
      s1 += x[i + 1] * step(m[i + 1], g[i + 1], v[i + 1], ofM, ofG, root, eps);
      s2 += x[i + 2] * step(m[i + 2], g[i + 2], v[i + 2], ofM, ofG, root, eps);
      s3 += x[i + 3] * step(m[i + 3], g[i + 3], v[i + 3], ofM, ofG, root, eps);
      s4 += x[i + 4] * step(m[i + 4], g[i + 4], v[i + 4], ofM, ofG, root, eps);
      s5 += x[i + 5] * step(m[i + 5], g[i + 5], v[i + 5], ofM, ofG, root, eps);
      s6 += x[i + 6] * step(m[i + 6], g[i + 6], v[i + 6], ofM, ofG, root, eps);
      s7 += x[i + 7] * step(m[i + 7], g[i + 7], v[i + 7], ofM, ofG, root, eps);
      s8 += x[i + 8] * step(m[i + 8], g[i + 8], v[i + 8], ofM, ofG, root, eps);
      s9 += x[i + 9] * step(m[i + 9], g[i + 9], v[i + 9], ofM, ofG, root, eps);
      s10 += x[i + 10] * step(m[i + 10], g[i + 10], v[i + 10], ofM, ofG, root, eps);
      s11 += x[i + 11] * step(m[i + 11], g[i + 11], v[i + 11], ofM, ofG, root, eps);
      s12 += x[i + 12] * step(m[i + 12], g[i + 12], v[i + 12], ofM, ofG, root, eps);
      s13 += x[i + 13] * step(m[i + 13], g[i + 13], v[i + 13], ofM, ofG, root, eps);
      s14 += x[i + 14] * step(m[i + 14], g[i + 14], v[i + 14], ofM, ofG, root, eps);
      s15 += x[i + 15] * step(m[i + 15], g[i + 15], v[i + 15], ofM, ofG, root, eps);
    }
    double tail = 0;
    for (int i = end; i < to; i++) {
      tail += x[i] * step(m[i], g[i], v[i], ofM, ofG, root, eps);
    }
    return Reductions.tree(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)
        + tail;
  }

  /** A step of Adam before the step size. */
  static float step(float m, float g, float v, float ofM, float ofG, float root, float eps) {
    return (ofM * m + ofG * g) / ((float) Math.sqrt(v) * root + eps);
  }

  /** The sum of x times the step. */
  static double stepDot(
      float[] x,
      float[] g,
      float[] m,
      float[] v,
      int from,
      int to,
      float ofM,
      float ofG,
      float root,
      float eps) {
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
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      s0 += x[i + 0] * step(m[i + 0], g[i + 0], v[i + 0], ofM, ofG, root, eps);
      s1 += x[i + 1] * step(m[i + 1], g[i + 1], v[i + 1], ofM, ofG, root, eps);
      s2 += x[i + 2] * step(m[i + 2], g[i + 2], v[i + 2], ofM, ofG, root, eps);
      s3 += x[i + 3] * step(m[i + 3], g[i + 3], v[i + 3], ofM, ofG, root, eps);
      s4 += x[i + 4] * step(m[i + 4], g[i + 4], v[i + 4], ofM, ofG, root, eps);
      s5 += x[i + 5] * step(m[i + 5], g[i + 5], v[i + 5], ofM, ofG, root, eps);
      s6 += x[i + 6] * step(m[i + 6], g[i + 6], v[i + 6], ofM, ofG, root, eps);
      s7 += x[i + 7] * step(m[i + 7], g[i + 7], v[i + 7], ofM, ofG, root, eps);
      s8 += x[i + 8] * step(m[i + 8], g[i + 8], v[i + 8], ofM, ofG, root, eps);
      s9 += x[i + 9] * step(m[i + 9], g[i + 9], v[i + 9], ofM, ofG, root, eps);
      s10 += x[i + 10] * step(m[i + 10], g[i + 10], v[i + 10], ofM, ofG, root, eps);
      s11 += x[i + 11] * step(m[i + 11], g[i + 11], v[i + 11], ofM, ofG, root, eps);
      s12 += x[i + 12] * step(m[i + 12], g[i + 12], v[i + 12], ofM, ofG, root, eps);
      s13 += x[i + 13] * step(m[i + 13], g[i + 13], v[i + 13], ofM, ofG, root, eps);
      s14 += x[i + 14] * step(m[i + 14], g[i + 14], v[i + 14], ofM, ofG, root, eps);
      s15 += x[i + 15] * step(m[i + 15], g[i + 15], v[i + 15], ofM, ofG, root, eps);
    }
    double tail = 0;
    for (int i = end; i < to; i++) {
      tail += x[i] * step(m[i], g[i], v[i], ofM, ofG, root, eps);
    }
    return Reductions.tree(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)
        + tail;
  }
}
