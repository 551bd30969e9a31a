package dev.optim.kernel;

import static dev.optim.kernel.SimdSpecies.D;
import static dev.optim.kernel.SimdSpecies.F;
import static dev.optim.kernel.SimdSpecies.I;
import static dev.optim.kernel.Variates.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Xoshiro} and the Gaussian {@link Variates} on vectors: short passes, which the compiler
 * handles well, over words that stay in the first-level cache.
 *
 * <p>What is called from outside has over 325 bytes of code, too many for the compiler to inline
 * it: in a caller that is already large it gives up on vectors, and they end up on the heap.
 */
final class SimdGaussian {

  private static final int STEP = I.length();
  private static final int FLOATS = RandomKernels.STRETCHED / 2;
  private static final int DOUBLES = RandomKernels.STRETCHED / 4;

  private SimdGaussian() {}

  /**
   * Two vectors of generators side by side, as each is a chain; 512 bits hold all: both are one.
   */
  static void stretch(int[] words) {
    for (int a = 0; a < Xoshiro.LANES; a += 2 * STEP) {
      int b = (a + STEP) % Xoshiro.LANES;
      IntVector a0 = IntVector.fromArray(I, words, a);
      IntVector b0 = IntVector.fromArray(I, words, b);
      IntVector a1 = IntVector.fromArray(I, words, a + Xoshiro.LANES);
      IntVector b1 = IntVector.fromArray(I, words, b + Xoshiro.LANES);
      IntVector a2 = IntVector.fromArray(I, words, a + 2 * Xoshiro.LANES);
      IntVector b2 = IntVector.fromArray(I, words, b + 2 * Xoshiro.LANES);
      IntVector a3 = IntVector.fromArray(I, words, a + 3 * Xoshiro.LANES);
      IntVector b3 = IntVector.fromArray(I, words, b + 3 * Xoshiro.LANES);
      for (int i = 0; i < RandomKernels.STRETCHED; i += Xoshiro.LANES) {
        a0.add(a3).lanewise(VectorOperators.ROL, 7).add(a0).intoArray(words, a + i);
        b0.add(b3).lanewise(VectorOperators.ROL, 7).add(b0).intoArray(words, b + i);
        IntVector s = a1.lanewise(VectorOperators.LSHL, 9);
        IntVector t = b1.lanewise(VectorOperators.LSHL, 9);
        a2 = a2.lanewise(VectorOperators.XOR, a0);
        b2 = b2.lanewise(VectorOperators.XOR, b0);
        a3 = a3.lanewise(VectorOperators.XOR, a1);
        b3 = b3.lanewise(VectorOperators.XOR, b1);
        a1 = a1.lanewise(VectorOperators.XOR, a2);
        b1 = b1.lanewise(VectorOperators.XOR, b2);
        a0 = a0.lanewise(VectorOperators.XOR, a3);
        b0 = b0.lanewise(VectorOperators.XOR, b3);
        a2 = a2.lanewise(VectorOperators.XOR, s);
        b2 = b2.lanewise(VectorOperators.XOR, t);
        a3 = a3.lanewise(VectorOperators.ROL, 11);
        b3 = b3.lanewise(VectorOperators.ROL, 11);
      }
    }
  }

  static void gaussian(int[] words, float[] out, int from) {
    // squares of the radii; the roots have time among the longer sums of the next pass
    for (int i = 0; i < FLOATS; i += STEP) {
      IntVector w = IntVector.fromArray(I, words, i).lanewise(VectorOperators.LSHR, 1);
      IntVector bits =
          ((FloatVector) w.convert(VectorOperators.I2F, 0)).add(0.5f).reinterpretAsInts();
      FloatVector straight =
          ((FloatVector) bits.sub(TWO_31_BITS).convert(VectorOperators.I2F, 0)).mul(EXPONENT);
      FloatVector f = bits.and(Floats.MANTISSA).or(Floats.ONE_BITS).reinterpretAsFloats().sub(1.5f);
      FloatVector f2 = f.mul(f);
      FloatVector bend = f.mul(R1).add(R0).add(f.mul(R3).add(R2).add(f2.mul(R4)).mul(f2));
      straight.add(bend.mul(f2.sub(0.25f))).intoArray(out, from + i);
    }
    for (int i = 0; i < FLOATS; i += STEP) {
      IntVector sign = IntVector.fromArray(I, words, i).lanewise(VectorOperators.LSHL, 31);
      IntVector v = IntVector.fromArray(I, words, i + FLOATS);
      FloatVector f = ((FloatVector) v.convert(VectorOperators.I2F, 0)).mul(0x1p-32f);
      FloatVector radius = FloatVector.fromArray(F, out, from + i).lanewise(VectorOperators.SQRT);
      FloatVector z = f.mul(f);
      FloatVector z2 = z.mul(z);
      FloatVector sin = z.mul(S1).add(S0).add(z.mul(S3).add(S2).mul(z2)).mul(f);
      FloatVector cos = z.mul(C1).add(1).add(z.mul(C3).add(C2).add(z2.mul(C4)).mul(z2));
      IntVector signed = radius.mul(cos).reinterpretAsInts().lanewise(VectorOperators.XOR, sign);
      signed.reinterpretAsFloats().intoArray(out, from + i);
      radius.mul(sin).intoArray(out, from + i + FLOATS);
    }
  }

  static void gaussian(int[] words, double[] out, int from) {
    for (int i = 0; i < DOUBLES; i += D.length()) {
      LongVector w = IntVector.fromArray(I, words, 2 * i).reinterpretAsLongs();
      DoubleVector u =
          w.lanewise(VectorOperators.LSHR, 12)
              .or(Doubles.ONE_BITS)
              .reinterpretAsDoubles()
              .sub(1 - 0x1p-53);
      LongVector bits = u.reinterpretAsLongs().add(Doubles.ONE_BITS - Doubles.SQRT_HALF_BITS);
      DoubleVector k =
          bits.lanewise(VectorOperators.LSHR, 52)
              .or(Doubles.TWO_52_BITS)
              .reinterpretAsDoubles()
              .sub(EXPONENT_BIAS);
      DoubleVector f =
          bits.and(Doubles.MANTISSA).add(Doubles.SQRT_HALF_BITS).reinterpretAsDoubles().sub(1);
      DoubleVector s = f.div(f.add(2));
      DoubleVector z = s.mul(s);
      DoubleVector z2 = z.mul(z);
      DoubleVector tail = z.mul(L1).add(L0).add(z.mul(L3).add(L2).add(z2.mul(L4)).mul(z2));
      k.mul(MINUS_TWO_LN2).sub(s.mul(z.mul(tail).add(4))).intoArray(out, from + i);
    }
    for (int i = 0; i < DOUBLES; i += D.length()) {
      LongVector v = IntVector.fromArray(I, words, 2 * (i + DOUBLES)).reinterpretAsLongs();
      LongVector sign = v.lanewise(VectorOperators.LSHL, 63);
      DoubleVector radius = DoubleVector.fromArray(D, out, from + i).lanewise(VectorOperators.SQRT);
      DoubleVector f =
          v.lanewise(VectorOperators.LSHR, 12).or(Doubles.ONE_BITS).reinterpretAsDoubles().sub(1.5);
      DoubleVector z = f.mul(f);
      DoubleVector z2 = z.mul(z);
      DoubleVector z4 = z2.mul(z2);
      DoubleVector s = z.mul(DS1).add(DS0).add(z.mul(DS3).add(DS2).mul(z2));
      s = s.add(z.mul(DS5).add(DS4).add(z2.mul(DS6)).mul(z4)).mul(f);
      DoubleVector c = z.mul(DC1).add(1).add(z.mul(DC3).add(DC2).mul(z2));
      c = c.add(z.mul(DC5).add(DC4).add(z.mul(DC7).add(DC6).mul(z2)).mul(z4));
      LongVector signed = radius.mul(c).reinterpretAsLongs().lanewise(VectorOperators.XOR, sign);
      signed.reinterpretAsDoubles().intoArray(out, from + i);
      radius.mul(s).intoArray(out, from + i + DOUBLES);
    }
  }
}
