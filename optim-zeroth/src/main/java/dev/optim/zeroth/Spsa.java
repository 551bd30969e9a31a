package dev.optim.zeroth;

import dev.optim.Checks;
import dev.optim.Optimizer;
import dev.optim.Start;
import dev.optim.geometry.ConvexSet;
import dev.optim.random.RandomStream;
import org.jspecify.annotations.Nullable;

/**
 * Simultaneous perturbation stochastic approximation: two evaluations a step whatever the
 * dimension, along one random direction of signs,
 *
 * <pre>
 *   g = (f(x + c_k delta) - f(x - c_k delta)) / (2 c_k) delta,      delta_j = +-1
 *   x = x - a_k g,      a_k = a / (A + k + 1)^0.602,      c_k = c / (k + 1)^0.101
 * </pre>
 *
 * with Spall's exponents. For noisy values. A step of which a value fails is not taken; the next
 * one tries another direction. The iterate is the best point evaluated, which is one of the
 * perturbed ones. O(d) operations and memory.
 *
 * <p>Within a set, x and the two points evaluated are projected onto it, and the estimate has their
 * difference over 2 c_k in the place of delta: shorter where the set cuts it off, so that the
 * expected step still goes down, only slower along bounds that are met.
 *
 * <p>Reference: J. C. Spall, Implementation of the simultaneous perturbation algorithm for
 * stochastic optimization, IEEE Transactions on Aerospace and Electronic Systems 34 (1998).
 *
 * @param gain a, greater than 0
 * @param perturbation c, about the noise's standard deviation, greater than 0
 * @param stability A, about a tenth of the iterations to come, at least 0
 * @param within x and the points evaluated are projected onto this set; null for none
 */
public record Spsa(double gain, double perturbation, double stability, @Nullable ConvexSet within)
    implements ValueMethod {

  /** Checks the ranges. */
  public Spsa {
    Checks.positive("gain", gain);
    Checks.positive("perturbation", perturbation);
    Checks.nonNegative("stability", stability);
  }

  @Override
  public AskTell open(Start start, RandomStream random) {
    double[] x = start.sample(Optimizer.startStream(random));
    if (within != null) {
      within.project(x);
    }
    return new AskTell(toString(), new SpsaEngine(this, x, random.split("directions")));
  }
}
