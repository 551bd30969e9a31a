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
      DoubleVector scaled = u.mul(Doubles.LOG2_E);
      DoubleVector shifted = DoubleVector.broadcast(D, Doubles.SHIFT).sub(scaled);
      DoubleVector f = shifted.sub(Doubles.SHIFT).add(scaled);
      DoubleVector f2 = f.mul(f);
      DoubleVector f4 = f2.mul(f2);
      DoubleVector low = f.mul(Doubles.P5).add(Doubles.P4).mul(f2);
      low = f.mul(Doubles.P3).add(Doubles.P2).add(low);
      DoubleVector high = f.mul(Doubles.P9).add(Doubles.P8).mul(f2);
      high = f.mul(Doubles.P7).add(Doubles.P6).add(high).add(f4.mul(Doubles.P10));
      DoubleVector e = high.mul(f4).add(low).mul(f2).add(f.mul(Doubles.P1).add(1));
      LongVector power = shifted.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
      DoubleVector friction = power.add(e.reinterpretAsLongs()).reinterpretAsDoubles().add(1);
      DoubleVector move = mi.mul(step).div(friction.mul(vi.sqrt().add(eps)));
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
      FloatVector scaled = u.mul(Floats.LOG2_E);
      FloatVector shifted = FloatVector.broadcast(F, Floats.SHIFT).sub(scaled);
      FloatVector f = shifted.sub(Floats.SHIFT).add(scaled);
      FloatVector f2 = f.mul(f);
      FloatVector q = f.mul(Floats.P5).add(Floats.P4).mul(f2);
      q = f.mul(Floats.P3).add(Floats.P2).add(q);
      FloatVector e = q.mul(f2).add(f.mul(Floats.P1).add(1));
      IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      FloatVector friction = power.add(e.reinterpretAsInts()).reinterpretAsFloats().add(1);
      FloatVector move = mi.mul(step).div(friction.mul(vi.sqrt().add(eps)));
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
