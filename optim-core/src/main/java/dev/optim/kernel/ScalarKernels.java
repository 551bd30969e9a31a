package dev.optim.kernel;

/**
 * The kernels in plain Java: the definition of every result, and the provider where the Vector API
 * is missing. Loops without a branch or a conversion are vectorised by the compiler anyway, so the
 * Vector API provider inherits them.
 */
class ScalarKernels extends ScalarRows {

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
  public void addProducts(double[] x, int xFrom, double[] y, int yFrom, int length, double[] out) {
    out[0] += dot(x, xFrom, y, yFrom, length);
    out[1] += dot(x, xFrom, x, xFrom, length);
    out[2] += dot(y, yFrom, y, yFrom, length);
  }

  @Override
  public void addProducts(float[] x, int xFrom, float[] y, int yFrom, int length, double[] out) {
    out[0] += SingleReductions.dot(x, xFrom, y, yFrom, length);
    out[1] += SingleReductions.dot(x, xFrom, x, xFrom, length);
    out[2] += SingleReductions.dot(y, yFrom, y, yFrom, length);
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
    Updates.lion(x, m, g, from, to, b1, b2, step, decay, scale);
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
    Updates.lion(x, m, g, from, to, b1, b2, step, decay, scale);
  }

  @Override
  public void diffGrad(
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
    Updates.diffGrad(x, g, m, v, previous, from, to, b1, b2, step, eps, decay, scale);
  }

  @Override
  public void diffGrad(
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
    Updates.diffGrad(x, g, m, v, previous, from, to, b1, b2, step, eps, decay, scale);
  }

  @Override
  public void adamDirection(
      double[] g,
      double[] m,
      double[] v,
      int from,
      int to,
      double[] u,
      int at,
      double b1,
      double b2,
      double root,
      double eps,
      double scale,
      boolean nesterov) {
    Updates.adamDirection(
        g, m, v, from, to, u, at, b1, 1.0 - b1, b2, 1.0 - b2, root, eps, scale, nesterov);
  }

  @Override
  public void descend(
      double[] x,
      int xFrom,
      double[] u,
      int uFrom,
      int length,
      double keep,
      double step,
      double radial) {
    Updates.descend(x, xFrom, u, uFrom, length, keep, step, radial);
  }

  @Override
  public void adamDirection(
      float[] g,
      float[] m,
      float[] v,
      int from,
      int to,
      float[] u,
      int at,
      double b1,
      double b2,
      double root,
      double eps,
      double scale,
      boolean nesterov) {
    Updates.adamDirection(
        g,
        m,
        v,
        from,
        to,
        u,
        at,
        (float) b1,
        (float) (1.0 - b1),
        (float) b2,
        (float) (1.0 - b2),
        (float) root,
        (float) eps,
        (float) scale,
        nesterov);
  }

  @Override
  public void descend(
      float[] x,
      int xFrom,
      float[] u,
      int uFrom,
      int length,
      double keep,
      double step,
      double radial) {
    Updates.descend(x, xFrom, u, uFrom, length, (float) keep, (float) step, (float) radial);
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
  public void widen(short[] bfloat16, int from, float[] values, int length) {
    for (int i = 0; i < length; i++) {
      values[i] = Float.intBitsToFloat(bfloat16[from + i] << 16);
    }
  }

  @Override
  public boolean round(
      float[] values,
      int at,
      int[] words,
      int word,
      boolean upper,
      short[] bfloat16,
      int from,
      int length) {
    int shift = upper ? 16 : 0;
    int signs = 0;
    for (int i = 0; i < length; i++) {
      int random = words[word + i] >>> shift & 0xffff;
      int bits = Float.floatToRawIntBits(values[at + i]);
      signs |= Bfloat16Kernels.LARGEST - (bits & Integer.MAX_VALUE);
      bfloat16[from + i] = (short) (bits + random >>> 16);
    }
    return signs >= 0;
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
  public void stretch(int[] words) {
    Xoshiro.stretch(words);
  }

  @Override
  public void gaussian(int[] words, double[] out, int from) {
    Variates.gaussian(words, out, from);
  }

  @Override
  public void gaussian(int[] words, float[] out, int from) {
    Variates.gaussian(words, out, from);
  }
}
