package dev.optim.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Row passes over rows of fewer bits than the vector. Dot products work on vectors of four doubles,
 * four of them the sixteen lanes of {@link Reductions}, and on two rows at a time; combinations on
 * eight rows at a time, in vectors of any width.
 */
final class SimdRows {

  private static final VectorSpecies<Double> D4 = DoubleVector.SPECIES_256;
  private static final VectorSpecies<Float> F4 = FloatVector.SPECIES_128;
  private static final VectorSpecies<Integer> I4 = IntVector.SPECIES_128;
  private static final VectorSpecies<Short> S4 = ShortVector.SPECIES_64;

  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> F =
      VectorSpecies.of(float.class, VectorShape.forBitSize(Math.max(64, D.vectorBitSize() / 2)));

  private static final int LANES = Reductions.LANES;

  private SimdRows() {}

  /** Adds the dot products of two rows with x to {@code out[k]} and {@code out[k + 1]}. */
  static void addDots(
      float[] row, float[] next, double[] x, int from, int to, double[] out, int k) {
    DoubleVector a = DoubleVector.zero(D4);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    DoubleVector e = a;
    DoubleVector f = a;
    DoubleVector g = a;
    DoubleVector h = a;
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      DoubleVector x0 = DoubleVector.fromArray(D4, x, i);
      a = a.add(wide(row, i).mul(x0));
      e = e.add(wide(next, i).mul(x0));
      DoubleVector x1 = DoubleVector.fromArray(D4, x, i + 4);
      b = b.add(wide(row, i + 4).mul(x1));
      f = f.add(wide(next, i + 4).mul(x1));
      DoubleVector x2 = DoubleVector.fromArray(D4, x, i + 8);
      c = c.add(wide(row, i + 8).mul(x2));
      g = g.add(wide(next, i + 8).mul(x2));
      DoubleVector x3 = DoubleVector.fromArray(D4, x, i + 12);
      d = d.add(wide(row, i + 12).mul(x3));
      h = h.add(wide(next, i + 12).mul(x3));
    }
    out[k] += SimdReductions.tree(a, b, c, d) + Reductions.tailDot(row, x, end, to);
    out[k + 1] += SimdReductions.tree(e, f, g, h) + Reductions.tailDot(next, x, end, to);
  }

  /** Adds the dot products of two rows with x to {@code out[k]} and {@code out[k + 1]}. */
  static void addDots(
      short[] row, short[] next, double[] x, int from, int to, double[] out, int k) {
    DoubleVector a = DoubleVector.zero(D4);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    DoubleVector e = a;
    DoubleVector f = a;
    DoubleVector g = a;
    DoubleVector h = a;
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      DoubleVector x0 = DoubleVector.fromArray(D4, x, i);
      a = a.add(wide(row, i).mul(x0));
      e = e.add(wide(next, i).mul(x0));
      DoubleVector x1 = DoubleVector.fromArray(D4, x, i + 4);
      b = b.add(wide(row, i + 4).mul(x1));
      f = f.add(wide(next, i + 4).mul(x1));
      DoubleVector x2 = DoubleVector.fromArray(D4, x, i + 8);
      c = c.add(wide(row, i + 8).mul(x2));
      g = g.add(wide(next, i + 8).mul(x2));
      DoubleVector x3 = DoubleVector.fromArray(D4, x, i + 12);
      d = d.add(wide(row, i + 12).mul(x3));
      h = h.add(wide(next, i + 12).mul(x3));
    }
    out[k] += SimdReductions.tree(a, b, c, d) + Reductions.tailDot(row, x, end, to);
    out[k + 1] += SimdReductions.tree(e, f, g, h) + Reductions.tailDot(next, x, end, to);
  }

  /**
   * Adds a combination of eight rows to x, as far as whole vectors go.
   *
   * @return the first index not done
   */
  static int axpy8(double[] c, float[][] rows, int k, double[] x, int from, int to) {
    double c0 = c[k], c1 = c[k + 1], c2 = c[k + 2], c3 = c[k + 3];
    double c4 = c[k + 4], c5 = c[k + 5], c6 = c[k + 6], c7 = c[k + 7];
    float[] r0 = rows[k], r1 = rows[k + 1], r2 = rows[k + 2], r3 = rows[k + 3];
    float[] r4 = rows[k + 4], r5 = rows[k + 5], r6 = rows[k + 6], r7 = rows[k + 7];
    int i = from;
    for (; i <= to - D.length(); i += D.length()) {
      DoubleVector sum = DoubleVector.fromArray(D, x, i).add(any(r0, i).mul(c0));
      sum = sum.add(any(r1, i).mul(c1)).add(any(r2, i).mul(c2)).add(any(r3, i).mul(c3));
      sum = sum.add(any(r4, i).mul(c4)).add(any(r5, i).mul(c5)).add(any(r6, i).mul(c6));
      sum.add(any(r7, i).mul(c7)).intoArray(x, i);
    }
    return i;
  }

  /**
   * Adds a multiple of a row to x, as far as whole vectors go.
   *
   * @return the first index not done
   */
  static int axpy1(double c, float[] row, double[] x, int from, int to) {
    int i = from;
    for (; i <= to - D.length(); i += D.length()) {
      DoubleVector.fromArray(D, x, i).add(any(row, i).mul(c)).intoArray(x, i);
    }
    return i;
  }

  /**
   * Adds a combination of eight rows to x, as far as whole vectors go.
   *
   * @return the first index not done
   */
  static int axpy8(double[] c, short[][] rows, int k, double[] x, int from, int to) {
    double c0 = c[k], c1 = c[k + 1], c2 = c[k + 2], c3 = c[k + 3];
    double c4 = c[k + 4], c5 = c[k + 5], c6 = c[k + 6], c7 = c[k + 7];
    short[] r0 = rows[k], r1 = rows[k + 1], r2 = rows[k + 2], r3 = rows[k + 3];
    short[] r4 = rows[k + 4], r5 = rows[k + 5], r6 = rows[k + 6], r7 = rows[k + 7];
    int i = from;
    for (; i <= to - 4; i += 4) {
      DoubleVector sum = DoubleVector.fromArray(D4, x, i).add(wide(r0, i).mul(c0));
      sum = sum.add(wide(r1, i).mul(c1)).add(wide(r2, i).mul(c2)).add(wide(r3, i).mul(c3));
      sum = sum.add(wide(r4, i).mul(c4)).add(wide(r5, i).mul(c5)).add(wide(r6, i).mul(c6));
      sum.add(wide(r7, i).mul(c7)).intoArray(x, i);
    }
    return i;
  }

  /**
   * Adds a multiple of a row to x, as far as whole vectors go.
   *
   * @return the first index not done
   */
  static int axpy1(double c, short[] row, double[] x, int from, int to) {
    int i = from;
    for (; i <= to - 4; i += 4) {
      DoubleVector.fromArray(D4, x, i).add(wide(row, i).mul(c)).intoArray(x, i);
    }
    return i;
  }

  private static DoubleVector any(float[] row, int i) {
    return (DoubleVector) FloatVector.fromArray(F, row, i).convertShape(VectorOperators.F2D, D, 0);
  }

  private static DoubleVector wide(float[] row, int i) {
    return (DoubleVector)
        FloatVector.fromArray(F4, row, i).convertShape(VectorOperators.F2D, D4, 0);
  }

  private static DoubleVector wide(short[] row, int i) {
    FloatVector floats =
        ShortVector.fromArray(S4, row, i)
            .convertShape(VectorOperators.S2I, I4, 0)
            .lanewise(VectorOperators.LSHL, 16)
            .reinterpretAsFloats();
    return (DoubleVector) floats.convertShape(VectorOperators.F2D, D4, 0);
  }
}
