package dev.optim.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors of the Vector API kernels: one shape for each element type, of the hardware's width
 * but at most 512 bits. With two shapes of one type in use the compiler sees two classes at the
 * call sites inside the Vector API, and boxes vectors.
 */
final class SimdSpecies {

  private static final int BITS = Math.min(512, DoubleVector.SPECIES_PREFERRED.vectorBitSize());
  private static final VectorShape SHAPE = VectorShape.forBitSize(BITS);

  static final VectorSpecies<Double> D = VectorSpecies.of(double.class, SHAPE);
  static final VectorSpecies<Float> F = VectorSpecies.of(float.class, SHAPE);
  static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, SHAPE);

  private static final VectorShape HALF = VectorShape.forBitSize(BITS / 2);

  /**
   * Later compilers tell two shapes of one element type apart, as measured on 25. On 17 the use of
   * half a vector anywhere, even of shorts alone, made AdamP's sums take twice as long.
   */
  static final boolean HALVES = Runtime.version().feature() >= 25;

  /**
   * What floats are loaded in before they are widened: as many as a vector has doubles, or else a
   * whole vector, whose halves are widened one after the other.
   */
  static final VectorSpecies<Float> H = HALVES ? VectorSpecies.of(float.class, HALF) : F;

  /** Which part of what is loaded the upper half is. */
  static final int UPPER_PART = HALVES ? 0 : 1;

  /** As many ints as a vector has doubles; only for {@link #HALVES}. */
  static final VectorSpecies<Integer> J = VectorSpecies.of(int.class, HALF);

  /** As many shorts as a vector has floats, or else a whole vector. */
  static final VectorSpecies<Short> S = VectorSpecies.of(short.class, HALVES ? HALF : SHAPE);

  private SimdSpecies() {}
}
