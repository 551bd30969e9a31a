package dev.optim.zeroth;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;

/**
 * A consensus point for every particle, made mostly of its neighbours, so that groups of particles
 * settle in different minima. The weight of particle j for particle i is K(x_i, x_j)^p exp(-alpha
 * f(x_j)) with p = alpha or 1. Costs N^2 d a step and O(N d) memory.
 *
 * <p>Reference: L. Bungert, T. Roith and P. Wacker, Polarized consensus-based dynamics for
 * optimization and sampling, Mathematical Programming 211 (2025).
 *
 * @param kernel K
 * @param kappa its width, greater than 0
 * @param powerAlpha whether p = alpha; otherwise p = 1
 */
public record Polarisation(Kernel kernel, double kappa, boolean powerAlpha) {

  /** How near another particle is, with r the Euclidean distance. */
  public enum Kernel {
    /** exp(-r^2 / (2 kappa^2)). */
    GAUSSIAN,
    /** exp(-r / kappa). */
    LAPLACE,
    /** 1 / (1 + r^2 / kappa^2). */
    INVERSE_QUADRATIC,
    /** 1 within kappa, 0 beyond: bounded confidence. */
    BALL
  }

  /** Checks the ranges. */
  public Polarisation {
    requireNonNull(kernel, "kernel");
    Checks.positive("kappa", kappa);
  }
}
