package dev.optim.zeroth;

import dev.optim.Checks;

/**
 * Particles remember the best point each has seen, the consensus is made of those, and every
 * particle is drawn to its own by a second drift and noise. Costs no further evaluations and twice
 * the random numbers.
 *
 * @param lambda the rate of the drift to the particle's best point, at least 0
 * @param sigma the strength of the noise scaled by the distance from it, at least 0
 */
public record Memory(double lambda, double sigma) {

  /** Checks the ranges. */
  public Memory {
    Checks.nonNegative("lambda", lambda);
    Checks.nonNegative("sigma", sigma);
  }
}
