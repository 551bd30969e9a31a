package dev.optim.kernel;

import static dev.optim.kernel.Doubles.*;
import static dev.optim.kernel.SimdSpecies.D;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The functions of {@link Doubles}, operation by operation, on vectors. The array forms take whole
 * vectors only.
 *
 * <p>No method here takes or returns a vector. The compiler unboxes the vectors of a loop only
 * while it inlines every method called on them; it always inlines the Vector API, but methods of
 * ours only until a compilation has grown to a certain size, which depends on the callers. In a
 * caller that has grown it gives up on the Vector API, too; what has over 325 bytes of code, as exp
 * and sigmoid have, it leaves a call.
 */
final class SimdDoubles {

  static final int STEP = D.length();

  private SimdDoubles() {}

  static void exp(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      DoubleVector v = DoubleVector.fromArray(D, x, i);
      // Half the cost of min and max, which look for NaN and -0; comparisons let NaN through, too.
      DoubleVector t = v.blend(EXP_MAX, v.compare(VectorOperators.GT, EXP_MAX));
      t = t.blend(EXP_MIN, v.compare(VectorOperators.LT, EXP_MIN));
      DoubleVector shifted = t.mul(LOG2_E).add(SHIFT);
      DoubleVector k = shifted.sub(SHIFT);
      DoubleVector r = t.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
      DoubleVector z = r.mul(r);
      DoubleVector z2 = z.mul(z);
      DoubleVector p01 = z.mul(E1).add(E0);
      DoubleVector p23 = z.mul(E3).add(E2);
      DoubleVector p = p01.add(p23.add(z2.mul(E4)).mul(z2));
      DoubleVector c = r.sub(z.mul(p));
      DoubleVector e = r.add(r.mul(c).div(c.neg().add(2)));
      LongVector biased = shifted.reinterpretAsLongs().add(2046 - SHIFT_BITS);
      LongVector half = biased.lanewise(VectorOperators.LSHR, 1);
      DoubleVector low = half.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
      DoubleVector high =
          biased.sub(half).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
      e.add(1).mul(low).mul(high).intoArray(out, i);
    }
  }

  static void sigmoid(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      DoubleVector v = DoubleVector.fromArray(D, x, i);
      DoubleVector t = v.abs().neg().max(EXP_MIN);
      DoubleVector shifted = t.mul(LOG2_E).add(SHIFT);
      DoubleVector k = shifted.sub(SHIFT);
      DoubleVector r = t.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
      DoubleVector z = r.mul(r);
      DoubleVector z2 = z.mul(z);
      DoubleVector p01 = z.mul(E1).add(E0);
      DoubleVector p23 = z.mul(E3).add(E2);
      DoubleVector p = p01.add(p23.add(z2.mul(E4)).mul(z2));
      DoubleVector c = r.sub(z.mul(p));
      DoubleVector e = r.add(r.mul(c).div(c.neg().add(2)));
      LongVector biased = shifted.reinterpretAsLongs().add(2046 - SHIFT_BITS);
      LongVector half = biased.lanewise(VectorOperators.LSHR, 1);
      DoubleVector low = half.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
      DoubleVector high =
          biased.sub(half).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
      e = e.add(1).mul(low).mul(high);
      e.blend(1, v.compare(VectorOperators.GE, 0)).div(e.add(1)).intoArray(out, i);
    }
  }

  static void tanh(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      DoubleVector v = DoubleVector.fromArray(D, x, i);
      DoubleVector t = v.abs().min(22).mul(-2);
      DoubleVector shifted = t.mul(LOG2_E).add(SHIFT);
      DoubleVector k = shifted.sub(SHIFT);
      DoubleVector r = t.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
      DoubleVector z = r.mul(r);
      DoubleVector z2 = z.mul(z);
      DoubleVector p01 = z.mul(E1).add(E0);
      DoubleVector p23 = z.mul(E3).add(E2);
      DoubleVector p = p01.add(p23.add(z2.mul(E4)).mul(z2));
      DoubleVector c = r.sub(z.mul(p));
      DoubleVector e = r.add(r.mul(c).div(c.neg().add(2)));
      LongVector biased = shifted.reinterpretAsLongs().add(1023 - SHIFT_BITS);
      DoubleVector power = biased.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
      DoubleVector u = power.mul(e).add(power.sub(1));
      LongVector magnitude = u.div(u.add(2)).abs().reinterpretAsLongs();
      LongVector sign = v.reinterpretAsLongs().and(Long.MIN_VALUE);
      magnitude.or(sign).reinterpretAsDoubles().intoArray(out, i);
    }
  }

  /** Vectors of positive normal numbers; any other vector goes to the scalar form. */
  static void log(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      DoubleVector v = DoubleVector.fromArray(D, x, i);
      if (v.lt(Double.MIN_NORMAL).or(v.lt(Double.POSITIVE_INFINITY).not()).anyTrue()) {
        for (int j = i; j < i + STEP; j++) {
          out[j] = Doubles.log(x[j]);
        }
      } else {
        LongVector bits = v.reinterpretAsLongs().add(ONE_BITS - SQRT_HALF_BITS);
        // There is no conversion from 64-bit integers before AVX-512.
        DoubleVector k =
            bits.lanewise(VectorOperators.LSHR, 52)
                .or(TWO_52_BITS)
                .reinterpretAsDoubles()
                .sub(TWO_52)
                .add(-1023);
        DoubleVector f = bits.and(MANTISSA).add(SQRT_HALF_BITS).reinterpretAsDoubles().sub(1);
        DoubleVector s = f.div(f.add(2));
        DoubleVector z = s.mul(s);
        DoubleVector z2 = z.mul(z);
        DoubleVector low = z.mul(L1).add(L0).add(z.mul(L3).add(L2).mul(z2));
        DoubleVector high = z.mul(L5).add(L4).add(z2.mul(L6));
        DoubleVector tail = z.mul(low.add(high.mul(z2.mul(z2))));
        DoubleVector halfSquare = f.mul(0.5).mul(f);
        DoubleVector rest = halfSquare.sub(s.mul(halfSquare.add(tail)).add(k.mul(LN2_LOW)));
        k.mul(LN2_HIGH).sub(rest.sub(f)).intoArray(out, i);
      }
    }
  }
}
