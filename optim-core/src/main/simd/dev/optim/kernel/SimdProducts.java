package dev.optim.kernel;

import static dev.optim.kernel.SimdSpecies.D;
import static dev.optim.kernel.SimdSpecies.F;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * Inner products of two vectors with each other and with themselves in one read of both. The
 * sixteen lanes are four vectors of four doubles, or two of eight; two vectors of eight floats, or
 * one of sixteen. See {@link SimdDoubles} for why no method takes a vector.
 */
final class SimdProducts {

  /** Doubles of a vector: 4 or 8. */
  private static final int L = D.length();

  private static final boolean FOUR = L == 4;
  private static final int LANES = Reductions.LANES;

  private SimdProducts() {}

  static void add(double[] x, int xFrom, double[] y, int yFrom, int length, double[] out) {
    DoubleVector a0 = DoubleVector.zero(D);
    DoubleVector a1 = a0;
    DoubleVector a2 = a0;
    DoubleVector a3 = a0;
    DoubleVector b0 = a0;
    DoubleVector b1 = a0;
    DoubleVector b2 = a0;
    DoubleVector b3 = a0;
    DoubleVector c0 = a0;
    DoubleVector c1 = a0;
    DoubleVector c2 = a0;
    DoubleVector c3 = a0;
    int whole = length & -LANES;
    for (int i = 0; i < whole; i += LANES) {
      DoubleVector u0 = DoubleVector.fromArray(D, x, xFrom + i);
      DoubleVector v0 = DoubleVector.fromArray(D, y, yFrom + i);
      a0 = a0.add(u0.mul(v0));
      b0 = b0.add(u0.mul(u0));
      c0 = c0.add(v0.mul(v0));
      DoubleVector u1 = DoubleVector.fromArray(D, x, xFrom + i + L);
      DoubleVector v1 = DoubleVector.fromArray(D, y, yFrom + i + L);
      a1 = a1.add(u1.mul(v1));
      b1 = b1.add(u1.mul(u1));
      c1 = c1.add(v1.mul(v1));
      if (FOUR) {
        DoubleVector u2 = DoubleVector.fromArray(D, x, xFrom + i + 2 * L);
        DoubleVector v2 = DoubleVector.fromArray(D, y, yFrom + i + 2 * L);
        a2 = a2.add(u2.mul(v2));
        b2 = b2.add(u2.mul(u2));
        c2 = c2.add(v2.mul(v2));
        DoubleVector u3 = DoubleVector.fromArray(D, x, xFrom + i + 3 * L);
        DoubleVector v3 = DoubleVector.fromArray(D, y, yFrom + i + 3 * L);
        a3 = a3.add(u3.mul(v3));
        b3 = b3.add(u3.mul(u3));
        c3 = c3.add(v3.mul(v3));
      }
    }
    DoubleVector a = FOUR ? a0.add(a2).add(a1.add(a3)) : a0.add(a1);
    DoubleVector b = FOUR ? b0.add(b2).add(b1.add(b3)) : b0.add(b1);
    DoubleVector c = FOUR ? c0.add(c2).add(c1.add(c3)) : c0.add(c1);
    int rest = length - whole;
    double aTail = Reductions.tailDot(x, xFrom + whole, y, yFrom + whole, rest);
    double bTail = Reductions.tailDot(x, xFrom + whole, x, xFrom + whole, rest);
    double cTail = Reductions.tailDot(y, yFrom + whole, y, yFrom + whole, rest);
    if (FOUR) {
      out[0] += (a.lane(0) + a.lane(2)) + (a.lane(1) + a.lane(3)) + aTail;
      out[1] += (b.lane(0) + b.lane(2)) + (b.lane(1) + b.lane(3)) + bTail;
      out[2] += (c.lane(0) + c.lane(2)) + (c.lane(1) + c.lane(3)) + cTail;
    } else {
      double even = (a.lane(0) + a.lane(4)) + (a.lane(2) + a.lane(6));
      out[0] += even + ((a.lane(1) + a.lane(5)) + (a.lane(3) + a.lane(7))) + aTail;
      even = (b.lane(0) + b.lane(4)) + (b.lane(2) + b.lane(6));
      out[1] += even + ((b.lane(1) + b.lane(5)) + (b.lane(3) + b.lane(7))) + bTail;
      even = (c.lane(0) + c.lane(4)) + (c.lane(2) + c.lane(6));
      out[2] += even + ((c.lane(1) + c.lane(5)) + (c.lane(3) + c.lane(7))) + cTail;
    }
  }

  static void add(float[] x, int xFrom, float[] y, int yFrom, int length, double[] out) {
    FloatVector a0 = FloatVector.zero(F);
    FloatVector a1 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    int whole = length & -LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector u0 = FloatVector.fromArray(F, x, xFrom + i);
      FloatVector v0 = FloatVector.fromArray(F, y, yFrom + i);
      a0 = a0.add(u0.mul(v0));
      b0 = b0.add(u0.mul(u0));
      c0 = c0.add(v0.mul(v0));
      if (FOUR) {
        FloatVector u1 = FloatVector.fromArray(F, x, xFrom + i + 2 * L);
        FloatVector v1 = FloatVector.fromArray(F, y, yFrom + i + 2 * L);
        a1 = a1.add(u1.mul(v1));
        b1 = b1.add(u1.mul(u1));
        c1 = c1.add(v1.mul(v1));
      }
    }
    DoubleVector a = (DoubleVector) a0.castShape(D, 0);
    if (FOUR) {
      a = a.add(a1.castShape(D, 0));
      a = a.add(a0.castShape(D, 1).add(a1.castShape(D, 1)));
    } else {
      a = a.add(a0.castShape(D, 1));
    }
    DoubleVector b = (DoubleVector) b0.castShape(D, 0);
    if (FOUR) {
      b = b.add(b1.castShape(D, 0));
      b = b.add(b0.castShape(D, 1).add(b1.castShape(D, 1)));
    } else {
      b = b.add(b0.castShape(D, 1));
    }
    DoubleVector c = (DoubleVector) c0.castShape(D, 0);
    if (FOUR) {
      c = c.add(c1.castShape(D, 0));
      c = c.add(c0.castShape(D, 1).add(c1.castShape(D, 1)));
    } else {
      c = c.add(c0.castShape(D, 1));
    }
    double aTail = 0;
    double bTail = 0;
    double cTail = 0;
    for (int i = whole; i < length; i++) {
      float u = x[xFrom + i];
      float v = y[yFrom + i];
      aTail += u * v;
      bTail += u * u;
      cTail += v * v;
    }
    if (FOUR) {
      out[0] += (a.lane(0) + a.lane(2)) + (a.lane(1) + a.lane(3)) + aTail;
      out[1] += (b.lane(0) + b.lane(2)) + (b.lane(1) + b.lane(3)) + bTail;
      out[2] += (c.lane(0) + c.lane(2)) + (c.lane(1) + c.lane(3)) + cTail;
    } else {
      double even = (a.lane(0) + a.lane(4)) + (a.lane(2) + a.lane(6));
      out[0] += even + ((a.lane(1) + a.lane(5)) + (a.lane(3) + a.lane(7))) + aTail;
      even = (b.lane(0) + b.lane(4)) + (b.lane(2) + b.lane(6));
      out[1] += even + ((b.lane(1) + b.lane(5)) + (b.lane(3) + b.lane(7))) + bTail;
      even = (c.lane(0) + c.lane(4)) + (c.lane(2) + c.lane(6));
      out[2] += even + ((c.lane(1) + c.lane(5)) + (c.lane(3) + c.lane(7))) + cTail;
    }
  }
}
