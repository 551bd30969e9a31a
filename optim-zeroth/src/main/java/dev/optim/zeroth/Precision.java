package dev.optim.zeroth;

/** The floating-point numbers the particles of {@link Cbo} are made of. */
public enum Precision {
  /** 64 bits. */
  DOUBLE,
  /**
   * 32 bits: half the memory, and random numbers at less than half the price. The objective still
   * gets and gives doubles, within a set projected onto it once more after the rounding. Variants
   * other than the plain step, with anisotropic noise, a linear drift and one consensus, compute in
   * double precision and round what they store.
   */
  SINGLE
}
