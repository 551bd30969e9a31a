package dev.optim.kernel;

import static dev.optim.kernel.SimdSpecies.F;
import static dev.optim.kernel.SimdSpecies.I;
import static dev.optim.kernel.SimdSpecies.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/** The conversions of {@link Bfloat16Kernels}. */
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

  static void round(
      float[] values,
      int at,
      int[] words,
      int word,
      boolean upper,
      short[] bfloat16,
      int from,
      int length) {
    int shift = upper ? 16 : 0;
    int i = 0;
    for (; i <= length - STEP; i += STEP) {
      IntVector random = IntVector.fromArray(I, words, word + i);
      random = random.lanewise(VectorOperators.LSHR, shift).and(0xffff);
      IntVector sum = FloatVector.fromArray(F, values, at + i).reinterpretAsInts().add(random);
      ShortVector bits = (ShortVector) sum.lanewise(VectorOperators.LSHR, 16).castShape(S, 0);
      bits.intoArray(bfloat16, from + i);
    }
    for (; i < length; i++) {
      int random = words[word + i] >>> shift & 0xffff;
      bfloat16[from + i] = (short) (Float.floatToRawIntBits(values[at + i]) + random >>> 16);
    }
  }
}
