package dev.optim.kernel;

/** The update rules of {@link UpdateKernels} in plain Java, and the definition of their bits. */
final class Updates {

  /**
   * JDK 17 vectorises two short loops where it does not vectorise one: over blocks, in the cache.
   */
  private static final int BLOCK = 1024;

  /** Three times this makes every double but 0 infinite. */
  private static final double HUGE = 0x1p1023;

  /** Three times this makes every float but 0 infinite. */
  private static final float FLOAT_HUGE = 0x1p127f;

  /** From copy to copy; a multiple of 4 kB would make loads wait for stores. */
  private static final int APART = BLOCK + 64;

  /** What {@code adamDirection} needs for its copies. */
  static final int COPIES = 3 * APART;

  private Updates() {}

  static void lion(
      double[] x,
      double[] m,
      double[] g,
      int from,
      int to,
      double b1,
      double b2,
      double step,
      double decay,
      double scale) {
    double a1 = (1.0 - b1) * scale;
    double a2 = (1.0 - b2) * scale;
    for (int i = from; i < to; i++) {
      // step sign(c), which compilers before JDK 19 do not vectorise: what is not 0 becomes
      // infinite
      double c = (b1 * m[i] + a1 * g[i]) * HUGE * HUGE * HUGE;
      m[i] = b2 * m[i] + a2 * g[i];
      x[i] = x[i] * decay - Math.min(Math.max(c, -step), step);
    }
  }

  static void lion(
      float[] x,
      float[] m,
      float[] g,
      int from,
      int to,
      double b1,
      double b2,
      double step,
      double decay,
      double scale) {
    float f1 = (float) b1;
    float a1 = (float) ((1.0 - b1) * scale);
    float f2 = (float) b2;
    float a2 = (float) ((1.0 - b2) * scale);
    float fStep = (float) step;
    float fDecay = (float) decay;
    for (int block = from; block < to; block += Math.min(BLOCK, to - block)) {
      int end = block + Math.min(BLOCK, to - block);
      for (int i = block; i < end; i++) {
        float c = (f1 * m[i] + a1 * g[i]) * FLOAT_HUGE * FLOAT_HUGE * FLOAT_HUGE;
        x[i] = x[i] * fDecay - Math.min(Math.max(c, -fStep), fStep);
      }
      for (int i = block; i < end; i++) {
        m[i] = f2 * m[i] + a2 * g[i];
      }
    }
  }

  static void diffGrad(
      double[] x,
      double[] g,
      double[] m,
      double[] v,
      double[] previous,
      int from,
      int to,
      double b1,
      double b2,
      double step,
      double eps,
      double decay,
      double scale) {
    double a1 = 1.0 - b1;
    double a2 = 1.0 - b2;
    boolean coupled = decay != 0;
    for (int i = from; i < to; i++) {
      double gi = scale * g[i];
      if (coupled) {
        gi += decay * x[i];
      }
      double u = Math.abs(previous[i] - gi);
      double scaled = (u < Doubles.DECAYED ? u : Doubles.DECAYED) * Doubles.QUARTER_LOG2_E;
      double shifted = Doubles.QUARTER_SHIFT - scaled;
      double f = (shifted - Doubles.QUARTER_SHIFT) + scaled;
      double q = Doubles.fCoth(f);
      double d = q + f;
      double n = Doubles.timesPowerOfTwo(q - f, shifted); // exp(-u) = n / d
      double mi = b1 * m[i] + a1 * gi;
      double vi = b2 * v[i] + a2 * (gi * gi);
      previous[i] = gi;
      m[i] = mi;
      v[i] = vi;
      x[i] -= step * mi * d / ((n + d) * (Math.sqrt(vi) + eps));
    }
  }

  static void diffGrad(
      float[] x,
      float[] g,
      float[] m,
      float[] v,
      float[] previous,
      int from,
      int to,
      double b1,
      double b2,
      double step,
      double eps,
      double decay,
      double scale) {
    float f1 = (float) b1;
    float a1 = (float) (1.0 - b1);
    float f2 = (float) b2;
    float a2 = (float) (1.0 - b2);
    float fStep = (float) step;
    float fEps = (float) eps;
    float fDecay = (float) decay;
    float fScale = (float) scale;
    boolean coupled = fDecay != 0;
    for (int i = from; i < to; i++) {
      float gi = fScale * g[i];
      if (coupled) {
        gi += fDecay * x[i];
      }
      float u = Math.abs(previous[i] - gi);
      float scaled = (u < Floats.DECAYED ? u : Floats.DECAYED) * Floats.QUARTER_LOG2_E;
      float shifted = Floats.QUARTER_SHIFT - scaled;
      float f = (shifted - Floats.QUARTER_SHIFT) + scaled;
      float q = Floats.fCoth(f);
      float d = q + f;
      float n = Floats.timesPowerOfTwo(q - f, shifted); // exp(-u) = n / d
      float mi = f1 * m[i] + a1 * gi;
      float vi = f2 * v[i] + a2 * (gi * gi);
      previous[i] = gi;
      m[i] = mi;
      v[i] = vi;
      x[i] -= fStep * mi * d / ((n + d) * ((float) Math.sqrt(vi) + fEps));
    }
  }

  /**
   * Compilers vectorise a loop over one common index only: hence the copies, which stay in the
   * first-level cache.
   */
  static void adamDirection(
      double[] g,
      double[] m,
      double[] v,
      int from,
      int to,
      double[] u,
      int at,
      double b1,
      double a1,
      double b2,
      double a2,
      double root,
      double eps,
      double scale,
      boolean nesterov) {
    for (int i = from; i < to; i++) {
      double gi = scale * g[i];
      m[i] = b1 * m[i] + a1 * gi;
      v[i] = b2 * v[i] + a2 * (gi * gi);
    }
    for (int begin = from; begin < to; begin += Math.min(to - begin, BLOCK)) {
      int length = Math.min(to - begin, BLOCK);
      System.arraycopy(m, begin, u, 0, length);
      System.arraycopy(v, begin, u, APART, length);
      if (nesterov) {
        System.arraycopy(g, begin, u, 2 * APART, length);
        for (int i = 0; i < length; i++) {
          u[i] = b1 * u[i] + a1 * (scale * u[2 * APART + i]);
        }
      }
      for (int i = 0; i < length; i++) {
        u[i] = u[i] / (Math.sqrt(u[APART + i]) * root + eps);
      }
      System.arraycopy(u, 0, u, at + (begin - from), length);
    }
  }

  static void descend(
      double[] x,
      int xFrom,
      double[] u,
      int uFrom,
      int length,
      double keep,
      double step,
      double radial) {
    for (int i = 0; i < length; i++) {
      double xi = x[xFrom + i];
      x[xFrom + i] = keep * xi - step * (u[uFrom + i] - radial * xi);
    }
  }

  /**
   * Compilers vectorise a loop over one common index only: hence the copies, which stay in the
   * first-level cache.
   */
  static void adamDirection(
      float[] g,
      float[] m,
      float[] v,
      int from,
      int to,
      float[] u,
      int at,
      float b1,
      float a1,
      float b2,
      float a2,
      float root,
      float eps,
      float scale,
      boolean nesterov) {
    for (int i = from; i < to; i++) {
      float gi = scale * g[i];
      m[i] = b1 * m[i] + a1 * gi;
      v[i] = b2 * v[i] + a2 * (gi * gi);
    }
    for (int begin = from; begin < to; begin += Math.min(to - begin, BLOCK)) {
      int length = Math.min(to - begin, BLOCK);
      System.arraycopy(m, begin, u, 0, length);
      System.arraycopy(v, begin, u, APART, length);
      if (nesterov) {
        System.arraycopy(g, begin, u, 2 * APART, length);
        for (int i = 0; i < length; i++) {
          u[i] = b1 * u[i] + a1 * (scale * u[2 * APART + i]);
        }
      }
      for (int i = 0; i < length; i++) {
        u[i] = u[i] / ((float) Math.sqrt(u[APART + i]) * root + eps);
      }
      System.arraycopy(u, 0, u, at + (begin - from), length);
    }
  }

  static void descend(
      float[] x,
      int xFrom,
      float[] u,
      int uFrom,
      int length,
      float keep,
      float step,
      float radial) {
    for (int i = 0; i < length; i++) {
      float xi = x[xFrom + i];
      x[xFrom + i] = keep * xi - step * (u[uFrom + i] - radial * xi);
    }
  }
}
