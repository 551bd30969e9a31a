package dev.optim.kernel;

import static dev.optim.kernel.SimdSpecies.D;
import static dev.optim.kernel.SimdSpecies.F;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/**
 * The reductions of {@link StepReductions} with the Vector API, several sums in one read. The
 * sixteen lanes are four vectors of four doubles, or two of eight; two vectors of eight floats, or
 * one of sixteen. See {@link SimdDoubles} for why no method takes a vector.
 */
final class SimdProducts {

  /** Doubles of a vector: 4 or 8. */
  private static final int L = D.length();

  private static final boolean FOUR = L == 4;
  private static final int LANES = Reductions.LANES;

  private SimdProducts() {}

  static void add(double[] x, double[] y, int from, int to, double[] out) {
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
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      DoubleVector u0 = DoubleVector.fromArray(D, x, i);
      DoubleVector v0 = DoubleVector.fromArray(D, y, i);
      a0 = a0.add(u0.mul(v0));
      b0 = b0.add(u0.mul(u0));
      c0 = c0.add(v0.mul(v0));
      DoubleVector u1 = DoubleVector.fromArray(D, x, i + L);
      DoubleVector v1 = DoubleVector.fromArray(D, y, i + L);
      a1 = a1.add(u1.mul(v1));
      b1 = b1.add(u1.mul(u1));
      c1 = c1.add(v1.mul(v1));
      if (FOUR) {
        DoubleVector u2 = DoubleVector.fromArray(D, x, i + 2 * L);
        DoubleVector v2 = DoubleVector.fromArray(D, y, i + 2 * L);
        a2 = a2.add(u2.mul(v2));
        b2 = b2.add(u2.mul(u2));
        c2 = c2.add(v2.mul(v2));
        DoubleVector u3 = DoubleVector.fromArray(D, x, i + 3 * L);
        DoubleVector v3 = DoubleVector.fromArray(D, y, i + 3 * L);
        a3 = a3.add(u3.mul(v3));
        b3 = b3.add(u3.mul(u3));
        c3 = c3.add(v3.mul(v3));
      }
    }
    DoubleVector a = FOUR ? a0.add(a2).add(a1.add(a3)) : a0.add(a1);
    DoubleVector b = FOUR ? b0.add(b2).add(b1.add(b3)) : b0.add(b1);
    DoubleVector c = FOUR ? c0.add(c2).add(c1.add(c3)) : c0.add(c1);
    double aTail = Reductions.tailDot(x, end, y, end, to - end);
    double bTail = Reductions.tailDot(x, end, x, end, to - end);
    double cTail = Reductions.tailDot(y, end, y, end, to - end);
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

  static void add(float[] x, float[] y, int from, int to, double[] out) {
    FloatVector a0 = FloatVector.zero(F);
    FloatVector a1 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      FloatVector u0 = FloatVector.fromArray(F, x, i);
      FloatVector v0 = FloatVector.fromArray(F, y, i);
      a0 = a0.add(u0.mul(v0));
      b0 = b0.add(u0.mul(u0));
      c0 = c0.add(v0.mul(v0));
      if (FOUR) {
        FloatVector u1 = FloatVector.fromArray(F, x, i + 2 * L);
        FloatVector v1 = FloatVector.fromArray(F, y, i + 2 * L);
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
    double aTail = StepReductions.dot(x, y, end, to);
    double bTail = StepReductions.dot(x, x, end, to);
    double cTail = StepReductions.dot(y, y, end, to);
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

  static void addSteps(
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
    DoubleVector a0 = DoubleVector.zero(D);
    DoubleVector a1 = a0;
    DoubleVector a2 = a0;
    DoubleVector a3 = a0;
    DoubleVector b0 = a0;
    DoubleVector b1 = a0;
    DoubleVector b2 = a0;
    DoubleVector b3 = a0;
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      DoubleVector n0 =
          DoubleVector.fromArray(D, m, i).mul(ofM).add(DoubleVector.fromArray(D, g, i).mul(ofG));
      DoubleVector d0 = DoubleVector.fromArray(D, v, i).sqrt().mul(root).add(eps);
      DoubleVector x0 = DoubleVector.fromArray(D, x, i);
      a0 = a0.add(x0.mul(n0.div(d0)));
      b0 = b0.add(x0.mul(x0));
      DoubleVector n1 =
          DoubleVector.fromArray(D, m, i + L)
              .mul(ofM)
              .add(DoubleVector.fromArray(D, g, i + L).mul(ofG));
      DoubleVector d1 = DoubleVector.fromArray(D, v, i + L).sqrt().mul(root).add(eps);
      DoubleVector x1 = DoubleVector.fromArray(D, x, i + L);
      a1 = a1.add(x1.mul(n1.div(d1)));
      b1 = b1.add(x1.mul(x1));
      if (FOUR) {
        DoubleVector n2 =
            DoubleVector.fromArray(D, m, i + 2 * L)
                .mul(ofM)
                .add(DoubleVector.fromArray(D, g, i + 2 * L).mul(ofG));
        DoubleVector d2 = DoubleVector.fromArray(D, v, i + 2 * L).sqrt().mul(root).add(eps);
        DoubleVector x2 = DoubleVector.fromArray(D, x, i + 2 * L);
        a2 = a2.add(x2.mul(n2.div(d2)));
        b2 = b2.add(x2.mul(x2));
        DoubleVector n3 =
            DoubleVector.fromArray(D, m, i + 3 * L)
                .mul(ofM)
                .add(DoubleVector.fromArray(D, g, i + 3 * L).mul(ofG));
        DoubleVector d3 = DoubleVector.fromArray(D, v, i + 3 * L).sqrt().mul(root).add(eps);
        DoubleVector x3 = DoubleVector.fromArray(D, x, i + 3 * L);
        a3 = a3.add(x3.mul(n3.div(d3)));
        b3 = b3.add(x3.mul(x3));
      }
    }
    DoubleVector a = FOUR ? a0.add(a2).add(a1.add(a3)) : a0.add(a1);
    DoubleVector b = FOUR ? b0.add(b2).add(b1.add(b3)) : b0.add(b1);
    double aTail = StepReductions.stepDot(x, g, m, v, end, to, ofM, ofG, root, eps);
    double bTail = Reductions.tailDot(x, end, x, end, to - end);
    if (FOUR) {
      out[0] += (a.lane(0) + a.lane(2)) + (a.lane(1) + a.lane(3)) + aTail;
      out[1] += (b.lane(0) + b.lane(2)) + (b.lane(1) + b.lane(3)) + bTail;
    } else {
      double even = (a.lane(0) + a.lane(4)) + (a.lane(2) + a.lane(6));
      out[0] += even + ((a.lane(1) + a.lane(5)) + (a.lane(3) + a.lane(7))) + aTail;
      even = (b.lane(0) + b.lane(4)) + (b.lane(2) + b.lane(6));
      out[1] += even + ((b.lane(1) + b.lane(5)) + (b.lane(3) + b.lane(7))) + bTail;
    }
  }

  static void addSteps(
      float[] x,
      float[] g,
      float[] m,
      float[] v,
      int from,
      int to,
      float ofM,
      float ofG,
      float root,
      float eps,
      double[] out) {
    FloatVector a0 = FloatVector.zero(F);
    FloatVector a1 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    int end = from + ((to - from) & -LANES);
    for (int i = from; i < end; i += LANES) {
      FloatVector n0 =
          FloatVector.fromArray(F, m, i).mul(ofM).add(FloatVector.fromArray(F, g, i).mul(ofG));
      FloatVector d0 = FloatVector.fromArray(F, v, i).sqrt().mul(root).add(eps);
      FloatVector x0 = FloatVector.fromArray(F, x, i);
      a0 = a0.add(x0.mul(n0.div(d0)));
      b0 = b0.add(x0.mul(x0));
      if (FOUR) {
        FloatVector n1 =
            FloatVector.fromArray(F, m, i + 2 * L)
                .mul(ofM)
                .add(FloatVector.fromArray(F, g, i + 2 * L).mul(ofG));
        FloatVector d1 = FloatVector.fromArray(F, v, i + 2 * L).sqrt().mul(root).add(eps);
        FloatVector x1 = FloatVector.fromArray(F, x, i + 2 * L);
        a1 = a1.add(x1.mul(n1.div(d1)));
        b1 = b1.add(x1.mul(x1));
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
    double aTail = StepReductions.stepDot(x, g, m, v, end, to, ofM, ofG, root, eps);
    double bTail = StepReductions.dot(x, x, end, to);
    if (FOUR) {
      out[0] += (a.lane(0) + a.lane(2)) + (a.lane(1) + a.lane(3)) + aTail;
      out[1] += (b.lane(0) + b.lane(2)) + (b.lane(1) + b.lane(3)) + bTail;
    } else {
      double even = (a.lane(0) + a.lane(4)) + (a.lane(2) + a.lane(6));
      out[0] += even + ((a.lane(1) + a.lane(5)) + (a.lane(3) + a.lane(7))) + aTail;
      even = (b.lane(0) + b.lane(4)) + (b.lane(2) + b.lane(6));
      out[1] += even + ((b.lane(1) + b.lane(5)) + (b.lane(3) + b.lane(7))) + bTail;
    }
  }
}
