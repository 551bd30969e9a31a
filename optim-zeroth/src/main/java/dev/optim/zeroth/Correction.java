package dev.optim.zeroth;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;

/**
 * Lets particles that are better than the consensus point stay: the drift of particle i is
 * multiplied by H(f(x_i) - f(c)). Costs one more evaluation a step, of the consensus point (of
 * every particle's own one in polarised runs).
 *
 * @param kind the shape of H
 * @param width the width of the regularised step, greater than 0
 * @param noiseToo whether the noise is multiplied as well, as CBXPy does; the literature multiplies
 *     the drift only
 */
public record Correction(Kind kind, double width, boolean noiseToo) {

  /** The shape of H. */
  public enum Kind {
    /** H = 1: no correction, and no evaluation of the consensus point. */
    NONE,
    /** H(u) = 1 for u &gt; 0, otherwise 0. */
    HEAVISIDE,
    /** H(u) = (1 + tanh(u / width)) / 2. */
    REGULARISED
  }

  /** Checks the ranges. */
  public Correction {
    requireNonNull(kind, "kind");
    Checks.positive("width", width);
  }

  /**
   * No correction.
   *
   * @return H = 1
   */
  public static Correction none() {
    return new Correction(Kind.NONE, 1, false);
  }

  /**
   * The step function, on the drift.
   *
   * @return the correction
   */
  public static Correction heaviside() {
    return new Correction(Kind.HEAVISIDE, 1, false);
  }

  /**
   * The smooth step, on the drift.
   *
   * @param width its width, greater than 0
   * @return the correction
   */
  public static Correction regularised(double width) {
    return new Correction(Kind.REGULARISED, width, false);
  }

  /**
   * The same correction on the noise as well, so that particles better than the consensus freeze:
   * CBXPy's order of operations.
   *
   * @return the correction
   */
  public Correction onNoiseToo() {
    return new Correction(kind, width, true);
  }
}
