package dev.optim.zeroth;

import dev.optim.Checks;
import dev.optim.Optimizer;
import dev.optim.Start;
import dev.optim.geometry.ConvexSet;
import dev.optim.random.RandomStream;
import org.jspecify.annotations.Nullable;

/**
 * Consensus hopping: the consensus point jumps to the weighted mean of a Gaussian cloud around it,
 *
 * <pre>
 *   x_i = c_k + sigma_k z_i,      z_i ~ N(0, I),      i = 1..N
 *   c_{k+1} = sum w_i x_i,        w_i = exp(-alpha (f(x_i) - min f)) / sum
 * </pre>
 *
 * which is consensus-based optimisation whose drift takes a particle all the way in one step. Where
 * f is smooth over a cloud, c_{k+1} - c_k is about -alpha sigma^2 grad f(c_k): a stochastic
 * relaxation of gradient descent with the step size alpha sigma^2, made of values alone. Where a
 * barrier is narrower than the cloud, the point hops over it, and gradient descent would not.
 *
 * <p>N evaluations, N d Gaussian draws, N exponentials and about 3 N d operations an iteration;
 * memory O(N d). The start needs no spread. The iterate is the best point evaluated; the consensus
 * point is {@link AskTell#center}. When all values fail the point stays where it is and the next
 * cloud is another one.
 *
 * <p>Reference: K. Riedl, T. Klock, C. Geldhauser and M. Fornasier, Gradient is all you need? How
 * consensus-based optimization can be interpreted as a stochastic relaxation of gradient descent,
 * arXiv:2306.09778 (2023).
 *
 * @param particles N, at least 1
 * @param alpha the weights' inverse temperature, at least 0
 * @param sigma the first cloud's standard deviation, greater than 0
 * @param cooling sigma is multiplied by it, in (0, 1]
 * @param every iterations from one cooling to the next, at least 1
 * @param within points are projected onto this set; null for none
 */
public record ConsensusHopping(
    int particles,
    double alpha,
    double sigma,
    double cooling,
    int every,
    @Nullable ConvexSet within)
    implements ValueMethod {

  /** Checks the ranges. */
  public ConsensusHopping {
    Checks.atLeastOne("particles", particles);
    Checks.nonNegative("alpha", alpha);
    Checks.positive("sigma", sigma);
    Checks.require(cooling > 0 && cooling <= 1, "cooling", cooling, "in (0, 1]");
    Checks.atLeastOne("every", every);
  }

  /**
   * Clouds of one size.
   *
   * @param particles N, at least 1
   * @param alpha the weights' inverse temperature, at least 0
   * @param sigma the clouds' standard deviation, greater than 0
   * @return the method
   */
  public static ConsensusHopping of(int particles, double alpha, double sigma) {
    return new ConsensusHopping(particles, alpha, sigma, 1, 1, null);
  }

  /**
   * The same with clouds that shrink; the reference multiplies by 0.98 every 100 iterations.
   *
   * @param cooling sigma is multiplied by it, in (0, 1]
   * @param every iterations from one cooling to the next, at least 1
   * @return the method
   */
  public ConsensusHopping withCooling(double cooling, int every) {
    return new ConsensusHopping(particles, alpha, sigma, cooling, every, within);
  }

  /**
   * The same within a set.
   *
   * @param set points are projected onto it; null for none
   * @return the method
   */
  public ConsensusHopping within(@Nullable ConvexSet set) {
    return new ConsensusHopping(particles, alpha, sigma, cooling, every, set);
  }

  @Override
  public AskTell open(Start start, RandomStream random) {
    double[] x = start.sample(Optimizer.startStream(random));
    if (within != null) {
      within.project(x);
    }
    return new AskTell(toString(), new HoppingEngine(this, x, random.split("clouds")));
  }
}
