package dev.optim.kernel;

import static dev.optim.kernel.SimdDoubles.D;
import static dev.optim.kernel.SimdFloats.F;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Threefry} and {@link Variates} on vectors, in short passes over groups that stay in the
 * first-level cache.
 */
final class SimdRandom {

  private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> L = LongVector.SPECIES_PREFERRED;
  private static final int STEP = I.length();
  private static final int BLOCKS = 16;
  private static final int HALF = RandomKernels.GROUP / 2;

  private static final IntVector IOTA = IntVector.zero(I).addIndex(1);
  private static final IntVector ZERO_I = IntVector.zero(I);
  private static final IntVector SIGN_I = IntVector.broadcast(I, Integer.MIN_VALUE);
  private static final IntVector ONE_I = IntVector.broadcast(I, Floats.ONE_BITS);
  private static final FloatVector HALF_F = FloatVector.broadcast(F, 0.5f);
  private static final FloatVector ONE_AND_HALF_F = FloatVector.broadcast(F, 1.5f);
  private static final FloatVector MINUS_TWO_F = FloatVector.broadcast(F, -2);
  private static final FloatVector BIAS_F = FloatVector.broadcast(F, -127 - 31);
  private static final LongVector ZERO_L = LongVector.zero(L);
  private static final LongVector SIGN_L = LongVector.broadcast(L, Long.MIN_VALUE);
  private static final LongVector ONE_L = LongVector.broadcast(L, Doubles.ONE_BITS);
  private static final DoubleVector HALF_D = DoubleVector.broadcast(D, 0.5);
  private static final DoubleVector ONE_AND_HALF_D = DoubleVector.broadcast(D, 1.5);
  private static final DoubleVector MINUS_TWO_D = DoubleVector.broadcast(D, -2);
  private static final DoubleVector BIAS_D = DoubleVector.broadcast(D, -1023 - 53);

  private SimdRandom() {}

  static void words(
      long keyHigh, long keyLow, int domain, long firstGroup, int groups, int[] words) {
    int k0 = (int) keyLow;
    int k1 = (int) (keyLow >>> 32);
    int k2 = (int) keyHigh;
    int k3 = (int) (keyHigh >>> 32);
    int k4 = Threefry.PARITY ^ k0 ^ k1 ^ k2 ^ k3;
    counters(firstGroup * BLOCKS, k0, k1, domain + k2, k3, groups, words);
    oddRounds(k1, k2, k3, k4 + 1, groups, words);
    evenRounds(k2, k3, k4, k0 + 2, groups, words);
    oddRounds(k3, k4, k0, k1 + 3, groups, words);
    evenRounds(k4, k0, k1, k2 + 4, groups, words);
    oddRounds(k0, k1, k2, k3 + 5, groups, words);
  }

  /** Where the first words of the blocks from {@code b} on lie; the other three follow 16 apart. */
  private static int index(int b) {
    return 4 * (b & -BLOCKS) + (b & (BLOCKS - 1));
  }

  private static void counters(
      long first, int k0, int k1, int k2, int k3, int groups, int[] words) {
    for (int b = 0; b < groups * BLOCKS; b += STEP) {
      int at = index(b);
      // A group starts at a multiple of 16, so the low half of the counter never wraps inside a
      // vector.
      long counter = first + b;
      IOTA.add((int) counter + k0).intoArray(words, at);
      IntVector.broadcast(I, (int) (counter >>> 32) + k1).intoArray(words, at + BLOCKS);
      IntVector.broadcast(I, k2).intoArray(words, at + 2 * BLOCKS);
      IntVector.broadcast(I, k3).intoArray(words, at + 3 * BLOCKS);
    }
  }

  private static void oddRounds(int k0, int k1, int k2, int k3, int groups, int[] words) {
    for (int b = 0; b < groups * BLOCKS; b += STEP) {
      int at = index(b);
      IntVector x0 = IntVector.fromArray(I, words, at);
      IntVector x1 = IntVector.fromArray(I, words, at + BLOCKS);
      IntVector x2 = IntVector.fromArray(I, words, at + 2 * BLOCKS);
      IntVector x3 = IntVector.fromArray(I, words, at + 3 * BLOCKS);
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 10).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 26).lanewise(VectorOperators.XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 11).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 21).lanewise(VectorOperators.XOR, x2);
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 13).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 27).lanewise(VectorOperators.XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 23).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 5).lanewise(VectorOperators.XOR, x2);
      x0.add(k0).intoArray(words, at);
      x1.add(k1).intoArray(words, at + BLOCKS);
      x2.add(k2).intoArray(words, at + 2 * BLOCKS);
      x3.add(k3).intoArray(words, at + 3 * BLOCKS);
    }
  }

  private static void evenRounds(int k0, int k1, int k2, int k3, int groups, int[] words) {
    for (int b = 0; b < groups * BLOCKS; b += STEP) {
      int at = index(b);
      IntVector x0 = IntVector.fromArray(I, words, at);
      IntVector x1 = IntVector.fromArray(I, words, at + BLOCKS);
      IntVector x2 = IntVector.fromArray(I, words, at + 2 * BLOCKS);
      IntVector x3 = IntVector.fromArray(I, words, at + 3 * BLOCKS);
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 6).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 20).lanewise(VectorOperators.XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 17).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 11).lanewise(VectorOperators.XOR, x2);
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 25).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 10).lanewise(VectorOperators.XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(VectorOperators.ROL, 18).lanewise(VectorOperators.XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, 20).lanewise(VectorOperators.XOR, x2);
      x0.add(k0).intoArray(words, at);
      x1.add(k1).intoArray(words, at + BLOCKS);
      x2.add(k2).intoArray(words, at + 2 * BLOCKS);
      x3.add(k3).intoArray(words, at + 3 * BLOCKS);
    }
  }

  static void uniform(int[] words, int groups, float[] out, int from) {
    for (int i = 0; i < groups * RandomKernels.GROUP; i += STEP) {
      IntVector w = IntVector.fromArray(I, words, i);
      SimdFloats.toFloats(w.lanewise(VectorOperators.LSHR, 8))
          .mul(0x1p-24f)
          .intoArray(out, from + i);
    }
  }

  static void uniform(int[] words, int groups, double[] out, int from) {
    for (int i = 0; i < groups * HALF; i += SimdDoubles.STEP) {
      unit(cells(words, i)).intoArray(out, from + i);
    }
  }

  static void gaussian(int[] words, int groups, float[] out, int from) {
    radii(words, groups, out, from);
    turn(words, groups, out, from);
  }

  static void radii(int[] words, int groups, float[] out, int from) {
    for (int p = 0; p < groups * HALF; p += STEP) {
      int i = 2 * (p & -HALF) + (p & (HALF - 1));
      IntVector w = IntVector.fromArray(I, words, i).lanewise(VectorOperators.LSHR, 1);
      FloatVector log = SimdFloats.logNormal(SimdFloats.toFloats(w).add(HALF_F), BIAS_F);
      log.mul(MINUS_TWO_F).lanewise(VectorOperators.SQRT).intoArray(out, from + i);
    }
  }

  static void turn(int[] words, int groups, float[] out, int from) {
    for (int p = 0; p < groups * HALF; p += STEP) {
      int i = 2 * (p & -HALF) + (p & (HALF - 1));
      IntVector v = IntVector.fromArray(I, words, i + HALF);
      FloatVector radius = FloatVector.fromArray(F, out, from + i);
      FloatVector signed = radius.reinterpretAsInts().or(v.and(SIGN_I)).reinterpretAsFloats();
      IntVector one =
          v.lanewise(VectorOperators.LSHL, 2).lanewise(VectorOperators.LSHR, 9).or(ONE_I);
      FloatVector f = one.reinterpretAsFloats().sub(ONE_AND_HALF_F);
      FloatVector sin = signed.mul(SimdFloats.sinQuarter(f));
      FloatVector cos = signed.mul(SimdFloats.cosQuarter(f));
      IntVector reflect =
          ZERO_I.sub(v.lanewise(VectorOperators.LSHL, 1).lanewise(VectorOperators.LSHR, 31));
      IntVector cosBits = cos.reinterpretAsInts();
      IntVector sinBits = sin.reinterpretAsInts();
      IntVector swap = cosBits.lanewise(VectorOperators.XOR, sinBits).and(reflect);
      cosBits.lanewise(VectorOperators.XOR, swap).reinterpretAsFloats().intoArray(out, from + i);
      sinBits
          .lanewise(VectorOperators.XOR, swap)
          .reinterpretAsFloats()
          .intoArray(out, from + i + HALF);
    }
  }

  static void gaussian(int[] words, int groups, double[] out, int from) {
    integers(words, groups, out, from);
    radii(groups, out, from);
    turn(words, groups, out, from);
  }

  static void integers(int[] words, int groups, double[] out, int from) {
    for (int p = 0; p < groups * BLOCKS; p += SimdDoubles.STEP) {
      int i = 2 * (p & -BLOCKS) + (p & (BLOCKS - 1));
      integer(cells(words, i)).add(HALF_D).intoArray(out, from + i);
    }
  }

  static void radii(int groups, double[] out, int from) {
    for (int p = 0; p < groups * BLOCKS; p += SimdDoubles.STEP) {
      int i = from + 2 * (p & -BLOCKS) + (p & (BLOCKS - 1));
      DoubleVector log = SimdDoubles.logNormal(DoubleVector.fromArray(D, out, i), BIAS_D);
      log.mul(MINUS_TWO_D).lanewise(VectorOperators.SQRT).intoArray(out, i);
    }
  }

  static void turn(int[] words, int groups, double[] out, int from) {
    for (int p = 0; p < groups * BLOCKS; p += SimdDoubles.STEP) {
      int i = 2 * (p & -BLOCKS) + (p & (BLOCKS - 1));
      LongVector v = cells(words, i + BLOCKS);
      DoubleVector radius = DoubleVector.fromArray(D, out, from + i);
      DoubleVector signed = radius.reinterpretAsLongs().or(v.and(SIGN_L)).reinterpretAsDoubles();
      LongVector one =
          v.lanewise(VectorOperators.LSHL, 2).lanewise(VectorOperators.LSHR, 12).or(ONE_L);
      DoubleVector f = one.reinterpretAsDoubles().sub(ONE_AND_HALF_D);
      DoubleVector sin = signed.mul(SimdDoubles.sinQuarter(f));
      DoubleVector cos = signed.mul(SimdDoubles.cosQuarter(f));
      LongVector reflect =
          ZERO_L.sub(v.lanewise(VectorOperators.LSHL, 1).lanewise(VectorOperators.LSHR, 63));
      LongVector cosBits = cos.reinterpretAsLongs();
      LongVector sinBits = sin.reinterpretAsLongs();
      LongVector swap = cosBits.lanewise(VectorOperators.XOR, sinBits).and(reflect);
      cosBits.lanewise(VectorOperators.XOR, swap).reinterpretAsDoubles().intoArray(out, from + i);
      sinBits
          .lanewise(VectorOperators.XOR, swap)
          .reinterpretAsDoubles()
          .intoArray(out, from + i + BLOCKS);
    }
  }

  private static LongVector cells(int[] words, int i) {
    return IntVector.fromArray(I, words, 2 * i).reinterpretAsLongs();
  }

  /**
   * The top 53 bits as an integer: the upper 21 and the lower 32 of them each sit in the low bits
   * of a power of two.
   */
  private static DoubleVector integer(LongVector v) {
    LongVector top = v.lanewise(VectorOperators.LSHR, 11);
    DoubleVector high =
        top.lanewise(VectorOperators.LSHR, 32).or(0x4530000000000000L).reinterpretAsDoubles();
    DoubleVector low = top.and(0xffffffffL).or(0x4330000000000000L).reinterpretAsDoubles();
    return high.sub(0x1.00000001p84).add(low);
  }

  private static DoubleVector unit(LongVector v) {
    return integer(v).mul(0x1p-53);
  }
}
