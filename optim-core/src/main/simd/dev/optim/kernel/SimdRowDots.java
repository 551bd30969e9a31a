package dev.optim.kernel;

import static dev.optim.kernel.SimdLanes.tree;
import static dev.optim.kernel.SimdSpecies.D;
import static dev.optim.kernel.SimdSpecies.H;
import static dev.optim.kernel.SimdSpecies.HALVES;
import static dev.optim.kernel.SimdSpecies.J;
import static dev.optim.kernel.SimdSpecies.UPPER_PART;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;

/**
 * Inner products of two rows at a time with one vector, in the lanes of {@link SimdReductions}.
 * Floats are loaded as many at a time as a vector has doubles: widening one half of a longer vector
 * and then the other takes twice as long. See {@link SimdDoubles} for why no method takes a vector.
 */
final class SimdRowDots {

  /** Doubles of a vector: 4 or 8. */
  private static final int L = D.length();

  private static final boolean FOUR = L == 4;
  private static final int LANES = Reductions.LANES;

  /** Half of the numbers of a group of {@link Bfloat16Pairs}: as far apart are those of an int. */
  private static final int HALF = Bfloat16Pairs.GROUP / 2;

  private static final int UPPER = Bfloat16Pairs.UPPER;

  private SimdRowDots() {}

  /** The dot products of two rows with x, added to {@code out[k]} and {@code out[k + 1]}. */
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
      DoubleVector x1 = DoubleVector.fromArray(D, x, i + L);
      b = b.add(DoubleVector.fromArray(D, row, i + L).mul(x1));
      f = f.add(DoubleVector.fromArray(D, next, i + L).mul(x1));
      if (FOUR) {
        DoubleVector x2 = DoubleVector.fromArray(D, x, i + 2 * L);
        c = c.add(DoubleVector.fromArray(D, row, i + 2 * L).mul(x2));
        g = g.add(DoubleVector.fromArray(D, next, i + 2 * L).mul(x2));
        DoubleVector x3 = DoubleVector.fromArray(D, x, i + 3 * L);
        d = d.add(DoubleVector.fromArray(D, row, i + 3 * L).mul(x3));
        h = h.add(DoubleVector.fromArray(D, next, i + 3 * L).mul(x3));
      }
    }
    double tail = Reductions.tailDot(row, end, x, end, to - end);
    double nextTail = Reductions.tailDot(next, end, x, end, to - end);
    DoubleVector s = FOUR ? a.add(c).add(b.add(d)) : a.add(b);
    DoubleVector t = FOUR ? e.add(g).add(f.add(h)) : e.add(f);
    if (FOUR) {
      out[k] += tree(s.lane(0), s.lane(1), s.lane(2), s.lane(3)) + tail;
      out[k + 1] += tree(t.lane(0), t.lane(1), t.lane(2), t.lane(3)) + nextTail;
    } else {
      out[k] +=
          tree(
                  s.lane(0), s.lane(1), s.lane(2), s.lane(3), s.lane(4), s.lane(5), s.lane(6),
                  s.lane(7))
              + tail;
      out[k + 1] +=
          tree(
                  t.lane(0), t.lane(1), t.lane(2), t.lane(3), t.lane(4), t.lane(5), t.lane(6),
                  t.lane(7))
              + nextTail;
    }
  }

  /** The dot products of two rows with x, added to {@code out[k]} and {@code out[k + 1]}. */
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
      FloatVector u = FloatVector.fromArray(H, x, i);
      FloatVector v = FloatVector.fromArray(H, row, i);
      FloatVector w = FloatVector.fromArray(H, next, i);
      Vector<Double> x0 = u.castShape(D, 0);
      a = a.add(v.castShape(D, 0).mul(x0));
      e = e.add(w.castShape(D, 0).mul(x0));
      u = HALVES ? FloatVector.fromArray(H, x, i + L) : u;
      v = HALVES ? FloatVector.fromArray(H, row, i + L) : v;
      w = HALVES ? FloatVector.fromArray(H, next, i + L) : w;
      Vector<Double> x1 = u.castShape(D, UPPER_PART);
      b = b.add(v.castShape(D, UPPER_PART).mul(x1));
      f = f.add(w.castShape(D, UPPER_PART).mul(x1));
      if (FOUR) {
        u = FloatVector.fromArray(H, x, i + 2 * L);
        v = FloatVector.fromArray(H, row, i + 2 * L);
        w = FloatVector.fromArray(H, next, i + 2 * L);
        Vector<Double> x2 = u.castShape(D, 0);
        c = c.add(v.castShape(D, 0).mul(x2));
        g = g.add(w.castShape(D, 0).mul(x2));
        u = HALVES ? FloatVector.fromArray(H, x, i + 3 * L) : u;
        v = HALVES ? FloatVector.fromArray(H, row, i + 3 * L) : v;
        w = HALVES ? FloatVector.fromArray(H, next, i + 3 * L) : w;
        Vector<Double> x3 = u.castShape(D, UPPER_PART);
        d = d.add(v.castShape(D, UPPER_PART).mul(x3));
        h = h.add(w.castShape(D, UPPER_PART).mul(x3));
      }
    }
    double tail = Reductions.tailDot(row, end, x, end, to - end);
    double nextTail = Reductions.tailDot(next, end, x, end, to - end);
    DoubleVector s = FOUR ? a.add(c).add(b.add(d)) : a.add(b);
    DoubleVector t = FOUR ? e.add(g).add(f.add(h)) : e.add(f);
    if (FOUR) {
      out[k] += tree(s.lane(0), s.lane(1), s.lane(2), s.lane(3)) + tail;
      out[k + 1] += tree(t.lane(0), t.lane(1), t.lane(2), t.lane(3)) + nextTail;
    } else {
      out[k] +=
          tree(
                  s.lane(0), s.lane(1), s.lane(2), s.lane(3), s.lane(4), s.lane(5), s.lane(6),
                  s.lane(7))
              + tail;
      out[k + 1] +=
          tree(
                  t.lane(0), t.lane(1), t.lane(2), t.lane(3), t.lane(4), t.lane(5), t.lane(6),
                  t.lane(7))
              + nextTail;
    }
  }

  /** The dot products of two rows with x, added to {@code out[k]} and {@code out[k + 1]}. */
  static void addDots(
      float[] row, float[] next, double[] x, int from, int to, double[] out, int k) {
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
      FloatVector v = FloatVector.fromArray(H, row, i);
      FloatVector w = FloatVector.fromArray(H, next, i);
      a = a.add(v.castShape(D, 0).mul(x0));
      e = e.add(w.castShape(D, 0).mul(x0));
      DoubleVector x1 = DoubleVector.fromArray(D, x, i + L);
      v = HALVES ? FloatVector.fromArray(H, row, i + L) : v;
      w = HALVES ? FloatVector.fromArray(H, next, i + L) : w;
      b = b.add(v.castShape(D, UPPER_PART).mul(x1));
      f = f.add(w.castShape(D, UPPER_PART).mul(x1));
      if (FOUR) {
        DoubleVector x2 = DoubleVector.fromArray(D, x, i + 2 * L);
        v = FloatVector.fromArray(H, row, i + 2 * L);
        w = FloatVector.fromArray(H, next, i + 2 * L);
        c = c.add(v.castShape(D, 0).mul(x2));
        g = g.add(w.castShape(D, 0).mul(x2));
        DoubleVector x3 = DoubleVector.fromArray(D, x, i + 3 * L);
        v = HALVES ? FloatVector.fromArray(H, row, i + 3 * L) : v;
        w = HALVES ? FloatVector.fromArray(H, next, i + 3 * L) : w;
        d = d.add(v.castShape(D, UPPER_PART).mul(x3));
        h = h.add(w.castShape(D, UPPER_PART).mul(x3));
      }
    }
    double tail = Reductions.tailDot(row, x, end, to);
    double nextTail = Reductions.tailDot(next, x, end, to);
    DoubleVector s = FOUR ? a.add(c).add(b.add(d)) : a.add(b);
    DoubleVector t = FOUR ? e.add(g).add(f.add(h)) : e.add(f);
    if (FOUR) {
      out[k] += tree(s.lane(0), s.lane(1), s.lane(2), s.lane(3)) + tail;
      out[k + 1] += tree(t.lane(0), t.lane(1), t.lane(2), t.lane(3)) + nextTail;
    } else {
      out[k] +=
          tree(
                  s.lane(0), s.lane(1), s.lane(2), s.lane(3), s.lane(4), s.lane(5), s.lane(6),
                  s.lane(7))
              + tail;
      out[k + 1] +=
          tree(
                  t.lane(0), t.lane(1), t.lane(2), t.lane(3), t.lane(4), t.lane(5), t.lane(6),
                  t.lane(7))
              + nextTail;
    }
  }

  /**
   * The dot products of two rows of pairs with x, added to {@code out[k]} and {@code out[k + 1]}.
   */
  static void addDots(int[] row, int[] next, double[] x, int from, int to, double[] out, int k) {
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
      IntVector p = IntVector.fromArray(J, row, i / 2);
      IntVector q = IntVector.fromArray(J, next, i / 2);
      DoubleVector x0 = DoubleVector.fromArray(D, x, i);
      a = a.add(p.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().castShape(D, 0).mul(x0));
      e = e.add(q.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().castShape(D, 0).mul(x0));
      DoubleVector x8 = DoubleVector.fromArray(D, x, i + HALF);
      if (FOUR) {
        c = c.add(p.and(UPPER).reinterpretAsFloats().castShape(D, 0).mul(x8));
        g = g.add(q.and(UPPER).reinterpretAsFloats().castShape(D, 0).mul(x8));
        IntVector r = IntVector.fromArray(J, row, i / 2 + L);
        IntVector s = IntVector.fromArray(J, next, i / 2 + L);
        DoubleVector x4 = DoubleVector.fromArray(D, x, i + L);
        b =
            b.add(
                r.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().castShape(D, 0).mul(x4));
        f =
            f.add(
                s.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().castShape(D, 0).mul(x4));
        DoubleVector x12 = DoubleVector.fromArray(D, x, i + L + HALF);
        d = d.add(r.and(UPPER).reinterpretAsFloats().castShape(D, 0).mul(x12));
        h = h.add(s.and(UPPER).reinterpretAsFloats().castShape(D, 0).mul(x12));
      } else {
        b = b.add(p.and(UPPER).reinterpretAsFloats().castShape(D, 0).mul(x8));
        f = f.add(q.and(UPPER).reinterpretAsFloats().castShape(D, 0).mul(x8));
      }
    }
    double tail = Reductions.tailDot(row, x, end, to);
    double nextTail = Reductions.tailDot(next, x, end, to);
    DoubleVector s = FOUR ? a.add(c).add(b.add(d)) : a.add(b);
    DoubleVector t = FOUR ? e.add(g).add(f.add(h)) : e.add(f);
    if (FOUR) {
      out[k] += tree(s.lane(0), s.lane(1), s.lane(2), s.lane(3)) + tail;
      out[k + 1] += tree(t.lane(0), t.lane(1), t.lane(2), t.lane(3)) + nextTail;
    } else {
      out[k] +=
          tree(
                  s.lane(0), s.lane(1), s.lane(2), s.lane(3), s.lane(4), s.lane(5), s.lane(6),
                  s.lane(7))
              + tail;
      out[k + 1] +=
          tree(
                  t.lane(0), t.lane(1), t.lane(2), t.lane(3), t.lane(4), t.lane(5), t.lane(6),
                  t.lane(7))
              + nextTail;
    }
  }
}
