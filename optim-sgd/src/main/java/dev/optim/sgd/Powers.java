package dev.optim.sgd;

/** Powers of decay rates, as bias correction needs them. */
final class Powers {

  private Powers() {}

  /**
   * The power of a number by repeated squaring: the same bits everywhere, and unlike StrictMath's
   * without garbage. Its relative error is about exponent times 1e-16, which one minus the power of
   * a decay rate does not show.
   */
  static double of(double base, long exponent) {
    double power = 1;
    double square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        power *= square;
      }
      square *= square;
    }
    return power;
  }
}
