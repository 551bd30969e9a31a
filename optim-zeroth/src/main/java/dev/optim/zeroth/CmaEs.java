package dev.optim.zeroth;

import dev.optim.Checks;
import dev.optim.Optimizer;
import dev.optim.Start;
import dev.optim.geometry.ConvexSet;
import dev.optim.random.RandomStream;
import org.jspecify.annotations.Nullable;

/**
 * The covariance matrix adaptation evolution strategy: samples x_i = m + sigma y_i, y_i ~ N(0, C),
 * moves m to the weighted mean of the better half, and adapts sigma and C from the path taken. What
 * to use first on a function of 3 to 100 variables that is ill-conditioned, rugged or both.
 *
 * <pre>
 *   m = m + sigma sum w_i y_i
 *   p_s = (1 - c_s) p_s + sqrt(c_s (2 - c_s) mu) C^(-1/2) sum w_i y_i
 *   p_c = (1 - c_c) p_c + h sqrt(c_c (2 - c_c) mu) sum w_i y_i
 *   C = (1 - c_1 - c_mu) C + c_1 p_c p_c^T + c_mu sum w_i y_i y_i^T
 *   sigma = sigma exp(c_s / d_s (|p_s| / E|N(0, I)| - 1))
 * </pre>
 *
 * with the rates of the reference. Cost of an iteration: N evaluations, O(N d^2) and, every d / 10
 * iterations or so, an eigen-decomposition of O(d^3); the separable form, which adapts variances
 * only, O(N d).
 *
 * <p>Ends with {@code CONVERGED} when sigma times the largest deviation falls to {@code tolerance}
 * (1 + |m|), or C's condition passes 1e14, and with {@code STAGNATION} when the values of a
 * population, and the best ones of the last iterations, do not differ. For restarts see {@link
 * Restarts}.
 *
 * <p>References: N. Hansen, The CMA evolution strategy: a tutorial, arXiv:1604.00772 (2016); R. Ros
 * and N. Hansen, A simple modification in CMA-ES achieving linear time and space complexity, PPSN X
 * (2008).
 *
 * @param population N, at least 2; 0 for 4 + floor(3 ln d)
 * @param sigma the first step size, about a third of the distance to the minimum, greater than 0
 * @param separable whether only variances are adapted
 * @param tolerance of convergence, at least 0
 * @param within points are projected onto this set before they are evaluated; null for none
 */
public record CmaEs(
    int population, double sigma, boolean separable, double tolerance, @Nullable ConvexSet within)
    implements PopulationMethod {

  /** Checks the ranges. */
  public CmaEs {
    Checks.require(population == 0 || population >= 2, "population", population, "0 or at least 2");
    Checks.positive("sigma", sigma);
    Checks.nonNegative("tolerance", tolerance);
  }

  /**
   * The reference's settings: its population size, a full covariance matrix, tolerance 1e-12.
   *
   * @param sigma the first step size, greater than 0
   * @return the method
   */
  public static CmaEs standard(double sigma) {
    return new CmaEs(0, sigma, false, 1e-12, null);
  }

  /**
   * These settings with another population.
   *
   * @param population N, at least 2; 0 for 4 + floor(3 ln d)
   * @return the method
   */
  public CmaEs withPopulation(int population) {
    return new CmaEs(population, sigma, separable, tolerance, within);
  }

  /**
   * These settings with variances only.
   *
   * @return the method
   */
  public CmaEs separately() {
    return new CmaEs(population, sigma, true, tolerance, within);
  }

  /**
   * These settings within a set.
   *
   * @param set points are projected onto it; null for none
   * @return the method
   */
  public CmaEs within(@Nullable ConvexSet set) {
    return new CmaEs(population, sigma, separable, tolerance, set);
  }

  @Override
  public AskTell open(Start start, RandomStream random, double factor) {
    double[] mean = start.sample(Optimizer.startStream(random));
    int own = population > 0 ? population : 4 + (int) (3 * StrictMath.log(mean.length));
    int n = PopulationMethod.scaled(own, factor);
    return new AskTell(toString(), new CmaEsEngine(this, n, mean, random.split("samples")));
  }
}
