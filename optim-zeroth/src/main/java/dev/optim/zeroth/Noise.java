package dev.optim.zeroth;

import dev.optim.Checks;

/** How particles explore: the diffusion of consensus-based optimisation. */
public sealed interface Noise permits Noise.Scaled, Noise.Covariance {

  /**
   * Noise in each coordinate proportional to that coordinate's distance from the consensus. What
   * keeps its strength in high dimension.
   *
   * <p>The spread contracts almost surely while E log|1 - lambda dt + sigma sqrt(dt) z| &lt; 0, for
   * lambda dt = 0.01 up to sigma sqrt(dt) of about 1.55; about 1.0 finds most minima.
   *
   * @param sigma the strength, at least 0
   * @return the noise
   */
  static Scaled anisotropic(double sigma) {
    return new Scaled(false, sigma, Double.POSITIVE_INFINITY);
  }

  /**
   * The same noise in all coordinates, proportional to the Euclidean distance from the consensus.
   * It grows with the dimension: beyond sigma sqrt(dt) of about 0.43 (d = 2), 0.05 (d = 10) or
   * 0.033 (d = 20) the particles fly apart.
   *
   * @param sigma the strength, at least 0
   * @return the noise
   */
  static Scaled isotropic(double sigma) {
    return new Scaled(true, sigma, Double.POSITIVE_INFINITY);
  }

  /**
   * Noise shaped like the weighted covariance of the particles, as in consensus-based sampling: the
   * increment is sqrt(2 dt s) C^(1/2) z with s = 1 + alpha for sampling from exp(-f) and s = 1 for
   * optimisation. Costs N d^2 + d^3 a step.
   *
   * @param sampling whether to sample instead of to optimise
   * @return the noise
   */
  static Covariance covariance(boolean sampling) {
    return new Covariance(sampling);
  }

  /**
   * Noise proportional to the distance from the consensus.
   *
   * @param isotropic whether the Euclidean distance scales all coordinates, or each its own
   * @param sigma the strength
   * @param truncation the largest distance that counts, infinite for no limit
   */
  record Scaled(boolean isotropic, double sigma, double truncation) implements Noise {

    /** Checks the ranges. */
    public Scaled {
      Checks.nonNegative("sigma", sigma);
      Checks.require(truncation > 0, "truncation", truncation, "greater than 0");
    }

    /**
     * Noise whose distance is cut off.
     *
     * @param largest the largest distance that counts, greater than 0
     * @return the noise
     */
    public Scaled truncated(double largest) {
      return new Scaled(isotropic, sigma, largest);
    }
  }

  /**
   * See {@link #covariance}.
   *
   * @param sampling whether to sample instead of to optimise
   */
  record Covariance(boolean sampling) implements Noise {

    /** The factor s of the increment. */
    double scale(double alpha) {
      return sampling ? 1 + alpha : 1;
    }
  }
}
