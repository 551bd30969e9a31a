package dev.optim.kernel;

import static dev.optim.kernel.Floats.*;
import static dev.optim.kernel.SimdSpecies.F;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The functions of {@link Floats}, operation by operation, on vectors. The array forms take whole
 * vectors only.
 *
 * <p>No method here takes or returns a vector. The compiler unboxes the vectors of a loop only
 * while it inlines every method called on them; it always inlines the Vector API, but methods of
 * ours only until a compilation has grown to a certain size, which depends on the callers.
 */
final class SimdFloats {

  static final int STEP = F.length();

  private SimdFloats() {}

  static void exp(float[] x, float[] out, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      FloatVector v = FloatVector.fromArray(F, x, i);
      // Half the cost of min and max, which look for NaN and -0; comparisons let NaN through, too.
      FloatVector t = v.blend(EXP_MAX, v.compare(VectorOperators.GT, EXP_MAX));
      t = t.blend(EXP_MIN, v.compare(VectorOperators.LT, EXP_MIN));
      FloatVector shifted = t.mul(LOG2_E).add(SHIFT);
      FloatVector k = shifted.sub(SHIFT);
      FloatVector r = t.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
      FloatVector r2 = r.mul(r);
      FloatVector p = r.mul(E1).add(E0).add(r.mul(E3).add(E2).mul(r2)).add(r2.mul(r2).mul(E4));
      FloatVector e = r.add(r2.mul(p));
      IntVector biased = shifted.reinterpretAsInts().add(254 - SHIFT_BITS);
      IntVector half = biased.lanewise(VectorOperators.LSHR, 1);
      FloatVector low = half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector high = biased.sub(half).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      e.add(1).mul(low).mul(high).intoArray(out, i);
    }
  }

  static void sigmoid(float[] x, float[] out, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      FloatVector v = FloatVector.fromArray(F, x, i);
      FloatVector t = v.abs().neg().max(EXP_MIN);
      FloatVector shifted = t.mul(LOG2_E).add(SHIFT);
      FloatVector k = shifted.sub(SHIFT);
      FloatVector r = t.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
      FloatVector r2 = r.mul(r);
      FloatVector p = r.mul(E1).add(E0).add(r.mul(E3).add(E2).mul(r2)).add(r2.mul(r2).mul(E4));
      FloatVector e = r.add(r2.mul(p));
      IntVector biased = shifted.reinterpretAsInts().add(254 - SHIFT_BITS);
      IntVector half = biased.lanewise(VectorOperators.LSHR, 1);
      FloatVector low = half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector high = biased.sub(half).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      e = e.add(1).mul(low).mul(high);
      e.blend(1, v.compare(VectorOperators.GE, 0)).div(e.add(1)).intoArray(out, i);
    }
  }

  static void tanh(float[] x, float[] out, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      FloatVector v = FloatVector.fromArray(F, x, i);
      FloatVector t = v.abs().min(10).mul(-2);
      FloatVector shifted = t.mul(LOG2_E).add(SHIFT);
      FloatVector k = shifted.sub(SHIFT);
      FloatVector r = t.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
      FloatVector r2 = r.mul(r);
      FloatVector p = r.mul(E1).add(E0).add(r.mul(E3).add(E2).mul(r2)).add(r2.mul(r2).mul(E4));
      FloatVector e = r.add(r2.mul(p));
      IntVector biased = shifted.reinterpretAsInts().add(127 - SHIFT_BITS);
      FloatVector power = biased.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector u = power.mul(e).add(power.sub(1));
      IntVector magnitude = u.div(u.add(2)).abs().reinterpretAsInts();
      IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
      magnitude.or(sign).reinterpretAsFloats().intoArray(out, i);
    }
  }

  /** Vectors of positive normal numbers; any other vector goes to the scalar form. */
  static void log(float[] x, float[] out, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      FloatVector v = FloatVector.fromArray(F, x, i);
      if (v.lt(Float.MIN_NORMAL).or(v.lt(Float.POSITIVE_INFINITY).not()).anyTrue()) {
        for (int j = i; j < i + STEP; j++) {
          out[j] = Floats.log(x[j]);
        }
      } else {
        IntVector bits = v.reinterpretAsInts().add(ONE_BITS - SQRT_HALF_BITS);
        FloatVector k =
            ((FloatVector) bits.lanewise(VectorOperators.LSHR, 23).convert(VectorOperators.I2F, 0))
                .add(-127);
        FloatVector f = bits.and(MANTISSA).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(1);
        FloatVector s = f.div(f.add(2));
        FloatVector z = s.mul(s);
        FloatVector tail = z.mul(z.mul(L1).add(L0).add(z.mul(L3).add(L2).mul(z.mul(z))));
        FloatVector halfSquare = f.mul(0.5f).mul(f);
        FloatVector rest = halfSquare.sub(s.mul(halfSquare.add(tail)).add(k.mul(LN2_LOW)));
        k.mul(LN2_HIGH).sub(rest.sub(f)).intoArray(out, i);
      }
    }
  }
}
