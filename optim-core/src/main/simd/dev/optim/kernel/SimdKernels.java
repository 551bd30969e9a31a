package dev.optim.kernel;

import static dev.optim.kernel.SimdSpecies.D;
import static dev.optim.kernel.SimdSpecies.F;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The kernels that pay with the Vector API: reductions, widening passes, signs, elementary
 * functions and random draws. Everything else is inherited, because the compiler vectorises the
 * plain loop.
 */
final class SimdKernels extends ScalarKernels {

  /** Whether a vector holds the four doubles or more that the reductions are made of. */
  private static final boolean WIDE = D.length() >= 4;

  /**
   * Runs every kernel once, interpreted. The Vector API looks an operation's fallback up in a cache
   * that the first use fills. Were that first use to come after the lookup has been compiled, the
   * compiled code would be discarded, and such discards count against every later method that
   * inlines the lookup, once for each of its operations: large kernels would then be compiled with
   * virtual calls, and box their vectors for good.
   */
  SimdKernels() {
    int n = RandomKernels.GROUP;
    double[] x = new double[n];
    float[] p = new float[n];
    double[] c = new double[9];
    double[][] rows = {x, x, x, x, x, x, x, x, x};
    float[][] floatRows = {p, p, p, p, p, p, p, p, p};
    short[][] shortRows = new short[9][n];
    Arrays.fill(x, 1);
    Arrays.fill(p, 1);
    log(x, new double[n], 0, n);
    log(p, new float[n], 0, n);
    sum(x, 0, n);
    sum(p, 0, n);
    dot(x, 0, x, 0, n);
    dot(p, 0, p, 0, n);
    addProducts(x, x, 0, n, c);
    addProducts(p, p, 0, n, c);
    addStepProducts(x, x, x, x, 0, n, 1, 0, 1, 1, c);
    addStepProducts(p, p, p, p, 0, n, 1, 0, 1, 1, c);
    maxAbs(x, 0, n);
    maxAbs(p, 0, n);
    allFinite(x, 0, n);
    allFinite(p, 0, n);
    axpy(1, x, 0, x, 1, n - 1);
    axpy(1, p, 0, p, 1, n - 1);
    addDots(rows, 3, x, 0, n, c);
    addDots(floatRows, 3, p, 0, n, c);
    addDots(floatRows, 3, x, 0, n, c);
    addDots(shortRows, 3, x, 0, n, c);
    axpys(c, rows, 9, x, 0, n);
    axpys(c, floatRows, 9, x, 0, n);
    axpys(c, shortRows, 9, x, 0, n);
    lion(x, x, x, 0, n, 0, 0, 0, 0, 0);
    lion(p, p, p, 0, n, 0, 0, 0, 0, 0);
    exp(x, x, 0, n);
    exp(p, p, 0, n);
    sigmoid(x, x, 0, n);
    sigmoid(p, p, 0, n);
    tanh(x, x, 0, n);
    tanh(p, p, 0, n);
    int[] words = new int[RandomKernels.GROUP];
    float[] draws = new float[RandomKernels.GROUP];
    words(0, 0, 0, 0, 1, words);
    uniform(words, 1, x, 0);
    uniform(words, 1, draws, 0);
    gaussian(words, 1, x, 0);
    gaussian(words, 1, draws, 0);
  }

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public double dot(double[] x, int xFrom, double[] y, int yFrom, int length) {
    return WIDE
        ? SimdReductions.dot(x, xFrom, y, yFrom, length)
        : super.dot(x, xFrom, y, yFrom, length);
  }

  @Override
  public void addProducts(double[] x, double[] y, int from, int to, double[] out) {
    if (WIDE) {
      SimdProducts.add(x, y, from, to, out);
    } else {
      super.addProducts(x, y, from, to, out);
    }
  }

  @Override
  public void addProducts(float[] x, float[] y, int from, int to, double[] out) {
    if (WIDE) {
      SimdProducts.add(x, y, from, to, out);
    } else {
      super.addProducts(x, y, from, to, out);
    }
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
    if (WIDE) {
      SimdProducts.addSteps(x, g, m, v, from, to, ofM, ofG, root, eps, out);
    } else {
      super.addStepProducts(x, g, m, v, from, to, ofM, ofG, root, eps, out);
    }
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
    if (WIDE) {
      SimdProducts.addSteps(
          x, g, m, v, from, to, (float) ofM, (float) ofG, (float) root, (float) eps, out);
    } else {
      super.addStepProducts(x, g, m, v, from, to, ofM, ofG, root, eps, out);
    }
  }

  @Override
  public double sum(double[] x, int from, int to) {
    return WIDE ? SimdReductions.sum(x, from, to) : super.sum(x, from, to);
  }

  @Override
  public double maxAbs(double[] x, int from, int to) {
    return SimdReductions.maxAbs(x, from, to);
  }

  @Override
  public boolean allFinite(double[] x, int from, int to) {
    return SimdReductions.allFinite(x, from, to);
  }

  @Override
  public double dot(float[] x, int xFrom, float[] y, int yFrom, int length) {
    return WIDE
        ? SimdReductions.dot(x, xFrom, y, yFrom, length)
        : super.dot(x, xFrom, y, yFrom, length);
  }

  @Override
  public double sum(float[] x, int from, int to) {
    return WIDE ? SimdReductions.sum(x, from, to) : super.sum(x, from, to);
  }

  @Override
  public float maxAbs(float[] x, int from, int to) {
    return SimdReductions.maxAbs(x, from, to);
  }

  @Override
  public boolean allFinite(float[] x, int from, int to) {
    return SimdReductions.allFinite(x, from, to);
  }

  @Override
  public void axpy(double a, double[] x, int xFrom, double[] y, int yFrom, int length) {
    if (xFrom == yFrom) {
      super.axpy(a, x, xFrom, y, yFrom, length);
      return;
    }

    int i = 0;
    for (; i <= length - D.length(); i += D.length()) {
      DoubleVector product = DoubleVector.fromArray(D, x, xFrom + i).mul(a);
      DoubleVector.fromArray(D, y, yFrom + i).add(product).intoArray(y, yFrom + i);
    }
    for (; i < length; i++) {
      y[yFrom + i] += a * x[xFrom + i];
    }
  }

  @Override
  public void axpy(double a, float[] x, int xFrom, float[] y, int yFrom, int length) {
    if (xFrom == yFrom) {
      super.axpy(a, x, xFrom, y, yFrom, length);
      return;
    }
    float b = (float) a;
    int i = 0;
    for (; i <= length - F.length(); i += F.length()) {
      FloatVector product = FloatVector.fromArray(F, x, xFrom + i).mul(b);
      FloatVector.fromArray(F, y, yFrom + i).add(product).intoArray(y, yFrom + i);
    }
    for (; i < length; i++) {
      y[yFrom + i] += b * x[xFrom + i];
    }
  }

  @Override
  public void addDots(double[][] rows, int count, double[] x, int from, int to, double[] out) {
    if (!WIDE || count == 1) {
      super.addDots(rows, count, x, from, to, out);
      return;
    }
    int k = 0;
    for (; k < count - 1; k += 2) {
      SimdRows.addDots(rows[k], rows[k + 1], x, from, to, out, k);
    }
    if (k < count) {
      out[k] += dot(rows[k], from, x, from, to - from);
    }
  }

  @Override
  public void addDots(float[][] rows, int count, float[] x, int from, int to, double[] out) {
    if (!WIDE || count == 1) {
      super.addDots(rows, count, x, from, to, out);
      return;
    }
    int k = 0;
    for (; k < count - 1; k += 2) {
      SimdRows.addDots(rows[k], rows[k + 1], x, from, to, out, k);
    }
    if (k < count) {
      out[k] += dot(rows[k], from, x, from, to - from);
    }
  }

  @Override
  public void addDots(float[][] rows, int count, double[] x, int from, int to, double[] out) {
    if (!WIDE || count == 1) {
      super.addDots(rows, count, x, from, to, out);
      return;
    }
    int k = 0;
    for (; k < count - 1; k += 2) {
      SimdRows.addDots(rows[k], rows[k + 1], x, from, to, out, k);
    }
    if (k < count) {
      // The last row of an odd count goes with the one before, whose sum is put back.
      double before = out[k - 1];
      SimdRows.addDots(rows[k - 1], rows[k], x, from, to, out, k - 1);
      out[k - 1] = before;
    }
  }

  @Override
  public void addDots(short[][] rows, int count, double[] x, int from, int to, double[] out) {
    if (!WIDE || count == 1) {
      super.addDots(rows, count, x, from, to, out);
      return;
    }
    int k = 0;
    for (; k < count - 1; k += 2) {
      SimdRows.addDots(rows[k], rows[k + 1], x, from, to, out, k);
    }
    if (k < count) {
      // The last row of an odd count goes with the one before, whose sum is put back.
      double before = out[k - 1];
      SimdRows.addDots(rows[k - 1], rows[k], x, from, to, out, k - 1);
      out[k - 1] = before;
    }
  }

  @Override
  void axpy8(double[] c, double[][] rows, int k, double[] x, int from, int to) {
    super.axpy8(c, rows, k, x, WIDE ? SimdRows.axpy8(c, rows, k, x, from, to) : from, to);
  }

  @Override
  void axpy8(double[] c, float[][] rows, int k, double[] x, int from, int to) {
    super.axpy8(c, rows, k, x, WIDE ? SimdRows.axpy8(c, rows, k, x, from, to) : from, to);
  }

  @Override
  void axpy8(double[] c, short[][] rows, int k, double[] x, int from, int to) {
    super.axpy8(c, rows, k, x, WIDE ? SimdRows.axpy8(c, rows, k, x, from, to) : from, to);
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
    double w1 = b1;
    double a1 = (1.0 - b1);
    double w2 = b2;
    double a2 = (1.0 - b2);
    double length = step;
    double shrink = decay;
    double factor = scale;
    int i = from;
    for (; i <= to - D.length(); i += D.length()) {
      DoubleVector gradient = DoubleVector.fromArray(D, g, i).mul(factor);
      DoubleVector momentum = DoubleVector.fromArray(D, m, i);
      DoubleVector c = momentum.mul(w1).add(gradient.mul(a1));
      // Zeros keep their sign and NaN stays, as in Math.signum.
      DoubleVector sign =
          c.blend(1, c.compare(VectorOperators.GT, 0)).blend(-1, c.compare(VectorOperators.LT, 0));
      DoubleVector.fromArray(D, x, i).mul(shrink).sub(sign.mul(length)).intoArray(x, i);
      momentum.mul(w2).add(gradient.mul(a2)).intoArray(m, i);
    }
    super.lion(x, m, g, i, to, b1, b2, step, decay, scale);
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
    float w1 = (float) b1;
    float a1 = (float) (1.0 - b1);
    float w2 = (float) b2;
    float a2 = (float) (1.0 - b2);
    float length = (float) step;
    float shrink = (float) decay;
    float factor = (float) scale;
    int i = from;
    for (; i <= to - F.length(); i += F.length()) {
      FloatVector gradient = FloatVector.fromArray(F, g, i).mul(factor);
      FloatVector momentum = FloatVector.fromArray(F, m, i);
      FloatVector c = momentum.mul(w1).add(gradient.mul(a1));
      // Zeros keep their sign and NaN stays, as in Math.signum.
      FloatVector sign =
          c.blend(1, c.compare(VectorOperators.GT, 0)).blend(-1, c.compare(VectorOperators.LT, 0));
      FloatVector.fromArray(F, x, i).mul(shrink).sub(sign.mul(length)).intoArray(x, i);
      momentum.mul(w2).add(gradient.mul(a2)).intoArray(m, i);
    }
    super.lion(x, m, g, i, to, b1, b2, step, decay, scale);
  }

  @Override
  public void exp(double[] x, double[] out, int from, int to) {
    int end = to - (to - from) % SimdDoubles.STEP;
    SimdDoubles.exp(x, out, from, end);
    super.exp(x, out, end, to);
  }

  @Override
  public void exp(float[] x, float[] out, int from, int to) {
    int end = to - (to - from) % SimdFloats.STEP;
    SimdFloats.exp(x, out, from, end);
    super.exp(x, out, end, to);
  }

  @Override
  public void log(double[] x, double[] out, int from, int to) {
    int end = to - (to - from) % SimdDoubles.STEP;
    SimdDoubles.log(x, out, from, end);
    super.log(x, out, end, to);
  }

  @Override
  public void log(float[] x, float[] out, int from, int to) {
    int end = to - (to - from) % SimdFloats.STEP;
    SimdFloats.log(x, out, from, end);
    super.log(x, out, end, to);
  }

  @Override
  public void sigmoid(double[] x, double[] out, int from, int to) {
    int end = to - (to - from) % SimdDoubles.STEP;
    SimdDoubles.sigmoid(x, out, from, end);
    super.sigmoid(x, out, end, to);
  }

  @Override
  public void sigmoid(float[] x, float[] out, int from, int to) {
    int end = to - (to - from) % SimdFloats.STEP;
    SimdFloats.sigmoid(x, out, from, end);
    super.sigmoid(x, out, end, to);
  }

  @Override
  public void tanh(double[] x, double[] out, int from, int to) {
    int end = to - (to - from) % SimdDoubles.STEP;
    SimdDoubles.tanh(x, out, from, end);
    super.tanh(x, out, end, to);
  }

  @Override
  public void tanh(float[] x, float[] out, int from, int to) {
    int end = to - (to - from) % SimdFloats.STEP;
    SimdFloats.tanh(x, out, from, end);
    super.tanh(x, out, end, to);
  }

  @Override
  public void words(
      long keyHigh, long keyLow, int domain, long firstGroup, int groups, int[] words) {
    SimdRandom.words(keyHigh, keyLow, domain, firstGroup, groups, words);
  }

  @Override
  public void uniform(int[] words, int groups, double[] out, int from) {
    SimdRandom.uniform(words, groups, out, from);
  }

  @Override
  public void uniform(int[] words, int groups, float[] out, int from) {
    SimdRandom.uniform(words, groups, out, from);
  }

  @Override
  public void gaussian(int[] words, int groups, double[] out, int from) {
    SimdRandom.gaussian(words, groups, out, from);
  }

  @Override
  public void gaussian(int[] words, int groups, float[] out, int from) {
    SimdRandom.gaussian(words, groups, out, from);
  }
}
