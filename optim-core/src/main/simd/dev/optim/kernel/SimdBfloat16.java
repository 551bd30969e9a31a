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
 * The conversions of {@link Bfloat16Kernels} with {@link SimdSpecies#HALVES}, and rounding without
 * them: in parts, two vectors of numbers to one of shorts. That has over 325 bytes of code, see
 * {@link SimdGaussian}. Were widening done in parts, too, JDK 17 would no longer compile the row
 * sums of {@link SimdProducts} to vectors.
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
