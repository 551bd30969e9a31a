package dev.optim.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The reductions of {@link Reductions} with the Vector API, always on vectors of four doubles: four
 * of them are the sixteen lanes, whatever the hardware could do.
 */
final class SimdReductions {

  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_256;
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_128;
  private static final int LANES = Reductions.LANES;

  private SimdReductions() {}

  static double dot(double[] x, int xFrom, double[] y, int yFrom, int length) {
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int whole = length & -LANES;
    for (int i = 0; i < whole; i += LANES) {
      a =
          a.add(
              DoubleVector.fromArray(D, x, xFrom + i).mul(DoubleVector.fromArray(D, y, yFrom + i)));
      b =
          b.add(
              DoubleVector.fromArray(D, x, xFrom + i + 4)
                  .mul(DoubleVector.fromArray(D, y, yFrom + i + 4)));
      c =
          c.add(
              DoubleVector.fromArray(D, x, xFrom + i + 8)
                  .mul(DoubleVector.fromArray(D, y, yFrom + i + 8)));
      d =
          d.add(
              DoubleVector.fromArray(D, x, xFrom + i + 12)
                  .mul(DoubleVector.fromArray(D, y, yFrom + i + 12)));
    }
    return tree(a, b, c, d)
        + Reductions.tailDot(x, xFrom + whole, y, yFrom + whole, length - whole);
  }

  /**
   * The dot products of two rows with x, added to {@code out[k]} and {@code out[k + 1]}: x is read
   * once.
   */
  static void addDots(
      double[] row, double[] next, double[] x, int from, int to, double[] out, int k) {
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    DoubleVector e = a;
    DoubleVector f = a;
    DoubleVector g = a;
    DoubleVector h = a;
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      DoubleVector x0 = DoubleVector.fromArray(D, x, i);
      a = a.add(DoubleVector.fromArray(D, row, i).mul(x0));
      e = e.add(DoubleVector.fromArray(D, next, i).mul(x0));
      DoubleVector x1 = DoubleVector.fromArray(D, x, i + 4);
      b = b.add(DoubleVector.fromArray(D, row, i + 4).mul(x1));
      f = f.add(DoubleVector.fromArray(D, next, i + 4).mul(x1));
      DoubleVector x2 = DoubleVector.fromArray(D, x, i + 8);
      c = c.add(DoubleVector.fromArray(D, row, i + 8).mul(x2));
      g = g.add(DoubleVector.fromArray(D, next, i + 8).mul(x2));
      DoubleVector x3 = DoubleVector.fromArray(D, x, i + 12);
      d = d.add(DoubleVector.fromArray(D, row, i + 12).mul(x3));
      h = h.add(DoubleVector.fromArray(D, next, i + 12).mul(x3));
    }
    out[k] += tree(a, b, c, d) + Reductions.tailDot(row, end, x, end, to - end);
    out[k + 1] += tree(e, f, g, h) + Reductions.tailDot(next, end, x, end, to - end);
  }

  static double sum(double[] x, int from, int to) {
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      a = a.add(DoubleVector.fromArray(D, x, i));
      b = b.add(DoubleVector.fromArray(D, x, i + 4));
      c = c.add(DoubleVector.fromArray(D, x, i + 8));
      d = d.add(DoubleVector.fromArray(D, x, i + 12));
    }
    return tree(a, b, c, d) + Reductions.tailSum(x, end, to);
  }

  static double dot(float[] x, int xFrom, float[] y, int yFrom, int length) {
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int whole = length & -LANES;
    for (int i = 0; i < whole; i += LANES) {
      a = a.add(widen(x, xFrom + i).mul(widen(y, yFrom + i)));
      b = b.add(widen(x, xFrom + i + 4).mul(widen(y, yFrom + i + 4)));
      c = c.add(widen(x, xFrom + i + 8).mul(widen(y, yFrom + i + 8)));
      d = d.add(widen(x, xFrom + i + 12).mul(widen(y, yFrom + i + 12)));
    }
    return tree(a, b, c, d)
        + Reductions.tailDot(x, xFrom + whole, y, yFrom + whole, length - whole);
  }

  /**
   * The dot products of two rows with x, added to {@code out[k]} and {@code out[k + 1]}: x is read
   * once.
   */
  static void addDots(float[] row, float[] next, float[] x, int from, int to, double[] out, int k) {
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    DoubleVector e = a;
    DoubleVector f = a;
    DoubleVector g = a;
    DoubleVector h = a;
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      DoubleVector x0 = widen(x, i);
      a = a.add(widen(row, i).mul(x0));
      e = e.add(widen(next, i).mul(x0));
      DoubleVector x1 = widen(x, i + 4);
      b = b.add(widen(row, i + 4).mul(x1));
      f = f.add(widen(next, i + 4).mul(x1));
      DoubleVector x2 = widen(x, i + 8);
      c = c.add(widen(row, i + 8).mul(x2));
      g = g.add(widen(next, i + 8).mul(x2));
      DoubleVector x3 = widen(x, i + 12);
      d = d.add(widen(row, i + 12).mul(x3));
      h = h.add(widen(next, i + 12).mul(x3));
    }
    out[k] += tree(a, b, c, d) + Reductions.tailDot(row, end, x, end, to - end);
    out[k + 1] += tree(e, f, g, h) + Reductions.tailDot(next, end, x, end, to - end);
  }

  static double sum(float[] x, int from, int to) {
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      a = a.add(widen(x, i));
      b = b.add(widen(x, i + 4));
      c = c.add(widen(x, i + 8));
      d = d.add(widen(x, i + 12));
    }
    return tree(a, b, c, d) + Reductions.tailSum(x, end, to);
  }

  static double maxAbs(double[] x, int from, int to) {
    DoubleVector a = DoubleVector.zero(DoubleVector.SPECIES_PREFERRED);
    DoubleVector b = a;
    int step = a.length();
    int i = from;
    for (; i <= to - 2 * step; i += 2 * step) {
      a = a.max(DoubleVector.fromArray(DoubleVector.SPECIES_PREFERRED, x, i).abs());
      b = b.max(DoubleVector.fromArray(DoubleVector.SPECIES_PREFERRED, x, i + step).abs());
    }
    return Math.max(a.max(b).reduceLanes(VectorOperators.MAX), Reductions.maxAbs(x, i, to));
  }

  static boolean allFinite(double[] x, int from, int to) {
    DoubleVector a = DoubleVector.zero(DoubleVector.SPECIES_PREFERRED);
    DoubleVector b = a;
    int step = a.length();
    int i = from;
    for (; i <= to - 2 * step; i += 2 * step) {
      DoubleVector v = DoubleVector.fromArray(DoubleVector.SPECIES_PREFERRED, x, i);
      DoubleVector w = DoubleVector.fromArray(DoubleVector.SPECIES_PREFERRED, x, i + step);
      a = a.add(v.sub(v));
      b = b.add(w.sub(w));
    }
    return a.add(b).reduceLanes(VectorOperators.ADD) == 0 && Reductions.allFinite(x, i, to);
  }

  static float maxAbs(float[] x, int from, int to) {
    FloatVector a = FloatVector.zero(FloatVector.SPECIES_PREFERRED);
    FloatVector b = a;
    int step = a.length();
    int i = from;
    for (; i <= to - 2 * step; i += 2 * step) {
      a = a.max(FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, x, i).abs());
      b = b.max(FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, x, i + step).abs());
    }
    return Math.max(a.max(b).reduceLanes(VectorOperators.MAX), Reductions.maxAbs(x, i, to));
  }

  static boolean allFinite(float[] x, int from, int to) {
    FloatVector a = FloatVector.zero(FloatVector.SPECIES_PREFERRED);
    FloatVector b = a;
    int step = a.length();
    int i = from;
    for (; i <= to - 2 * step; i += 2 * step) {
      FloatVector v = FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, x, i);
      FloatVector w = FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, x, i + step);
      a = a.add(v.sub(v));
      b = b.add(w.sub(w));
    }
    return a.add(b).reduceLanes(VectorOperators.ADD) == 0 && Reductions.allFinite(x, i, to);
  }

  private static DoubleVector widen(float[] x, int i) {
    return (DoubleVector) FloatVector.fromArray(F, x, i).convertShape(VectorOperators.F2D, D, 0);
  }

  static double tree(DoubleVector a, DoubleVector b, DoubleVector c, DoubleVector d) {
    DoubleVector t = a.add(c).add(b.add(d));
    return (t.lane(0) + t.lane(2)) + (t.lane(1) + t.lane(3));
  }
}
