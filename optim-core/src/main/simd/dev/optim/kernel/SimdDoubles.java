package dev.optim.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of {@link Doubles}, operation by operation, on vectors. The array forms take whole
 * vectors only.
 *
 * <p>The compiler unboxes vectors only while it can inline every operation of a loop, and it stops
 * inlining after some 18 000 nodes: about 45 operations, fewer with scalar operands. So constants
 * are vectors and long functions take two passes.
 */
final class SimdDoubles {

  static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
  static final int STEP = D.length();

  /** Elements that the two passes of a function share through the first-level cache. */
  private static final int BLOCK = 1024;

  private static final DoubleVector EXP_MIN = all(Doubles.EXP_MIN);
  private static final DoubleVector EXP_MAX = all(Doubles.EXP_MAX);
  private static final DoubleVector LOG2_E = all(Doubles.LOG2_E);
  private static final DoubleVector SHIFT = all(Doubles.SHIFT);
  private static final DoubleVector LN2_HIGH = all(Doubles.LN2_HIGH);
  private static final DoubleVector LN2_LOW = all(Doubles.LN2_LOW);
  private static final DoubleVector E0 = all(Doubles.E0);
  private static final DoubleVector E1 = all(Doubles.E1);
  private static final DoubleVector E2 = all(Doubles.E2);
  private static final DoubleVector E3 = all(Doubles.E3);
  private static final DoubleVector E4 = all(Doubles.E4);
  private static final DoubleVector L0 = all(Doubles.L0);
  private static final DoubleVector L1 = all(Doubles.L1);
  private static final DoubleVector L2 = all(Doubles.L2);
  private static final DoubleVector L3 = all(Doubles.L3);
  private static final DoubleVector L4 = all(Doubles.L4);
  private static final DoubleVector L5 = all(Doubles.L5);
  private static final DoubleVector L6 = all(Doubles.L6);
  private static final DoubleVector S0 = all(Doubles.S0);
  private static final DoubleVector S1 = all(Doubles.S1);
  private static final DoubleVector S2 = all(Doubles.S2);
  private static final DoubleVector S3 = all(Doubles.S3);
  private static final DoubleVector S4 = all(Doubles.S4);
  private static final DoubleVector S5 = all(Doubles.S5);
  private static final DoubleVector S6 = all(Doubles.S6);
  private static final DoubleVector S7 = all(Doubles.S7);
  private static final DoubleVector C0 = all(Doubles.C0);
  private static final DoubleVector C1 = all(Doubles.C1);
  private static final DoubleVector C2 = all(Doubles.C2);
  private static final DoubleVector C3 = all(Doubles.C3);
  private static final DoubleVector C4 = all(Doubles.C4);
  private static final DoubleVector C5 = all(Doubles.C5);
  private static final DoubleVector C6 = all(Doubles.C6);
  private static final DoubleVector MIN_NORMAL = all(Double.MIN_NORMAL);
  private static final DoubleVector INFINITY = all(Double.POSITIVE_INFINITY);
  private static final DoubleVector ZERO = all(0);
  private static final DoubleVector HALF = all(0.5);
  private static final DoubleVector ONE = all(1);
  private static final DoubleVector TWO = all(2);
  private static final DoubleVector TWO_52 = all(Doubles.TWO_52);
  private static final LongVector NONE = LongVector.zero(LongVector.SPECIES_PREFERRED);
  private static final LongVector ONE_BITS =
      LongVector.broadcast(LongVector.SPECIES_PREFERRED, Doubles.ONE_BITS);

  private SimdDoubles() {}

  static void exp(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      exp(DoubleVector.fromArray(D, x, i)).intoArray(out, i);
    }
  }

  /** Vectors of positive normal numbers; any other vector goes to the scalar form. */
  static void log(double[] x, double[] out, int from, int to) {
    DoubleVector bias = all(-1023);
    for (int i = from; i < to; i += STEP) {
      DoubleVector v = DoubleVector.fromArray(D, x, i);
      if (v.lt(MIN_NORMAL).or(v.lt(INFINITY).not()).anyTrue()) {
        for (int j = i; j < i + STEP; j++) {
          out[j] = Doubles.log(x[j]);
        }
      } else {
        logNormal(v, bias).intoArray(out, i);
      }
    }
  }

  static void sigmoid(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i += BLOCK) {
      int end = Math.min(to, i + BLOCK);
      signedExp(x, out, i, end);
      quotient(out, i, end);
    }
  }

  /** e^-|x|, with a minus sign for negative x. */
  private static void signedExp(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      DoubleVector v = DoubleVector.fromArray(D, x, i);
      DoubleVector e = exp(v.abs().neg());
      e.blend(e.neg(), v.lt(ZERO)).intoArray(out, i);
    }
  }

  private static void quotient(double[] e, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      DoubleVector v = DoubleVector.fromArray(D, e, i);
      DoubleVector magnitude = v.abs();
      // The sign bit, not a comparison with 0: e^-|x| may have become -0.
      LongVector negative = NONE.sub(v.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 63));
      LongVector chosen =
          ONE_BITS.lanewise(VectorOperators.XOR, magnitude.reinterpretAsLongs()).and(negative);
      DoubleVector numerator =
          ONE_BITS.lanewise(VectorOperators.XOR, chosen).reinterpretAsDoubles();
      numerator.div(magnitude.add(ONE)).intoArray(e, i);
    }
  }

  static void tanh(double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i += STEP) {
      tanh(DoubleVector.fromArray(D, x, i)).intoArray(out, i);
    }
  }

  private static DoubleVector exp(DoubleVector x) {
    DoubleVector t = x.min(EXP_MAX).max(EXP_MIN);
    DoubleVector shifted = t.mul(LOG2_E).add(SHIFT);
    LongVector biased = shifted.reinterpretAsLongs().add(2046 - Doubles.SHIFT_BITS);
    LongVector half = biased.lanewise(VectorOperators.LSHR, 1);
    return expMinusOne(reduce(t, shifted)).add(ONE).mul(power(half)).mul(power(biased.sub(half)));
  }

  private static DoubleVector reduce(DoubleVector t, DoubleVector shifted) {
    DoubleVector k = shifted.sub(SHIFT);
    return t.sub(k.mul(LN2_HIGH)).sub(k.mul(LN2_LOW));
  }

  private static DoubleVector expMinusOne(DoubleVector r) {
    DoubleVector z = r.mul(r);
    DoubleVector z2 = z.mul(z);
    DoubleVector high = z.mul(E3).add(E2).add(z2.mul(E4));
    DoubleVector c = r.sub(z.mul(z.mul(E1).add(E0).add(high.mul(z2))));
    return r.add(r.mul(c).div(TWO.sub(c)));
  }

  private static DoubleVector power(LongVector biased) {
    return biased.lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
  }

  private static DoubleVector tanh(DoubleVector x) {
    DoubleVector t = x.abs().min(22).mul(-2);
    DoubleVector shifted = t.mul(LOG2_E).add(SHIFT);
    DoubleVector power = power(shifted.reinterpretAsLongs().add(1023 - Doubles.SHIFT_BITS));
    DoubleVector u = power.mul(expMinusOne(reduce(t, shifted))).add(power.sub(ONE));
    LongVector magnitude = u.div(u.add(TWO)).abs().reinterpretAsLongs();
    return magnitude.or(x.reinterpretAsLongs().and(Long.MIN_VALUE)).reinterpretAsDoubles();
  }

  static DoubleVector logNormal(DoubleVector x, DoubleVector bias) {
    LongVector bits = x.reinterpretAsLongs().add(Doubles.ONE_BITS - Doubles.SQRT_HALF_BITS);
    DoubleVector k = to(bits.lanewise(VectorOperators.LSHR, 52)).add(bias);
    DoubleVector f =
        bits.and(Doubles.MANTISSA).add(Doubles.SQRT_HALF_BITS).reinterpretAsDoubles().sub(ONE);
    DoubleVector s = f.div(f.add(TWO));
    DoubleVector z = s.mul(s);
    DoubleVector z2 = z.mul(z);
    DoubleVector low = z.mul(L1).add(L0).add(z.mul(L3).add(L2).mul(z2));
    DoubleVector high = z.mul(L5).add(L4).add(z2.mul(L6));
    DoubleVector tail = z.mul(low.add(high.mul(z2.mul(z2))));
    DoubleVector halfSquare = f.mul(HALF).mul(f);
    DoubleVector rest = halfSquare.sub(s.mul(halfSquare.add(tail)).add(k.mul(LN2_LOW)));
    return k.mul(LN2_HIGH).sub(rest.sub(f));
  }

  static DoubleVector sinQuarter(DoubleVector f) {
    DoubleVector z = f.mul(f);
    DoubleVector z2 = z.mul(z);
    DoubleVector low = z.mul(S1).add(S0).add(z.mul(S3).add(S2).mul(z2));
    DoubleVector high = z.mul(S5).add(S4).add(z.mul(S7).add(S6).mul(z2));
    return f.mul(low.add(high.mul(z2.mul(z2))));
  }

  static DoubleVector cosQuarter(DoubleVector f) {
    DoubleVector z = f.mul(f);
    DoubleVector z2 = z.mul(z);
    DoubleVector low = z.mul(C1).add(C0).add(z.mul(C3).add(C2).mul(z2));
    DoubleVector high = z.mul(C5).add(C4).add(z2.mul(C6));
    return z.mul(low.add(high.mul(z2.mul(z2)))).add(ONE);
  }

  /** Integers in [0, 2^52) as doubles; there is no such instruction before AVX-512. */
  private static DoubleVector to(LongVector v) {
    return v.or(Doubles.TWO_52_BITS).reinterpretAsDoubles().sub(TWO_52);
  }

  private static DoubleVector all(double value) {
    return DoubleVector.broadcast(D, value);
  }
}
