package dev.optim.kernel;

import static dev.optim.kernel.SimdSpecies.D;
import static dev.optim.kernel.SimdSpecies.F;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The update rules of {@link UpdateKernels} on whole vectors. The elements left over are the
 * caller's: were their loop in the same method, it would take registers from this one, whose
 * coefficients fill them.
 */
final class SimdUpdates {

  private static final int DECAYED_BITS = Float.floatToRawIntBits(Floats.DECAYED);

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
      double eps,
      double decay,
      double scale) {
    for (int i = from; i < to; i += D.length()) {
      DoubleVector xi = DoubleVector.fromArray(D, x, i);
      DoubleVector gi = DoubleVector.fromArray(D, g, i).mul(scale).add(xi.mul(decay));
      DoubleVector u = DoubleVector.fromArray(D, previous, i).sub(gi).abs();
      gi.intoArray(previous, i);
      DoubleVector mi = DoubleVector.fromArray(D, m, i).mul(b1).add(gi.mul(a1));
      mi.intoArray(m, i);
      DoubleVector vi = DoubleVector.fromArray(D, v, i).mul(b2).add(gi.mul(gi).mul(a2));
      vi.intoArray(v, i);
      VectorMask<Double> less = u.compare(VectorOperators.LT, Doubles.DECAYED);
      u = DoubleVector.broadcast(D, Doubles.DECAYED).blend(u, less);
      DoubleVector shifted = u.mul(-Doubles.LOG2_E).add(Doubles.SHIFT);
      DoubleVector r = shifted.sub(Doubles.SHIFT).mul(Doubles.LN2).add(u);
      DoubleVector r2 = r.mul(r);
      DoubleVector r4 = r2.mul(r2);
      DoubleVector low = r.mul(-Doubles.N5).add(Doubles.N4).mul(r2);
      low = r.mul(-Doubles.N3).add(Doubles.N2).add(low);
      DoubleVector high = r.mul(-Doubles.N9).add(Doubles.N8).mul(r2);
      high = r.mul(-Doubles.N7).add(Doubles.N6).add(high).add(r4.mul(Doubles.N10));
      DoubleVector e = high.mul(r4).add(low).mul(r2).sub(r.sub(1));
      LongVector power = shifted.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
      DoubleVector friction = power.add(e.reinterpretAsLongs()).reinterpretAsDoubles().add(1);
      DoubleVector length = mi.div(friction.mul(vi.sqrt().add(eps)));
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
      float eps,
      float decay,
      float scale) {
    for (int i = from; i < to; i += F.length()) {
      FloatVector xi = FloatVector.fromArray(F, x, i);
      FloatVector gi = FloatVector.fromArray(F, g, i).mul(scale).add(xi.mul(decay));
      FloatVector difference = FloatVector.fromArray(F, previous, i).sub(gi);
      gi.intoArray(previous, i);
      FloatVector mi = FloatVector.fromArray(F, m, i).mul(b1).add(gi.mul(a1));
      mi.intoArray(m, i);
      FloatVector vi = FloatVector.fromArray(F, v, i).mul(b2).add(gi.mul(gi).mul(a2));
      vi.intoArray(v, i);
      // Integers in the order of the magnitudes: half the cost of abs and a comparison.
      IntVector bits = difference.reinterpretAsInts().and(Integer.MAX_VALUE).min(DECAYED_BITS);
      FloatVector u = bits.reinterpretAsFloats();
      FloatVector shifted = u.mul(-Floats.LOG2_E).add(Floats.SHIFT);
      FloatVector r = shifted.sub(Floats.SHIFT).mul(Floats.LN2).add(u);
      FloatVector r2 = r.mul(r);
      FloatVector q = r.mul(-Floats.N5).add(Floats.N4).mul(r2);
      q = r.mul(-Floats.N3).add(Floats.N2).add(q);
      FloatVector e = q.mul(r2).sub(r.sub(1));
      IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      FloatVector friction = power.add(e.reinterpretAsInts()).reinterpretAsFloats().add(1);
      FloatVector length = mi.div(friction.mul(vi.sqrt().add(eps)));
      xi.sub(length.mul(step)).intoArray(x, i);
    }
  }
}
