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
 * Sums of vectors, and the update rules of {@link UpdateKernels} on whole vectors of the Vector
 * API. The elements a rule leaves over are the caller's: were their loop in the same method, it
 * would take registers from this one, whose coefficients fill them.
 */
final class SimdUpdates {

  private static final int DECAYED_BITS = Float.floatToRawIntBits(Floats.DECAYED);

  private SimdUpdates() {}

  static void axpy(double a, double[] x, int xFrom, double[] y, int yFrom, int length) {
    int i = 0;
    for (; i <= length - D.length(); i += D.length()) {
      DoubleVector product = DoubleVector.fromArray(D, x, xFrom + i).mul(a);
      DoubleVector.fromArray(D, y, yFrom + i).add(product).intoArray(y, yFrom + i);
    }
    for (; i < length; i++) {
      y[yFrom + i] += a * x[xFrom + i];
    }
  }

  static void axpy(float a, float[] x, int xFrom, float[] y, int yFrom, int length) {
    int i = 0;
    for (; i <= length - F.length(); i += F.length()) {
      FloatVector product = FloatVector.fromArray(F, x, xFrom + i).mul(a);
      FloatVector.fromArray(F, y, yFrom + i).add(product).intoArray(y, yFrom + i);
    }
    for (; i < length; i++) {
      y[yFrom + i] += a * x[xFrom + i];
    }
  }

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
    boolean coupled = decay != 0; // the compiler makes a loop for each
    for (int i = from; i < to; i += D.length()) {
      DoubleVector xi = DoubleVector.fromArray(D, x, i);
      DoubleVector gi = DoubleVector.fromArray(D, g, i).mul(scale);
      if (coupled) {
        gi = gi.add(xi.mul(decay));
      }
      DoubleVector u = DoubleVector.fromArray(D, previous, i).sub(gi).abs();
      gi.intoArray(previous, i);
      DoubleVector mi = DoubleVector.fromArray(D, m, i).mul(b1).add(gi.mul(a1));
      mi.intoArray(m, i);
      DoubleVector vi = DoubleVector.fromArray(D, v, i).mul(b2).add(gi.mul(gi).mul(a2));
      vi.intoArray(v, i);
      VectorMask<Double> less = u.compare(VectorOperators.LT, Doubles.DECAYED);
      u = DoubleVector.broadcast(D, Doubles.DECAYED).blend(u, less);
      DoubleVector scaled = u.mul(Doubles.QUARTER_LOG2_E);
      DoubleVector shifted = DoubleVector.broadcast(D, Doubles.QUARTER_SHIFT).sub(scaled);
      DoubleVector f = shifted.sub(Doubles.QUARTER_SHIFT).add(scaled);
      DoubleVector z = f.mul(f);
      DoubleVector z2 = z.mul(z);
      DoubleVector high = z.mul(Doubles.Q3).add(Doubles.Q2).add(z2.mul(Doubles.Q4));
      DoubleVector q = high.mul(z2).add(z.mul(Doubles.Q1).add(Doubles.Q0));
      // Before n: with n first, JDK 17 puts vectors of a loop with decay on the heap.
      DoubleVector d = q.add(f);
      LongVector power = shifted.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
      DoubleVector n = power.add(q.sub(f).reinterpretAsLongs()).reinterpretAsDoubles();
      DoubleVector move = mi.mul(step).mul(d).div(n.add(d).mul(vi.sqrt().add(eps)));
      xi.sub(move).intoArray(x, i);
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
    boolean coupled = decay != 0; // the compiler makes a loop for each
    for (int i = from; i < to; i += F.length()) {
      FloatVector xi = FloatVector.fromArray(F, x, i);
      FloatVector gi = FloatVector.fromArray(F, g, i).mul(scale);
      if (coupled) {
        gi = gi.add(xi.mul(decay));
      }
      FloatVector difference = FloatVector.fromArray(F, previous, i).sub(gi);
      gi.intoArray(previous, i);
      FloatVector mi = FloatVector.fromArray(F, m, i).mul(b1).add(gi.mul(a1));
      mi.intoArray(m, i);
      FloatVector vi = FloatVector.fromArray(F, v, i).mul(b2).add(gi.mul(gi).mul(a2));
      vi.intoArray(v, i);
      // Integers in the order of the magnitudes: half the cost of abs and a comparison.
      IntVector bits = difference.reinterpretAsInts().and(Integer.MAX_VALUE).min(DECAYED_BITS);
      FloatVector u = bits.reinterpretAsFloats();
      FloatVector scaled = u.mul(Floats.QUARTER_LOG2_E);
      FloatVector shifted = FloatVector.broadcast(F, Floats.QUARTER_SHIFT).sub(scaled);
      FloatVector f = shifted.sub(Floats.QUARTER_SHIFT).add(scaled);
      FloatVector z = f.mul(f);
      FloatVector q = z.mul(Floats.Q2).add(Floats.Q1).mul(z).add(Floats.Q0);
      FloatVector d = q.add(f);
      IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      FloatVector n = power.add(q.sub(f).reinterpretAsInts()).reinterpretAsFloats();
      FloatVector move = mi.mul(step).mul(d).div(n.add(d).mul(vi.sqrt().add(eps)));
      xi.sub(move).intoArray(x, i);
    }
  }

  static void adamDirection(
      double[] g,
      double[] m,
      double[] v,
      int from,
      int to,
      double[] u,
      int at,
      double b1,
      double a1,
      double b2,
      double a2,
      double root,
      double eps,
      double scale,
      boolean nesterov) {
    int i = from;
    int k = at;
    for (; i <= to - D.length(); i += D.length(), k += D.length()) {
      DoubleVector gi = DoubleVector.fromArray(D, g, i).mul(scale);
      DoubleVector mi = DoubleVector.fromArray(D, m, i).mul(b1).add(gi.mul(a1));
      mi.intoArray(m, i);
      DoubleVector vi = DoubleVector.fromArray(D, v, i).mul(b2).add(gi.mul(gi).mul(a2));
      vi.intoArray(v, i);
      if (nesterov) { // the compiler makes a loop for each
        mi = mi.mul(b1).add(gi.mul(a1));
      }
      mi.div(vi.sqrt().mul(root).add(eps)).intoArray(u, k);
    }
    for (; i < to; i++, k++) {
      double gi = scale * g[i];
      double mi = b1 * m[i] + a1 * gi;
      double vi = b2 * v[i] + a2 * (gi * gi);
      m[i] = mi;
      v[i] = vi;
      u[k] = (nesterov ? b1 * mi + a1 * gi : mi) / (Math.sqrt(vi) * root + eps);
    }
  }

  static void descend(
      double[] x,
      int xFrom,
      double[] u,
      int uFrom,
      int length,
      double keep,
      double step,
      double radial) {
    int i = 0;
    for (; i <= length - D.length(); i += D.length()) {
      DoubleVector xi = DoubleVector.fromArray(D, x, xFrom + i);
      DoubleVector move = DoubleVector.fromArray(D, u, uFrom + i).sub(xi.mul(radial)).mul(step);
      xi.mul(keep).sub(move).intoArray(x, xFrom + i);
    }
    for (; i < length; i++) {
      double xi = x[xFrom + i];
      x[xFrom + i] = keep * xi - step * (u[uFrom + i] - radial * xi);
    }
  }

  static void adamDirection(
      float[] g,
      float[] m,
      float[] v,
      int from,
      int to,
      float[] u,
      int at,
      float b1,
      float a1,
      float b2,
      float a2,
      float root,
      float eps,
      float scale,
      boolean nesterov) {
    int i = from;
    int k = at;
    for (; i <= to - F.length(); i += F.length(), k += F.length()) {
      FloatVector gi = FloatVector.fromArray(F, g, i).mul(scale);
      FloatVector mi = FloatVector.fromArray(F, m, i).mul(b1).add(gi.mul(a1));
      mi.intoArray(m, i);
      FloatVector vi = FloatVector.fromArray(F, v, i).mul(b2).add(gi.mul(gi).mul(a2));
      vi.intoArray(v, i);
      if (nesterov) { // the compiler makes a loop for each
        mi = mi.mul(b1).add(gi.mul(a1));
      }
      mi.div(vi.sqrt().mul(root).add(eps)).intoArray(u, k);
    }
    for (; i < to; i++, k++) {
      float gi = scale * g[i];
      float mi = b1 * m[i] + a1 * gi;
      float vi = b2 * v[i] + a2 * (gi * gi);
      m[i] = mi;
      v[i] = vi;
      u[k] = (nesterov ? b1 * mi + a1 * gi : mi) / ((float) Math.sqrt(vi) * root + eps);
    }
  }

  static void descend(
      float[] x,
      int xFrom,
      float[] u,
      int uFrom,
      int length,
      float keep,
      float step,
      float radial) {
    int i = 0;
    for (; i <= length - F.length(); i += F.length()) {
      FloatVector xi = FloatVector.fromArray(F, x, xFrom + i);
      FloatVector move = FloatVector.fromArray(F, u, uFrom + i).sub(xi.mul(radial)).mul(step);
      xi.mul(keep).sub(move).intoArray(x, xFrom + i);
    }
    for (; i < length; i++) {
      float xi = x[xFrom + i];
      x[xFrom + i] = keep * xi - step * (u[uFrom + i] - radial * xi);
    }
  }
}
