package dev.optim.kernel;

import static dev.optim.kernel.SimdLanes.tree;
import static dev.optim.kernel.SimdSpecies.D;
import static dev.optim.kernel.SimdSpecies.F;
import static dev.optim.kernel.SimdSpecies.H;
import static dev.optim.kernel.SimdSpecies.HALVES;
import static dev.optim.kernel.SimdSpecies.UPPER_PART;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The reductions of {@link Reductions} with the Vector API. The sixteen lanes are four vectors of
 * four doubles, or two of eight. See {@link SimdDoubles} for why no method takes a vector.
 */
final class SimdReductions {

  /** Doubles of a vector: 4 or 8. */
  private static final int L = D.length();

  private static final boolean FOUR = L == 4;
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
              DoubleVector.fromArray(D, x, xFrom + i + L)
                  .mul(DoubleVector.fromArray(D, y, yFrom + i + L)));
      if (FOUR) {
        c =
            c.add(
                DoubleVector.fromArray(D, x, xFrom + i + 2 * L)
                    .mul(DoubleVector.fromArray(D, y, yFrom + i + 2 * L)));
        d =
            d.add(
                DoubleVector.fromArray(D, x, xFrom + i + 3 * L)
                    .mul(DoubleVector.fromArray(D, y, yFrom + i + 3 * L)));
      }
    }
    double tail = Reductions.tailDot(x, xFrom + whole, y, yFrom + whole, length - whole);
    if (FOUR) {
      DoubleVector t = a.add(c).add(b.add(d));
      return tree(t.lane(0), t.lane(1), t.lane(2), t.lane(3)) + tail;
    }
    DoubleVector t = a.add(b);
    return tree(
            t.lane(0), t.lane(1), t.lane(2), t.lane(3), t.lane(4), t.lane(5), t.lane(6), t.lane(7))
        + tail;
  }

  static double sum(double[] x, int from, int to) {
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      a = a.add(DoubleVector.fromArray(D, x, i));
      b = b.add(DoubleVector.fromArray(D, x, i + L));
      if (FOUR) {
        c = c.add(DoubleVector.fromArray(D, x, i + 2 * L));
        d = d.add(DoubleVector.fromArray(D, x, i + 3 * L));
      }
    }
    double tail = Reductions.tailSum(x, end, to);
    if (FOUR) {
      DoubleVector t = a.add(c).add(b.add(d));
      return tree(t.lane(0), t.lane(1), t.lane(2), t.lane(3)) + tail;
    }
    DoubleVector t = a.add(b);
    return tree(
            t.lane(0), t.lane(1), t.lane(2), t.lane(3), t.lane(4), t.lane(5), t.lane(6), t.lane(7))
        + tail;
  }

  static double dot(float[] x, int xFrom, float[] y, int yFrom, int length) {
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int whole = length & -LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector u = FloatVector.fromArray(H, x, xFrom + i);
      FloatVector v = FloatVector.fromArray(H, y, yFrom + i);
      a = a.add(u.castShape(D, 0).mul(v.castShape(D, 0)));
      u = HALVES ? FloatVector.fromArray(H, x, xFrom + i + L) : u;
      v = HALVES ? FloatVector.fromArray(H, y, yFrom + i + L) : v;
      b = b.add(u.castShape(D, UPPER_PART).mul(v.castShape(D, UPPER_PART)));
      if (FOUR) {
        u = FloatVector.fromArray(H, x, xFrom + i + 2 * L);
        v = FloatVector.fromArray(H, y, yFrom + i + 2 * L);
        c = c.add(u.castShape(D, 0).mul(v.castShape(D, 0)));
        u = HALVES ? FloatVector.fromArray(H, x, xFrom + i + 3 * L) : u;
        v = HALVES ? FloatVector.fromArray(H, y, yFrom + i + 3 * L) : v;
        d = d.add(u.castShape(D, UPPER_PART).mul(v.castShape(D, UPPER_PART)));
      }
    }
    double tail = Reductions.tailDot(x, xFrom + whole, y, yFrom + whole, length - whole);
    if (FOUR) {
      DoubleVector t = a.add(c).add(b.add(d));
      return tree(t.lane(0), t.lane(1), t.lane(2), t.lane(3)) + tail;
    }
    DoubleVector t = a.add(b);
    return tree(
            t.lane(0), t.lane(1), t.lane(2), t.lane(3), t.lane(4), t.lane(5), t.lane(6), t.lane(7))
        + tail;
  }

  static double sum(float[] x, int from, int to) {
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    DoubleVector c = a;
    DoubleVector d = a;
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(H, x, i);
      a = a.add(u.castShape(D, 0));
      u = HALVES ? FloatVector.fromArray(H, x, i + L) : u;
      b = b.add(u.castShape(D, UPPER_PART));
      if (FOUR) {
        u = FloatVector.fromArray(H, x, i + 2 * L);
        c = c.add(u.castShape(D, 0));
        u = HALVES ? FloatVector.fromArray(H, x, i + 3 * L) : u;
        d = d.add(u.castShape(D, UPPER_PART));
      }
    }
    double tail = Reductions.tailSum(x, end, to);
    if (FOUR) {
      DoubleVector t = a.add(c).add(b.add(d));
      return tree(t.lane(0), t.lane(1), t.lane(2), t.lane(3)) + tail;
    }
    DoubleVector t = a.add(b);
    return tree(
            t.lane(0), t.lane(1), t.lane(2), t.lane(3), t.lane(4), t.lane(5), t.lane(6), t.lane(7))
        + tail;
  }

  static double maxAbs(double[] x, int from, int to) {
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    int step = D.length();
    int end = to - (to - from) % (2 * step);
    for (int i = from; i < end; i += 2 * step) {
      a = a.max(DoubleVector.fromArray(D, x, i).abs());
      b = b.max(DoubleVector.fromArray(D, x, i + step).abs());
    }
    return Math.max(a.max(b).reduceLanes(VectorOperators.MAX), Reductions.maxAbs(x, end, to));
  }

  static boolean allFinite(double[] x, int from, int to) {
    DoubleVector a = DoubleVector.zero(D);
    DoubleVector b = a;
    int step = D.length();
    int end = to - (to - from) % (2 * step);
    for (int i = from; i < end; i += 2 * step) {
      DoubleVector v = DoubleVector.fromArray(D, x, i);
      DoubleVector w = DoubleVector.fromArray(D, x, i + step);
      a = a.add(v.sub(v));
      b = b.add(w.sub(w));
    }
    return a.add(b).reduceLanes(VectorOperators.ADD) == 0 && Reductions.allFinite(x, end, to);
  }

  static float maxAbs(float[] x, int from, int to) {
    FloatVector a = FloatVector.zero(F);
    FloatVector b = a;
    int step = F.length();
    int end = to - (to - from) % (2 * step);
    for (int i = from; i < end; i += 2 * step) {
      a = a.max(FloatVector.fromArray(F, x, i).abs());
      b = b.max(FloatVector.fromArray(F, x, i + step).abs());
    }
    return Math.max(a.max(b).reduceLanes(VectorOperators.MAX), Reductions.maxAbs(x, end, to));
  }

  static boolean allFinite(float[] x, int from, int to) {
    FloatVector a = FloatVector.zero(F);
    FloatVector b = a;
    int step = F.length();
    int end = to - (to - from) % (2 * step);
    for (int i = from; i < end; i += 2 * step) {
      FloatVector v = FloatVector.fromArray(F, x, i);
      FloatVector w = FloatVector.fromArray(F, x, i + step);
      a = a.add(v.sub(v));
      b = b.add(w.sub(w));
    }
    return a.add(b).reduceLanes(VectorOperators.ADD) == 0 && Reductions.allFinite(x, end, to);
  }
}
