package dev.optim.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels that pay with the Vector API: reductions, widening passes, signs, elementary
 * functions and random draws. Everything else is inherited, because the compiler vectorises the
 * plain loop.
 */
final class SimdKernels extends ScalarKernels {

  private static final VectorSpecies<Double> D = SimdDoubles.D;
  private static final VectorSpecies<Float> F = SimdFloats.F;

  /** Whether the hardware has the vectors of four doubles that the reductions are made of. */
  private static final boolean WIDE = D.vectorBitSize() >= 256;

  /** Floats that widen to one vector of doubles. */
  private static final VectorSpecies<Float> NARROW =
      VectorSpecies.of(float.class, VectorShape.forBitSize(Math.max(64, D.vectorBitSize() / 2)));

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
  public void addDots(double[][] rows, int count, double[] x, int from, int to, double[] out) {
    int k = 0;
    for (; WIDE && k < count - 1; k += 2) {
      SimdReductions.addDots(rows[k], rows[k + 1], x, from, to, out, k);
    }
    for (; k < count; k++) {
      out[k] += dot(rows[k], from, x, from, to - from);
    }
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
  public void addDots(float[][] rows, int count, float[] x, int from, int to, double[] out) {
    int k = 0;
    for (; WIDE && k < count - 1; k += 2) {
      SimdReductions.addDots(rows[k], rows[k + 1], x, from, to, out, k);
    }
    for (; k < count; k++) {
      out[k] += dot(rows[k], from, x, from, to - from);
    }
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
  void axpy8(double[] c, float[][] rows, int k, float[] x, int from, int to) {
    float[] r0 = rows[k];
    float[] r1 = rows[k + 1];
    float[] r2 = rows[k + 2];
    float[] r3 = rows[k + 3];
    float[] r4 = rows[k + 4];
    float[] r5 = rows[k + 5];
    float[] r6 = rows[k + 6];
    float[] r7 = rows[k + 7];
    double c0 = c[k];
    double c1 = c[k + 1];
    double c2 = c[k + 2];
    double c3 = c[k + 3];
    double c4 = c[k + 4];
    double c5 = c[k + 5];
    double c6 = c[k + 6];
    double c7 = c[k + 7];
    int i = from;
    for (; i <= to - D.length(); i += D.length()) {
      DoubleVector sum = widen(x, i).add(widen(r0, i).mul(c0)).add(widen(r1, i).mul(c1));
      sum = sum.add(widen(r2, i).mul(c2)).add(widen(r3, i).mul(c3));
      sum = sum.add(widen(r4, i).mul(c4)).add(widen(r5, i).mul(c5));
      narrow(sum.add(widen(r6, i).mul(c6)).add(widen(r7, i).mul(c7))).intoArray(x, i);
    }
    super.axpy8(c, rows, k, x, i, to);
  }

  @Override
  void axpy1(double c, float[] row, float[] x, int from, int to) {
    int i = from;
    for (; i <= to - D.length(); i += D.length()) {
      narrow(widen(x, i).add(widen(row, i).mul(c))).intoArray(x, i);
    }
    super.axpy1(c, row, x, i, to);
  }

  @Override
  public void addDots(float[][] rows, int count, double[] x, int from, int to, double[] out) {
    int k = 0;
    for (; WIDE && k < count - 1; k += 2) {
      SimdRows.addDots(rows[k], rows[k + 1], x, from, to, out, k);
    }
    for (; k < count; k++) {
      out[k] += Reductions.dot(rows[k], x, from, to);
    }
  }

  @Override
  public void addDots(short[][] rows, int count, double[] x, int from, int to, double[] out) {
    int k = 0;
    for (; WIDE && k < count - 1; k += 2) {
      SimdRows.addDots(rows[k], rows[k + 1], x, from, to, out, k);
    }
    for (; k < count; k++) {
      out[k] += Reductions.dot(rows[k], x, from, to);
    }
  }

  @Override
  void axpy8(double[] c, float[][] rows, int k, double[] x, int from, int to) {
    super.axpy8(c, rows, k, x, SimdRows.axpy8(c, rows, k, x, from, to), to);
  }

  @Override
  void axpy1(double c, float[] row, double[] x, int from, int to) {
    super.axpy1(c, row, x, SimdRows.axpy1(c, row, x, from, to), to);
  }

  @Override
  void axpy8(double[] c, short[][] rows, int k, double[] x, int from, int to) {
    super.axpy8(c, rows, k, x, WIDE ? SimdRows.axpy8(c, rows, k, x, from, to) : from, to);
  }

  @Override
  void axpy1(double c, short[] row, double[] x, int from, int to) {
    super.axpy1(c, row, x, WIDE ? SimdRows.axpy1(c, row, x, from, to) : from, to);
  }

  private static DoubleVector widen(float[] x, int i) {
    return (DoubleVector)
        FloatVector.fromArray(NARROW, x, i).convertShape(VectorOperators.F2D, D, 0);
  }

  private static FloatVector narrow(DoubleVector x) {
    return (FloatVector) x.convertShape(VectorOperators.D2F, NARROW, 0);
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
      DoubleVector sign = sign(momentum.mul(w1).add(gradient.mul(a1)));
      DoubleVector.fromArray(D, x, i).mul(shrink).sub(sign.mul(length)).intoArray(x, i);
      DoubleVector next = momentum.mul(w2).add(gradient.mul(a2));
      next.blend(0, next.abs().compare(VectorOperators.LT, TINY)).intoArray(m, i);
    }
    super.lion(x, m, g, i, to, b1, b2, step, decay, scale);
  }

  /** Zeros keep their sign and NaN stays, as in {@link Math#signum(double)}. */
  private static DoubleVector sign(DoubleVector x) {
    return x.blend(1, x.compare(VectorOperators.GT, 0)).blend(-1, x.compare(VectorOperators.LT, 0));
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
      FloatVector sign = sign(momentum.mul(w1).add(gradient.mul(a1)));
      FloatVector.fromArray(F, x, i).mul(shrink).sub(sign.mul(length)).intoArray(x, i);
      FloatVector next = momentum.mul(w2).add(gradient.mul(a2));
      next.blend(0, next.abs().compare(VectorOperators.LT, (float) TINY)).intoArray(m, i);
    }
    super.lion(x, m, g, i, to, b1, b2, step, decay, scale);
  }

  /** Zeros keep their sign and NaN stays, as in {@link Math#signum(float)}. */
  private static FloatVector sign(FloatVector x) {
    return x.blend(1, x.compare(VectorOperators.GT, 0)).blend(-1, x.compare(VectorOperators.LT, 0));
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
