package dev.optim.kernel;

import static dev.optim.kernel.Bfloat16Kernels.LARGEST;
import static dev.optim.kernel.SimdSpecies.F;
import static dev.optim.kernel.SimdSpecies.I;
import static dev.optim.kernel.SimdSpecies.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The conversions of {@link Bfloat16Kernels}, with {@link SimdSpecies#HALVES} and, in parts,
 * without: there two vectors of numbers are one of shorts. What goes in parts has over 325 bytes of
 * code, see {@link SimdGaussian}.
 */
final class SimdBfloat16 {

  private static final int STEP = F.length();

  private SimdBfloat16() {}

  static void widen(short[] bfloat16, int from, float[] values, int length) {
    int i = 0;
    for (; i <= length - STEP; i += STEP) {
      IntVector bits = (IntVector) ShortVector.fromArray(S, bfloat16, from + i).castShape(I, 0);
      bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().intoArray(values, i);
    }
    for (; i < length; i++) {
      values[i] = Float.intBitsToFloat(bfloat16[from + i] << 16);
    }
  }

  static void widenParts(short[] bfloat16, int from, float[] values, int length) {
    int i = 0;
    for (; i <= length - 8 * STEP; i += 8 * STEP) {
      ShortVector s0 = ShortVector.fromArray(S, bfloat16, from + i);
      IntVector a0 = ((IntVector) s0.castShape(I, 0)).lanewise(VectorOperators.LSHL, 16);
      a0.reinterpretAsFloats().intoArray(values, i);
      IntVector b0 = ((IntVector) s0.castShape(I, 1)).lanewise(VectorOperators.LSHL, 16);
      b0.reinterpretAsFloats().intoArray(values, i + STEP);
      ShortVector s1 = ShortVector.fromArray(S, bfloat16, from + i + 2 * STEP);
      IntVector a1 = ((IntVector) s1.castShape(I, 0)).lanewise(VectorOperators.LSHL, 16);
      a1.reinterpretAsFloats().intoArray(values, i + 2 * STEP);
      IntVector b1 = ((IntVector) s1.castShape(I, 1)).lanewise(VectorOperators.LSHL, 16);
      b1.reinterpretAsFloats().intoArray(values, i + 3 * STEP);
      ShortVector s2 = ShortVector.fromArray(S, bfloat16, from + i + 4 * STEP);
      IntVector a2 = ((IntVector) s2.castShape(I, 0)).lanewise(VectorOperators.LSHL, 16);
      a2.reinterpretAsFloats().intoArray(values, i + 4 * STEP);
      IntVector b2 = ((IntVector) s2.castShape(I, 1)).lanewise(VectorOperators.LSHL, 16);
      b2.reinterpretAsFloats().intoArray(values, i + 5 * STEP);
      ShortVector s3 = ShortVector.fromArray(S, bfloat16, from + i + 6 * STEP);
      IntVector a3 = ((IntVector) s3.castShape(I, 0)).lanewise(VectorOperators.LSHL, 16);
      a3.reinterpretAsFloats().intoArray(values, i + 6 * STEP);
      IntVector b3 = ((IntVector) s3.castShape(I, 1)).lanewise(VectorOperators.LSHL, 16);
      b3.reinterpretAsFloats().intoArray(values, i + 7 * STEP);
    }
    for (; i < length; i++) {
      values[i] = Float.intBitsToFloat(bfloat16[from + i] << 16);
    }
  }

  static boolean round(
      float[] values,
      int at,
      int[] words,
      int word,
      boolean upper,
      short[] bfloat16,
      int from,
      int length) {
    int shift = upper ? 16 : 0;
    IntVector room = IntVector.zero(I);
    int i = 0;
    for (; i <= length - STEP; i += STEP) {
      IntVector random = IntVector.fromArray(I, words, word + i);
      random = random.lanewise(VectorOperators.LSHR, shift).and(0xffff);
      IntVector bits = FloatVector.fromArray(F, values, at + i).reinterpretAsInts();
      room = room.or(IntVector.broadcast(I, LARGEST).sub(bits.and(Integer.MAX_VALUE)));
      IntVector sum = bits.add(random).lanewise(VectorOperators.LSHR, 16);
      ((ShortVector) sum.castShape(S, 0)).intoArray(bfloat16, from + i);
    }
    int signs = room.reduceLanes(VectorOperators.OR);
    for (; i < length; i++) {
      int random = words[word + i] >>> shift & 0xffff;
      int bits = Float.floatToRawIntBits(values[at + i]);
      signs |= LARGEST - (bits & Integer.MAX_VALUE);
      bfloat16[from + i] = (short) (bits + random >>> 16);
    }
    return signs >= 0;
  }

  static boolean roundParts(
      float[] values,
      int at,
      int[] words,
      int word,
      boolean upper,
      short[] bfloat16,
      int from,
      int length) {
    int shift = upper ? 16 : 0;
    IntVector room = IntVector.zero(I);
    int i = 0;
    for (; i <= length - 2 * STEP; i += 2 * STEP) {
      IntVector random = IntVector.fromArray(I, words, word + i);
      random = random.lanewise(VectorOperators.LSHR, shift).and(0xffff);
      IntVector bits = FloatVector.fromArray(F, values, at + i).reinterpretAsInts();
      room = room.or(IntVector.broadcast(I, LARGEST).sub(bits.and(Integer.MAX_VALUE)));
      IntVector sum = bits.add(random).lanewise(VectorOperators.LSHR, 16);
      ShortVector low = (ShortVector) sum.castShape(S, 0);
      random = IntVector.fromArray(I, words, word + i + STEP);
      random = random.lanewise(VectorOperators.LSHR, shift).and(0xffff);
      bits = FloatVector.fromArray(F, values, at + i + STEP).reinterpretAsInts();
      room = room.or(IntVector.broadcast(I, LARGEST).sub(bits.and(Integer.MAX_VALUE)));
      sum = bits.add(random).lanewise(VectorOperators.LSHR, 16);
      low.or((ShortVector) sum.castShape(S, -1)).intoArray(bfloat16, from + i);
    }
    int signs = room.reduceLanes(VectorOperators.OR);
    for (; i < length; i++) {
      int random = words[word + i] >>> shift & 0xffff;
      int bits = Float.floatToRawIntBits(values[at + i]);
      signs |= LARGEST - (bits & Integer.MAX_VALUE);
      bfloat16[from + i] = (short) (bits + random >>> 16);
    }
    return signs >= 0;
  }
}
