package dev.optim.kernel;

/**
 * The kernels in plain Java: the definition of every result, and the provider where the Vector API
 * is missing. Loops without a branch or a conversion are vectorised by the compiler anyway, so the
 * Vector API provider inherits them.
 */
class ScalarKernels implements VectorKernels {

  /** Columns of a row pass that stay in the first-level cache while the rows stream by. */
  static final int TILE = 2048;

  /** Rows taken together by {@code axpys}. */
  static final int ROWS = 8;

  /** Three times this makes every double but 0 infinite. */
  private static final double HUGE = 0x1p1023;

  /** Three times this makes every float but 0 infinite. */
  private static final float FLOAT_HUGE = 0x1p127f;

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public double dot(double[] x, int xFrom, double[] y, int yFrom, int length) {
    return Reductions.dot(x, xFrom, y, yFrom, length);
  }

  @Override
  public double dot(float[] x, int xFrom, float[] y, int yFrom, int length) {
    return Reductions.dot(x, xFrom, y, yFrom, length);
  }

  @Override
  public void addProducts(double[] x, double[] y, int from, int to, double[] out) {
    out[0] += dot(x, from, y, from, to - from);
    out[1] += dot(x, from, x, from, to - from);
    out[2] += dot(y, from, y, from, to - from);
  }

  @Override
  public void addProducts(float[] x, float[] y, int from, int to, double[] out) {
    out[0] += StepReductions.dot(x, y, from, to);
    out[1] += StepReductions.dot(x, x, from, to);
    out[2] += StepReductions.dot(y, y, from, to);
  }

  @Override
  public void addStepProducts(
      double[] x,
      double[] g,
      double[] m,
      double[] v,
      int from,
      int to,
      double ofM,
      double ofG,
      double root,
      double eps,
      double[] out) {
    out[0] += StepReductions.stepDot(x, g, m, v, from, to, ofM, ofG, root, eps);
    out[1] += dot(x, from, x, from, to - from);
  }

  @Override
  public void addStepProducts(
      float[] x,
      float[] g,
      float[] m,
      float[] v,
      int from,
      int to,
      double ofM,
      double ofG,
      double root,
      double eps,
      double[] out) {
    out[0] +=
        StepReductions.stepDot(
            x, g, m, v, from, to, (float) ofM, (float) ofG, (float) root, (float) eps);
    out[1] += StepReductions.dot(x, x, from, to);
  }

  @Override
  public double sum(double[] x, int from, int to) {
    return Reductions.sum(x, from, to);
  }

  @Override
  public double sum(float[] x, int from, int to) {
    return Reductions.sum(x, from, to);
  }

  @Override
  public double maxAbs(double[] x, int from, int to) {
    return Reductions.maxAbs(x, from, to);
  }

  @Override
  public float maxAbs(float[] x, int from, int to) {
    return Reductions.maxAbs(x, from, to);
  }

  @Override
  public boolean allFinite(double[] x, int from, int to) {
    return Reductions.allFinite(x, from, to);
  }

  @Override
  public boolean allFinite(float[] x, int from, int to) {
    return Reductions.allFinite(x, from, to);
  }

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
  public void axpy(double a, double[] x, int xFrom, double[] y, int yFrom, int length) {
    if (xFrom == yFrom) {
      // One common index: the compiler vectorises this.
      for (int i = xFrom; i < xFrom + length; i++) {
        y[i] += a * x[i];
      }
    } else {
      for (int i = 0; i < length; i++) {
        y[yFrom + i] += a * x[xFrom + i];
      }
    }
  }

  @Override
  public void axpy(double a, float[] x, int xFrom, float[] y, int yFrom, int length) {
    float b = (float) a;
    if (xFrom == yFrom) {
      for (int i = xFrom; i < xFrom + length; i++) {
        y[i] += b * x[i];
      }
    } else {
      for (int i = 0; i < length; i++) {
        y[yFrom + i] += b * x[xFrom + i];
      }
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
  public void addDots(short[][] rows, int count, double[] x, int from, int to, double[] out) {
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
  public void axpys(double[] c, short[][] rows, int count, double[] x, int from, int to) {
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
  void axpy8(double[] c, short[][] rows, int k, double[] x, int from, int to) {
    double c0 = c[k], c1 = c[k + 1], c2 = c[k + 2], c3 = c[k + 3];
    double c4 = c[k + 4], c5 = c[k + 5], c6 = c[k + 6], c7 = c[k + 7];
    short[] r0 = rows[k], r1 = rows[k + 1], r2 = rows[k + 2], r3 = rows[k + 3];
    short[] r4 = rows[k + 4], r5 = rows[k + 5], r6 = rows[k + 6], r7 = rows[k + 7];
    for (int i = from; i < to; i++) {
      double low = (x[i] + c0 * wide(r0[i])) + c1 * wide(r1[i]);
      low = (low + c2 * wide(r2[i])) + c3 * wide(r3[i]);
      low = (low + c4 * wide(r4[i])) + c5 * wide(r5[i]);
      x[i] = (low + c6 * wide(r6[i])) + c7 * wide(r7[i]);
    }
  }

  /** One row. */
  void axpy1(double c, short[] row, double[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] += c * wide(row[i]);
    }
  }

  /** The value of a bfloat16 number. */
  static double wide(short bfloat16) {
    return Float.intBitsToFloat(bfloat16 << 16);
  }

  @Override
  public void lion(
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
    double a1 = 1.0 - b1;
    double a2 = 1.0 - b2;
    for (int i = from; i < to; i++) {
      double gradient = scale * g[i];
      // step sign(c), which compilers before JDK 19 do not vectorise: what is not 0 becomes
      // infinite
      double c = (b1 * m[i] + a1 * gradient) * HUGE * HUGE * HUGE;
      x[i] = x[i] * decay - Math.min(Math.max(c, -step), step);
      m[i] = b2 * m[i] + a2 * gradient;
    }
  }

  @Override
  public void lion(
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
    float a1 = (float) (1.0 - b1);
    float f2 = (float) b2;
    float a2 = (float) (1.0 - b2);
    float fStep = (float) step;
    float fDecay = (float) decay;
    float fScale = (float) scale;
    for (int i = from; i < to; i++) {
      float gradient = fScale * g[i];
      float c = (f1 * m[i] + a1 * gradient) * FLOAT_HUGE * FLOAT_HUGE * FLOAT_HUGE;
      x[i] = x[i] * fDecay - Math.min(Math.max(c, -fStep), fStep);
      m[i] = f2 * m[i] + a2 * gradient;
    }
  }

  @Override
  public void exp(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = Doubles.exp(x[i]);
    }
  }

  @Override
  public void exp(float[] x, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = Floats.exp(x[i]);
    }
  }

  @Override
  public void log(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = Doubles.log(x[i]);
    }
  }

  @Override
  public void log(float[] x, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = Floats.log(x[i]);
    }
  }

  @Override
  public void sigmoid(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = Doubles.sigmoid(x[i]);
    }
  }

  @Override
  public void sigmoid(float[] x, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = Floats.sigmoid(x[i]);
    }
  }

  @Override
  public void tanh(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = Doubles.tanh(x[i]);
    }
  }

  @Override
  public void tanh(float[] x, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = Floats.tanh(x[i]);
    }
  }

  @Override
  public void words(
      long keyHigh, long keyLow, int domain, long firstGroup, int groups, int[] words) {
    Threefry.words(keyHigh, keyLow, domain, firstGroup, groups, words);
  }

  @Override
  public void uniform(int[] words, int groups, double[] out, int from) {
    Variates.uniform(words, groups, out, from);
  }

  @Override
  public void uniform(int[] words, int groups, float[] out, int from) {
    Variates.uniform(words, groups, out, from);
  }

  @Override
  public void gaussian(int[] words, int groups, double[] out, int from) {
    Variates.gaussian(words, groups, out, from);
  }

  @Override
  public void gaussian(int[] words, int groups, float[] out, int from) {
    Variates.gaussian(words, groups, out, from);
  }
}
