package dev.optim.kernel;

import static dev.optim.kernel.SimdSpecies.D;
import static dev.optim.kernel.SimdSpecies.F;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The update rules of {@link UpdateKernels} on whole vectors. The elements left over are the
 * caller's: were their loop in the same method, it would take registers from this one, whose
 * coefficients fill them.
 */
final class SimdUpdates {

  private SimdUpdates() {}

  static void lion(
      double[] x,
      double[] m,
      double[] g,
      int from,
      int to,
      double b1,
      double a1,
      double b2,
      double a2,
      double step,
      double decay) {
    for (int i = from; i < to; i += D.length()) {
      DoubleVector gi = DoubleVector.fromArray(D, g, i);
      DoubleVector mi = DoubleVector.fromArray(D, m, i);
      DoubleVector c = mi.mul(b1).add(gi.mul(a1));
      mi.mul(b2).add(gi.mul(a2)).intoArray(m, i);
      // step sign(c): zeros keep their sign and NaN stays, as in Math.signum.
      DoubleVector move =
          c.blend(step, c.compare(VectorOperators.GT, 0))
              .blend(-step, c.compare(VectorOperators.LT, 0));
      DoubleVector.fromArray(D, x, i).mul(decay).sub(move).intoArray(x, i);
    }
  }

  static void lion(
      float[] x,
      float[] m,
      float[] g,
      int from,
      int to,
      float b1,
      float a1,
      float b2,
      float a2,
      float step,
      float decay) {
    for (int i = from; i < to; i += F.length()) {
      FloatVector gi = FloatVector.fromArray(F, g, i);
      FloatVector mi = FloatVector.fromArray(F, m, i);
      FloatVector c = mi.mul(b1).add(gi.mul(a1));
      mi.mul(b2).add(gi.mul(a2)).intoArray(m, i);
      // step sign(c): zeros keep their sign and NaN stays, as in Math.signum.
      FloatVector move =
          c.blend(step, c.compare(VectorOperators.GT, 0))
              .blend(-step, c.compare(VectorOperators.LT, 0));
      FloatVector.fromArray(F, x, i).mul(decay).sub(move).intoArray(x, i);
    }
  }

  static void diffGrad(
      double[] x,
      double[] g,
      double[] m,
      double[] v,
      double[] previous,
      int from,
      int to,
      double b1,
      double a1,
      double b2,
      double a2,
      double step,
      double root,
      double eps,
      double decay,
      double scale) {
    for (int i = from; i < to; i += D.length()) {
      DoubleVector xi = DoubleVector.fromArray(D, x, i);
      DoubleVector gi = DoubleVector.fromArray(D, g, i).mul(scale).add(xi.mul(decay));
      DoubleVector t = DoubleVector.fromArray(D, previous, i).sub(gi).abs().neg();
      gi.intoArray(previous, i);
      DoubleVector mi = DoubleVector.fromArray(D, m, i).mul(b1).add(gi.mul(a1));
      mi.intoArray(m, i);
      DoubleVector vi = DoubleVector.fromArray(D, v, i).mul(b2).add(gi.mul(gi).mul(a2));
      vi.intoArray(v, i);
      t = t.blend(Doubles.NEGATIVE_MIN, t.compare(VectorOperators.LT, Doubles.NEGATIVE_MIN));
      DoubleVector shifted = t.mul(Doubles.LOG2_E).add(Doubles.SHIFT);
      DoubleVector r = t.sub(shifted.sub(Doubles.SHIFT).mul(Doubles.LN2));
      DoubleVector r2 = r.mul(r);
      DoubleVector r4 = r2.mul(r2);
      DoubleVector low = r.mul(Doubles.N5).add(Doubles.N4).mul(r2);
      low = r.mul(Doubles.N3).add(Doubles.N2).add(low);
      DoubleVector high = r.mul(Doubles.N9).add(Doubles.N8).mul(r2);
      high = r.mul(Doubles.N7).add(Doubles.N6).add(high).add(r4.mul(Doubles.N10));
      DoubleVector e = r.add(1).add(high.mul(r4).add(low).mul(r2));
      DoubleVector power =
          shifted
              .reinterpretAsLongs()
              .lanewise(VectorOperators.LSHL, 52)
              .add(Doubles.ONE_BITS)
              .reinterpretAsDoubles();
      DoubleVector friction = e.mul(power).add(1);
      DoubleVector length = mi.div(friction.mul(vi.sqrt().mul(root).add(eps)));
      xi.sub(length.mul(step)).intoArray(x, i);
    }
  }

  static void diffGrad(
      float[] x,
      float[] g,
      float[] m,
      float[] v,
      float[] previous,
      int from,
      int to,
      float b1,
      float a1,
      float b2,
      float a2,
      float step,
      float root,
      float eps,
      float decay,
      float scale) {
    for (int i = from; i < to; i += F.length()) {
      FloatVector xi = FloatVector.fromArray(F, x, i);
      FloatVector gi = FloatVector.fromArray(F, g, i).mul(scale).add(xi.mul(decay));
      FloatVector t = FloatVector.fromArray(F, previous, i).sub(gi).abs().neg();
      gi.intoArray(previous, i);
      FloatVector mi = FloatVector.fromArray(F, m, i).mul(b1).add(gi.mul(a1));
      mi.intoArray(m, i);
      FloatVector vi = FloatVector.fromArray(F, v, i).mul(b2).add(gi.mul(gi).mul(a2));
      vi.intoArray(v, i);
      t = t.blend(Floats.NEGATIVE_MIN, t.compare(VectorOperators.LT, Floats.NEGATIVE_MIN));
      FloatVector shifted = t.mul(Floats.LOG2_E).add(Floats.SHIFT);
      FloatVector r = t.sub(shifted.sub(Floats.SHIFT).mul(Floats.LN2));
      FloatVector r2 = r.mul(r);
      FloatVector q = r.mul(Floats.N5).add(Floats.N4).mul(r2);
      q = r.mul(Floats.N3).add(Floats.N2).add(q);
      FloatVector e = r.add(1).add(q.mul(r2));
      FloatVector power =
          shifted
              .reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, 23)
              .add(Floats.ONE_BITS)
              .reinterpretAsFloats();
      FloatVector friction = e.mul(power).add(1);
      FloatVector length = mi.div(friction.mul(vi.sqrt().mul(root).add(eps)));
      xi.sub(length.mul(step)).intoArray(x, i);
    }
  }
}
