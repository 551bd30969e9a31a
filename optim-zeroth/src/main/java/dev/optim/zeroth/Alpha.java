package dev.optim.zeroth;

import dev.optim.Checks;

/**
 * The inverse temperature alpha of the consensus weights exp(-alpha f): how strongly the consensus
 * point leans to the best particles, and how that changes from step to step.
 */
public sealed interface Alpha permits Alpha.Factor, Alpha.EffectiveSampleSize {

  /**
   * The same value at every step.
   *
   * @param value at least 0; 1e15 in effect picks the best particle
   * @return the schedule
   * @throws IllegalArgumentException if the value is negative or not finite
   */
  static Alpha constant(double value) {
    return new Factor(value, 1, value);
  }

  /**
   * A value that grows by a factor after every step, up to a cap.
   *
   * @param start the value of the first step, at least 0
   * @param factor at least 1
   * @param cap the largest value, at least {@code start}
   * @return the schedule
   * @throws IllegalArgumentException if an argument is out of its range
   */
  static Alpha growing(double start, double factor, double cap) {
    return new Factor(start, factor, cap);
  }

  /**
   * At every step the value for which the effective sample size, (sum w)^2 / sum w^2, is a fraction
   * of the number of particles: found by bisection in log alpha, O(particles) a halving.
   *
   * @param fraction in (0, 1)
   * @return the schedule
   * @throws IllegalArgumentException if the fraction is out of its range
   */
  static Alpha effectiveSampleSize(double fraction) {
    return new EffectiveSampleSize(fraction);
  }

  /**
   * See {@link #growing}.
   *
   * @param start the value of the first step
   * @param factor by which it grows
   * @param cap the largest value
   */
  record Factor(double start, double factor, double cap) implements Alpha {

    /** Checks the ranges. */
    public Factor {
      Checks.nonNegative("start", start);
      Checks.require(
          factor >= 1 && Double.isFinite(factor), "factor", factor, "a finite number >= 1");
      Checks.require(
          cap >= start && Double.isFinite(cap), "cap", cap, "finite and not below " + start);
    }
  }

  /**
   * See {@link #effectiveSampleSize}.
   *
   * @param fraction of the number of particles
   */
  record EffectiveSampleSize(double fraction) implements Alpha {

    /** Checks the range. */
    public EffectiveSampleSize {
      Checks.require(fraction > 0 && fraction < 1, "fraction", fraction, "in (0, 1)");
    }
  }
}
