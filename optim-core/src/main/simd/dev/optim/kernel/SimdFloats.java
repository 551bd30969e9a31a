package dev.optim.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of {@link Floats}, operation by operation, on vectors. The array forms take whole
 * vectors only.
 *
 * <p>The compiler unboxes vectors only while it can inline every operation of a loop, and it stops
 * inlining after some 18 000 nodes: about 45 operations, fewer with scalar operands. So constants
 * are vectors and long functions take two passes.
 */
final class SimdFloats {

  static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  static final int STEP = F.length();

  /** Elements that the two passes of a function share through the first-level cache. */
  private static final int BLOCK = 1024;

  private static final FloatVector EXP_MIN = all(Floats.EXP_MIN);
  private static final FloatVector EXP_MAX = all(Floats.EXP_MAX);
  private static final FloatVector LOG2_E = all(Floats.LOG2_E);
  private static final FloatVector SHIFT = all(Floats.SHIFT);
  private static final FloatVector LN2_HIGH = all(Floats.LN2_HIGH);
  private static final FloatVector LN2_LOW = all(Floats.LN2_LOW);
  private static final FloatVector E0 = all(Floats.E0);
  private static final FloatVector E1 = all(Floats.E1);
  private static final FloatVector E2 = all(Floats.E2);
  private static final FloatVector E3 = all(Floats.E3);
  private static final FloatVector E4 = all(Floats.E4);
  private static final FloatVector L0 = all(Floats.L0);
  private static final FloatVector L1 = all(Floats.L1);
  private static final FloatVector L2 = all(Floats.L2);
  private static final FloatVector L3 = all(Floats.L3);
  private static final FloatVector S0 = all(Floats.S0);
  private static final FloatVector S1 = all(Floats.S1);
  private static final FloatVector S2 = all(Floats.S2);
  private static final FloatVector S3 = all(Floats.S3);
  private static final FloatVector C0 = all(Floats.C0);
  private static final FloatVector C1 = all(Floats.C1);
  private static final FloatVector C2 = all(Floats.C2);
  private static final FloatVector C3 = all(Floats.C3);
  private static final FloatVector MIN_NORMAL = all(Float.MIN_NORMAL);
  private static final FloatVector INFINITY = all(Float.POSITIVE_INFINITY);
  private static final FloatVector ZERO = all(0);
  private static final FloatVector HALF = all(0.5f);
  private static final FloatVector ONE = all(1);
  private static final FloatVector TWO = all(2);
  private static final IntVector NONE = IntVector.zero(IntVector.SPECIES_PREFERRED);
  private static final IntVector ONE_BITS =
      IntVector.broadcast(IntVector.SPECIES_PREFERRED, Floats.ONE_BITS);

  private SimdFloats() {}

  static void exp(float[] x, float[] out, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      exp(FloatVector.fromArray(F, x, i)).intoArray(out, i);
    }
  }

  /** Vectors of positive normal numbers; any other vector goes to the scalar form. */
  static void log(float[] x, float[] out, int from, int to) {
    FloatVector bias = all(-127);
    for (int i = from; i < to; i += STEP) {
      FloatVector v = FloatVector.fromArray(F, x, i);
      if (v.lt(MIN_NORMAL).or(v.lt(INFINITY).not()).anyTrue()) {
        for (int j = i; j < i + STEP; j++) {
          out[j] = Floats.log(x[j]);
        }
      } else {
        logNormal(v, bias).intoArray(out, i);
      }
    }
  }

  static void sigmoid(float[] x, float[] out, int from, int to) {
    for (int i = from; i < to; i += BLOCK) {
      int end = Math.min(to, i + BLOCK);
      signedExp(x, out, i, end);
      quotient(out, i, end);
    }
  }

  /** e^-|x|, with a minus sign for negative x. */
  private static void signedExp(float[] x, float[] out, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      FloatVector v = FloatVector.fromArray(F, x, i);
      FloatVector e = exp(v.abs().neg());
      e.blend(e.neg(), v.lt(ZERO)).intoArray(out, i);
    }
  }

  private static void quotient(float[] e, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      FloatVector v = FloatVector.fromArray(F, e, i);
      FloatVector magnitude = v.abs();
      // The sign bit, not a comparison with 0: e^-|x| may have become -0.
      IntVector negative = NONE.sub(v.reinterpretAsInts().lanewise(VectorOperators.LSHR, 31));
      IntVector chosen =
          ONE_BITS.lanewise(VectorOperators.XOR, magnitude.reinterpretAsInts()).and(negative);
      FloatVector numerator = ONE_BITS.lanewise(VectorOperators.XOR, chosen).reinterpretAsFloats();
      numerator.div(magnitude.add(ONE)).intoArray(e, i);
    }
  }

  static void tanh(float[] x, float[] out, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      tanh(FloatVector.fromArray(F, x, i)).intoArray(out, i);
    }
  }

  private static FloatVector exp(FloatVector x) {
    FloatVector t = x.min(EXP_MAX).max(EXP_MIN);
    FloatVector shifted = t.mul(LOG2_E).add(SHIFT);
    IntVector biased = shifted.reinterpretAsInts().add(254 - Floats.SHIFT_BITS);
    IntVector half = biased.lanewise(VectorOperators.LSHR, 1);
    return expMinusOne(reduce(t, shifted)).add(ONE).mul(power(half)).mul(power(biased.sub(half)));
  }

  private static FloatVector reduce(FloatVector t, FloatVector shifted) {
    FloatVector k = shifted.sub(SHIFT);
    return t.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
  }

  private static FloatVector expMinusOne(FloatVector r) {
    FloatVector r2 = r.mul(r);
    FloatVector low = r.mul(E1).add(E0).add(r.mul(E3).add(E2).mul(r2));
    return r.add(r2.mul(low.add(r2.mul(r2).mul(E4))));
  }

  private static FloatVector power(IntVector biased) {
    return biased.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  private static FloatVector tanh(FloatVector x) {
    FloatVector t = x.abs().min(10).mul(-2);
    FloatVector shifted = t.mul(LOG2_E).add(SHIFT);
    FloatVector power = power(shifted.reinterpretAsInts().add(127 - Floats.SHIFT_BITS));
    FloatVector u = power.mul(expMinusOne(reduce(t, shifted))).add(power.sub(ONE));
    IntVector magnitude = u.div(u.add(TWO)).abs().reinterpretAsInts();
    return magnitude.or(x.reinterpretAsInts().and(Integer.MIN_VALUE)).reinterpretAsFloats();
  }

  static FloatVector logNormal(FloatVector x, FloatVector bias) {
    IntVector bits = x.reinterpretAsInts().add(Floats.ONE_BITS - Floats.SQRT_HALF_BITS);
    FloatVector k = toFloats(bits.lanewise(VectorOperators.LSHR, 23)).add(bias);
    FloatVector f =
        bits.and(Floats.MANTISSA).add(Floats.SQRT_HALF_BITS).reinterpretAsFloats().sub(ONE);
    FloatVector s = f.div(f.add(TWO));
    FloatVector z = s.mul(s);
    FloatVector tail = z.mul(z.mul(L1).add(L0).add(z.mul(L3).add(L2).mul(z.mul(z))));
    FloatVector halfSquare = f.mul(HALF).mul(f);
    FloatVector rest = halfSquare.sub(s.mul(halfSquare.add(tail)).add(k.mul(LN2_LOW)));
    return k.mul(LN2_HIGH).sub(rest.sub(f));
  }

  static FloatVector sinQuarter(FloatVector f) {
    FloatVector z = f.mul(f);
    return f.mul(z.mul(S1).add(S0).add(z.mul(S3).add(S2).mul(z.mul(z))));
  }

  static FloatVector cosQuarter(FloatVector f) {
    FloatVector z = f.mul(f);
    return z.mul(z.mul(C1).add(C0).add(z.mul(C3).add(C2).mul(z.mul(z)))).add(ONE);
  }

  static FloatVector toFloats(IntVector v) {
    return (FloatVector) v.convert(VectorOperators.I2F, 0);
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(F, value);
  }
}
