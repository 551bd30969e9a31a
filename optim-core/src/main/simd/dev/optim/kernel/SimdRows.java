package dev.optim.kernel;

import static dev.optim.kernel.SimdSpecies.D;
import static dev.optim.kernel.SimdSpecies.F;
import static dev.optim.kernel.SimdSpecies.I;
import static dev.optim.kernel.SimdSpecies.S;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;

/**
 * Passes over several rows with the Vector API: two rows at a time for inner products, with the
 * lanes of {@link SimdReductions}, eight for sums. See {@link SimdDoubles} for why no method takes
 * a vector.
 */
final class SimdRows {

  /** Doubles of a vector: 4 or 8. */
  private static final int L = D.length();

  private static final boolean FOUR = L == 4;
  private static final int LANES = Reductions.LANES;

  private SimdRows() {}

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
      DoubleVector x1 = DoubleVector.fromArray(D, x, i + L);
      a = a.add(DoubleVector.fromArray(D, row, i).mul(x0));
      e = e.add(DoubleVector.fromArray(D, next, i).mul(x0));
      b = b.add(DoubleVector.fromArray(D, row, i + L).mul(x1));
      f = f.add(DoubleVector.fromArray(D, next, i + L).mul(x1));
      if (FOUR) {
        DoubleVector x2 = DoubleVector.fromArray(D, x, i + 2 * L);
        DoubleVector x3 = DoubleVector.fromArray(D, x, i + 3 * L);
        c = c.add(DoubleVector.fromArray(D, row, i + 2 * L).mul(x2));
        g = g.add(DoubleVector.fromArray(D, next, i + 2 * L).mul(x2));
        d = d.add(DoubleVector.fromArray(D, row, i + 3 * L).mul(x3));
        h = h.add(DoubleVector.fromArray(D, next, i + 3 * L).mul(x3));
      }
    }
    double tail = Reductions.tailDot(row, end, x, end, to - end);
    double nextTail = Reductions.tailDot(next, end, x, end, to - end);
    if (FOUR) {
      DoubleVector s = a.add(c).add(b.add(d));
      DoubleVector t = e.add(g).add(f.add(h));
      out[k] += (s.lane(0) + s.lane(2)) + (s.lane(1) + s.lane(3)) + tail;
      out[k + 1] += (t.lane(0) + t.lane(2)) + (t.lane(1) + t.lane(3)) + nextTail;
    } else {
      DoubleVector s = a.add(b);
      DoubleVector t = e.add(f);
      double even = (s.lane(0) + s.lane(4)) + (s.lane(2) + s.lane(6));
      double odd = (s.lane(1) + s.lane(5)) + (s.lane(3) + s.lane(7));
      out[k] += even + odd + tail;
      even = (t.lane(0) + t.lane(4)) + (t.lane(2) + t.lane(6));
      odd = (t.lane(1) + t.lane(5)) + (t.lane(3) + t.lane(7));
      out[k + 1] += even + odd + nextTail;
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
      FloatVector u = FloatVector.fromArray(F, x, i);
      Vector<Double> x0 = u.castShape(D, 0);
      Vector<Double> x1 = u.castShape(D, 1);
      FloatVector v = FloatVector.fromArray(F, row, i);
      FloatVector w = FloatVector.fromArray(F, next, i);
      a = a.add(v.castShape(D, 0).mul(x0));
      e = e.add(w.castShape(D, 0).mul(x0));
      b = b.add(v.castShape(D, 1).mul(x1));
      f = f.add(w.castShape(D, 1).mul(x1));
      if (FOUR) {
        FloatVector u2 = FloatVector.fromArray(F, x, i + 2 * L);
        Vector<Double> x2 = u2.castShape(D, 0);
        Vector<Double> x3 = u2.castShape(D, 1);
        FloatVector v2 = FloatVector.fromArray(F, row, i + 2 * L);
        FloatVector w2 = FloatVector.fromArray(F, next, i + 2 * L);
        c = c.add(v2.castShape(D, 0).mul(x2));
        g = g.add(w2.castShape(D, 0).mul(x2));
        d = d.add(v2.castShape(D, 1).mul(x3));
        h = h.add(w2.castShape(D, 1).mul(x3));
      }
    }
    double tail = Reductions.tailDot(row, end, x, end, to - end);
    double nextTail = Reductions.tailDot(next, end, x, end, to - end);
    if (FOUR) {
      DoubleVector s = a.add(c).add(b.add(d));
      DoubleVector t = e.add(g).add(f.add(h));
      out[k] += (s.lane(0) + s.lane(2)) + (s.lane(1) + s.lane(3)) + tail;
      out[k + 1] += (t.lane(0) + t.lane(2)) + (t.lane(1) + t.lane(3)) + nextTail;
    } else {
      DoubleVector s = a.add(b);
      DoubleVector t = e.add(f);
      double even = (s.lane(0) + s.lane(4)) + (s.lane(2) + s.lane(6));
      double odd = (s.lane(1) + s.lane(5)) + (s.lane(3) + s.lane(7));
      out[k] += even + odd + tail;
      even = (t.lane(0) + t.lane(4)) + (t.lane(2) + t.lane(6));
      odd = (t.lane(1) + t.lane(5)) + (t.lane(3) + t.lane(7));
      out[k + 1] += even + odd + nextTail;
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
      DoubleVector x1 = DoubleVector.fromArray(D, x, i + L);
      FloatVector v = FloatVector.fromArray(F, row, i);
      FloatVector w = FloatVector.fromArray(F, next, i);
      a = a.add(v.castShape(D, 0).mul(x0));
      e = e.add(w.castShape(D, 0).mul(x0));
      b = b.add(v.castShape(D, 1).mul(x1));
      f = f.add(w.castShape(D, 1).mul(x1));
      if (FOUR) {
        DoubleVector x2 = DoubleVector.fromArray(D, x, i + 2 * L);
        DoubleVector x3 = DoubleVector.fromArray(D, x, i + 3 * L);
        FloatVector v2 = FloatVector.fromArray(F, row, i + 2 * L);
        FloatVector w2 = FloatVector.fromArray(F, next, i + 2 * L);
        c = c.add(v2.castShape(D, 0).mul(x2));
        g = g.add(w2.castShape(D, 0).mul(x2));
        d = d.add(v2.castShape(D, 1).mul(x3));
        h = h.add(w2.castShape(D, 1).mul(x3));
      }
    }
    double tail = Reductions.tailDot(row, x, end, to);
    double nextTail = Reductions.tailDot(next, x, end, to);
    if (FOUR) {
      DoubleVector s = a.add(c).add(b.add(d));
      DoubleVector t = e.add(g).add(f.add(h));
      out[k] += (s.lane(0) + s.lane(2)) + (s.lane(1) + s.lane(3)) + tail;
      out[k + 1] += (t.lane(0) + t.lane(2)) + (t.lane(1) + t.lane(3)) + nextTail;
    } else {
      DoubleVector s = a.add(b);
      DoubleVector t = e.add(f);
      double even = (s.lane(0) + s.lane(4)) + (s.lane(2) + s.lane(6));
      double odd = (s.lane(1) + s.lane(5)) + (s.lane(3) + s.lane(7));
      out[k] += even + odd + tail;
      even = (t.lane(0) + t.lane(4)) + (t.lane(2) + t.lane(6));
      odd = (t.lane(1) + t.lane(5)) + (t.lane(3) + t.lane(7));
      out[k + 1] += even + odd + nextTail;
    }
  }

  /** The dot products of two rows with x, added to {@code out[k]} and {@code out[k + 1]}. */
  static void addDots(
      short[] row, short[] next, double[] x, int from, int to, double[] out, int k) {
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
      DoubleVector x1 = DoubleVector.fromArray(D, x, i + L);
      IntVector vBits = (IntVector) ShortVector.fromArray(S, row, i).castShape(I, 0);
      FloatVector v = vBits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
      IntVector wBits = (IntVector) ShortVector.fromArray(S, next, i).castShape(I, 0);
      FloatVector w = wBits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
      a = a.add(v.castShape(D, 0).mul(x0));
      e = e.add(w.castShape(D, 0).mul(x0));
      b = b.add(v.castShape(D, 1).mul(x1));
      f = f.add(w.castShape(D, 1).mul(x1));
      if (FOUR) {
        DoubleVector x2 = DoubleVector.fromArray(D, x, i + 2 * L);
        DoubleVector x3 = DoubleVector.fromArray(D, x, i + 3 * L);
        IntVector v2Bits = (IntVector) ShortVector.fromArray(S, row, i + 2 * L).castShape(I, 0);
        FloatVector v2 = v2Bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
        IntVector w2Bits = (IntVector) ShortVector.fromArray(S, next, i + 2 * L).castShape(I, 0);
        FloatVector w2 = w2Bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
        c = c.add(v2.castShape(D, 0).mul(x2));
        g = g.add(w2.castShape(D, 0).mul(x2));
        d = d.add(v2.castShape(D, 1).mul(x3));
        h = h.add(w2.castShape(D, 1).mul(x3));
      }
    }
    double tail = Reductions.tailDot(row, x, end, to);
    double nextTail = Reductions.tailDot(next, x, end, to);
    if (FOUR) {
      DoubleVector s = a.add(c).add(b.add(d));
      DoubleVector t = e.add(g).add(f.add(h));
      out[k] += (s.lane(0) + s.lane(2)) + (s.lane(1) + s.lane(3)) + tail;
      out[k + 1] += (t.lane(0) + t.lane(2)) + (t.lane(1) + t.lane(3)) + nextTail;
    } else {
      DoubleVector s = a.add(b);
      DoubleVector t = e.add(f);
      double even = (s.lane(0) + s.lane(4)) + (s.lane(2) + s.lane(6));
      double odd = (s.lane(1) + s.lane(5)) + (s.lane(3) + s.lane(7));
      out[k] += even + odd + tail;
      even = (t.lane(0) + t.lane(4)) + (t.lane(2) + t.lane(6));
      odd = (t.lane(1) + t.lane(5)) + (t.lane(3) + t.lane(7));
      out[k + 1] += even + odd + nextTail;
    }
  }

  /** Adds eight rows; returns where the whole vectors end. */
  static int axpy8(double[] c, double[][] rows, int k, double[] x, int from, int to) {
    double[] r0 = rows[k];
    double[] r1 = rows[k + 1];
    double[] r2 = rows[k + 2];
    double[] r3 = rows[k + 3];
    double[] r4 = rows[k + 4];
    double[] r5 = rows[k + 5];
    double[] r6 = rows[k + 6];
    double[] r7 = rows[k + 7];
    DoubleVector c0 = DoubleVector.broadcast(D, c[k]);
    DoubleVector c1 = DoubleVector.broadcast(D, c[k + 1]);
    DoubleVector c2 = DoubleVector.broadcast(D, c[k + 2]);
    DoubleVector c3 = DoubleVector.broadcast(D, c[k + 3]);
    DoubleVector c4 = DoubleVector.broadcast(D, c[k + 4]);
    DoubleVector c5 = DoubleVector.broadcast(D, c[k + 5]);
    DoubleVector c6 = DoubleVector.broadcast(D, c[k + 6]);
    DoubleVector c7 = DoubleVector.broadcast(D, c[k + 7]);
    int end = from + ((to - from) & -L);
    for (int i = from; i < end; i += L) {
      DoubleVector sum = DoubleVector.fromArray(D, x, i);
      sum = sum.add(DoubleVector.fromArray(D, r0, i).mul(c0));
      sum = sum.add(DoubleVector.fromArray(D, r1, i).mul(c1));
      sum = sum.add(DoubleVector.fromArray(D, r2, i).mul(c2));
      sum = sum.add(DoubleVector.fromArray(D, r3, i).mul(c3));
      sum = sum.add(DoubleVector.fromArray(D, r4, i).mul(c4));
      sum = sum.add(DoubleVector.fromArray(D, r5, i).mul(c5));
      sum = sum.add(DoubleVector.fromArray(D, r6, i).mul(c6));
      sum = sum.add(DoubleVector.fromArray(D, r7, i).mul(c7));
      sum.intoArray(x, i);
    }
    return end;
  }

  /** Adds eight rows; returns where the whole vectors end. */
  static int axpy8(double[] c, float[][] rows, int k, double[] x, int from, int to) {
    float[] r0 = rows[k];
    float[] r1 = rows[k + 1];
    float[] r2 = rows[k + 2];
    float[] r3 = rows[k + 3];
    float[] r4 = rows[k + 4];
    float[] r5 = rows[k + 5];
    float[] r6 = rows[k + 6];
    float[] r7 = rows[k + 7];
    DoubleVector c0 = DoubleVector.broadcast(D, c[k]);
    DoubleVector c1 = DoubleVector.broadcast(D, c[k + 1]);
    DoubleVector c2 = DoubleVector.broadcast(D, c[k + 2]);
    DoubleVector c3 = DoubleVector.broadcast(D, c[k + 3]);
    DoubleVector c4 = DoubleVector.broadcast(D, c[k + 4]);
    DoubleVector c5 = DoubleVector.broadcast(D, c[k + 5]);
    DoubleVector c6 = DoubleVector.broadcast(D, c[k + 6]);
    DoubleVector c7 = DoubleVector.broadcast(D, c[k + 7]);
    int end = from + ((to - from) & (-2 * L));
    for (int i = from; i < end; i += 2 * L) {
      DoubleVector low = DoubleVector.fromArray(D, x, i);
      DoubleVector high = DoubleVector.fromArray(D, x, i + L);
      FloatVector v0 = FloatVector.fromArray(F, r0, i);
      low = low.add(v0.castShape(D, 0).mul(c0));
      high = high.add(v0.castShape(D, 1).mul(c0));
      FloatVector v1 = FloatVector.fromArray(F, r1, i);
      low = low.add(v1.castShape(D, 0).mul(c1));
      high = high.add(v1.castShape(D, 1).mul(c1));
      FloatVector v2 = FloatVector.fromArray(F, r2, i);
      low = low.add(v2.castShape(D, 0).mul(c2));
      high = high.add(v2.castShape(D, 1).mul(c2));
      FloatVector v3 = FloatVector.fromArray(F, r3, i);
      low = low.add(v3.castShape(D, 0).mul(c3));
      high = high.add(v3.castShape(D, 1).mul(c3));
      FloatVector v4 = FloatVector.fromArray(F, r4, i);
      low = low.add(v4.castShape(D, 0).mul(c4));
      high = high.add(v4.castShape(D, 1).mul(c4));
      FloatVector v5 = FloatVector.fromArray(F, r5, i);
      low = low.add(v5.castShape(D, 0).mul(c5));
      high = high.add(v5.castShape(D, 1).mul(c5));
      FloatVector v6 = FloatVector.fromArray(F, r6, i);
      low = low.add(v6.castShape(D, 0).mul(c6));
      high = high.add(v6.castShape(D, 1).mul(c6));
      FloatVector v7 = FloatVector.fromArray(F, r7, i);
      low = low.add(v7.castShape(D, 0).mul(c7));
      high = high.add(v7.castShape(D, 1).mul(c7));
      low.intoArray(x, i);
      high.intoArray(x, i + L);
    }
    return end;
  }

  /** Adds eight rows; returns where the whole vectors end. */
  static int axpy8(double[] c, short[][] rows, int k, double[] x, int from, int to) {
    short[] r0 = rows[k];
    short[] r1 = rows[k + 1];
    short[] r2 = rows[k + 2];
    short[] r3 = rows[k + 3];
    short[] r4 = rows[k + 4];
    short[] r5 = rows[k + 5];
    short[] r6 = rows[k + 6];
    short[] r7 = rows[k + 7];
    DoubleVector c0 = DoubleVector.broadcast(D, c[k]);
    DoubleVector c1 = DoubleVector.broadcast(D, c[k + 1]);
    DoubleVector c2 = DoubleVector.broadcast(D, c[k + 2]);
    DoubleVector c3 = DoubleVector.broadcast(D, c[k + 3]);
    DoubleVector c4 = DoubleVector.broadcast(D, c[k + 4]);
    DoubleVector c5 = DoubleVector.broadcast(D, c[k + 5]);
    DoubleVector c6 = DoubleVector.broadcast(D, c[k + 6]);
    DoubleVector c7 = DoubleVector.broadcast(D, c[k + 7]);
    int end = from + ((to - from) & (-2 * L));
    for (int i = from; i < end; i += 2 * L) {
      DoubleVector low = DoubleVector.fromArray(D, x, i);
      DoubleVector high = DoubleVector.fromArray(D, x, i + L);
      IntVector v0Bits = (IntVector) ShortVector.fromArray(S, r0, i).castShape(I, 0);
      FloatVector v0 = v0Bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
      low = low.add(v0.castShape(D, 0).mul(c0));
      high = high.add(v0.castShape(D, 1).mul(c0));
      IntVector v1Bits = (IntVector) ShortVector.fromArray(S, r1, i).castShape(I, 0);
      FloatVector v1 = v1Bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
      low = low.add(v1.castShape(D, 0).mul(c1));
      high = high.add(v1.castShape(D, 1).mul(c1));
      IntVector v2Bits = (IntVector) ShortVector.fromArray(S, r2, i).castShape(I, 0);
      FloatVector v2 = v2Bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
      low = low.add(v2.castShape(D, 0).mul(c2));
      high = high.add(v2.castShape(D, 1).mul(c2));
      IntVector v3Bits = (IntVector) ShortVector.fromArray(S, r3, i).castShape(I, 0);
      FloatVector v3 = v3Bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
      low = low.add(v3.castShape(D, 0).mul(c3));
      high = high.add(v3.castShape(D, 1).mul(c3));
      IntVector v4Bits = (IntVector) ShortVector.fromArray(S, r4, i).castShape(I, 0);
      FloatVector v4 = v4Bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
      low = low.add(v4.castShape(D, 0).mul(c4));
      high = high.add(v4.castShape(D, 1).mul(c4));
      IntVector v5Bits = (IntVector) ShortVector.fromArray(S, r5, i).castShape(I, 0);
      FloatVector v5 = v5Bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
      low = low.add(v5.castShape(D, 0).mul(c5));
      high = high.add(v5.castShape(D, 1).mul(c5));
      IntVector v6Bits = (IntVector) ShortVector.fromArray(S, r6, i).castShape(I, 0);
      FloatVector v6 = v6Bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
      low = low.add(v6.castShape(D, 0).mul(c6));
      high = high.add(v6.castShape(D, 1).mul(c6));
      IntVector v7Bits = (IntVector) ShortVector.fromArray(S, r7, i).castShape(I, 0);
      FloatVector v7 = v7Bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
      low = low.add(v7.castShape(D, 0).mul(c7));
      high = high.add(v7.castShape(D, 1).mul(c7));
      low.intoArray(x, i);
      high.intoArray(x, i + L);
    }
    return end;
  }
}
