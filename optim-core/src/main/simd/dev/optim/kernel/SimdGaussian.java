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
 * handles well, over 512 words that stay in the first-level cache.
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
    for (int i = 0; i < FLOATS; i += STEP) {
      IntVector w = IntVector.fromArray(I, words, i).lanewise(VectorOperators.LSHR, 1);
      FloatVector x = ((FloatVector) w.convert(VectorOperators.I2F, 0)).add(0.5f);
      IntVector bits = x.reinterpretAsInts().add(Floats.ONE_BITS - Floats.SQRT_HALF_BITS);
      FloatVector k =
          bits.lanewise(VectorOperators.LSHR, 23)
              .or(EXPONENT_BITS)
              .reinterpretAsFloats()
              .sub(EXPONENT_BIAS);
      FloatVector f =
          bits.and(Floats.MANTISSA).add(Floats.SQRT_HALF_BITS).reinterpretAsFloats().sub(1);
      FloatVector f2 = f.mul(f);
      FloatVector low = f.mul(R1).add(-2).add(f.mul(R3).add(R2).mul(f2));
      FloatVector high = f.mul(R5).add(R4).add(f.mul(R7).add(R6).mul(f2));
      FloatVector square = k.mul(MINUS_TWO_LN2).add(low.add(high.mul(f2.mul(f2))).mul(f));
      square.lanewise(VectorOperators.SQRT).intoArray(out, from + i);
    }
    for (int i = 0; i < FLOATS; i += STEP) {
      IntVector v = IntVector.fromArray(I, words, i + FLOATS);
      FloatVector radius = FloatVector.fromArray(F, out, from + i);
      FloatVector f =
          v.lanewise(VectorOperators.LSHR, 9).or(Floats.ONE_BITS).reinterpretAsFloats().sub(1.5f);
      FloatVector z = f.mul(f);
      FloatVector z2 = z.mul(z);
      FloatVector s = z.mul(Floats.S1).add(Floats.S0).add(z.mul(Floats.S3).add(Floats.S2).mul(z2));
      FloatVector c = z.mul(Floats.C1).add(Floats.C0).add(z2.mul(Floats.C2));
      IntVector sin = radius.mul(f.mul(s)).reinterpretAsInts();
      IntVector cos = radius.mul(z.mul(c).add(1)).reinterpretAsInts();
      // All ones where the bit is set: a swap by exclusive or needs no mask.
      IntVector reflect = v.lanewise(VectorOperators.LSHL, 30).lanewise(VectorOperators.ASHR, 31);
      IntVector swap = cos.lanewise(VectorOperators.XOR, sin).and(reflect);
      IntVector change = swap.lanewise(VectorOperators.XOR, v.lanewise(VectorOperators.LSHL, 31));
      cos.lanewise(VectorOperators.XOR, change).reinterpretAsFloats().intoArray(out, from + i);
      sin.lanewise(VectorOperators.XOR, change)
          .reinterpretAsFloats()
          .intoArray(out, from + i + FLOATS);
    }
  }

  static void gaussian(int[] words, double[] out, int from) {
    for (int i = 0; i < DOUBLES; i += D.length()) {
      LongVector v =
          IntVector.fromArray(I, words, 2 * i)
              .reinterpretAsLongs()
              .lanewise(VectorOperators.LSHR, 11);
      LongVector high = v.lanewise(VectorOperators.LSHR, 32).or(SimdRandom.TWO_84_BITS);
      LongVector low = v.and(0xffffffffL).or(Doubles.TWO_52_BITS);
      DoubleVector integer =
          high.reinterpretAsDoubles().sub(SimdRandom.TWO_84_AND_52).add(low.reinterpretAsDoubles());
      integer.add(0.5).mul(0x1p-53).intoArray(out, from + i);
    }
    SimdDoubles.log(out, out, from, from + DOUBLES);
    for (int i = 0; i < DOUBLES; i += D.length()) {
      LongVector v = IntVector.fromArray(I, words, 2 * (i + DOUBLES)).reinterpretAsLongs();
      DoubleVector radius =
          DoubleVector.fromArray(D, out, from + i).mul(-2).lanewise(VectorOperators.SQRT);
      DoubleVector f =
          v.lanewise(VectorOperators.LSHR, 12).or(Doubles.ONE_BITS).reinterpretAsDoubles().sub(1.5);
      DoubleVector z = f.mul(f);
      DoubleVector z2 = z.mul(z);
      DoubleVector z4 = z2.mul(z2);
      DoubleVector s =
          z.mul(Doubles.S1).add(Doubles.S0).add(z.mul(Doubles.S3).add(Doubles.S2).mul(z2));
      s =
          s.add(
              z.mul(Doubles.S5)
                  .add(Doubles.S4)
                  .add(z.mul(Doubles.S7).add(Doubles.S6).mul(z2))
                  .mul(z4));
      DoubleVector c =
          z.mul(Doubles.C1).add(Doubles.C0).add(z.mul(Doubles.C3).add(Doubles.C2).mul(z2));
      c = c.add(z.mul(Doubles.C5).add(Doubles.C4).add(z2.mul(Doubles.C6)).mul(z4));
      LongVector sin = radius.mul(f.mul(s)).reinterpretAsLongs();
      LongVector cos = radius.mul(z.mul(c).add(1)).reinterpretAsLongs();
      // There is no arithmetic shift of 64-bit integers before AVX-512.
      LongVector reflect =
          v.lanewise(VectorOperators.LSHL, 62).lanewise(VectorOperators.LSHR, 63).neg();
      LongVector swap = cos.lanewise(VectorOperators.XOR, sin).and(reflect);
      LongVector change = swap.lanewise(VectorOperators.XOR, v.lanewise(VectorOperators.LSHL, 63));
      cos.lanewise(VectorOperators.XOR, change).reinterpretAsDoubles().intoArray(out, from + i);
      sin.lanewise(VectorOperators.XOR, change)
          .reinterpretAsDoubles()
          .intoArray(out, from + i + DOUBLES);
    }
  }
}
