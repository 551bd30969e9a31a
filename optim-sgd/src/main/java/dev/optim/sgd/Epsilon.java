package dev.optim.sgd;

/** The epsilon of a denominator in single precision. */
final class Epsilon {

  private Epsilon() {}

  /** Rounds to single precision, but never to zero: a denominator must not vanish. */
  static float single(double epsilon) {
    return Math.max((float) epsilon, Float.MIN_VALUE);
  }
}
