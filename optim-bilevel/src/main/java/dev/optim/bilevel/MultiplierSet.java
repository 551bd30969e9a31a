package dev.optim.bilevel;

import org.jspecify.annotations.Nullable;

/**
 * Z, what multipliers are clipped to: [0, r] for an inequality, [-r, r] for an equality.
 *
 * @param lowest of each row
 * @param bound r
 */
record MultiplierSet(double[] lowest, double bound) {

  static MultiplierSet of(@Nullable Coupling coupling, double bound) {
    double[] lowest = new double[coupling == null ? 0 : coupling.rows()];
    for (int i = 0; i < lowest.length; i++) {
      lowest[i] = coupling != null && coupling.equality(i) ? -bound : 0;
    }
    return new MultiplierSet(lowest, bound);
  }

  /** The nearest multiplier of a row in Z. */
  double clip(int row, double multiplier) {
    return Math.min(Math.max(multiplier, lowest[row]), bound);
  }
}
