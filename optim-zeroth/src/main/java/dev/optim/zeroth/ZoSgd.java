package dev.optim.zeroth;

import dev.optim.Checks;
import dev.optim.Optimizer;
import dev.optim.Start;
import dev.optim.random.RandomStream;

/**
 * Zeroth-order gradient descent by forward differences along random directions,
 *
 * <pre>
 *   g = 1/m sum (f(x + mu z_i) - f(x)) / mu z_i,   z_i ~ N(0, I);      x = x - eta g
 * </pre>
 *
 * m + 1 evaluations a step. The baseline of methods that use values: a step size that is a little
 * too long overflows, in which case the run ends with {@code NON_FINITE} (compare {@link RankSgd}).
 * O(m d) operations and memory.
 *
 * <p>Reference: Yu. Nesterov and V. Spokoiny, Random gradient-free minimization of convex
 * functions, Foundations of Computational Mathematics 17 (2017).
 *
 * @param directions m, at least 1
 * @param smoothing mu, greater than 0
 * @param stepSize eta, greater than 0
 */
public record ZoSgd(int directions, double smoothing, double stepSize) implements ValueMethod {

  /** Checks the ranges. */
  public ZoSgd {
    Checks.atLeastOne("directions", directions);
    Checks.positive("smoothing", smoothing);
    Checks.positive("stepSize", stepSize);
  }

  @Override
  public AskTell open(Start start, RandomStream random) {
    double[] x = start.sample(Optimizer.startStream(random));
    return new AskTell(toString(), new ZoSgdEngine(this, x, random.split("directions")));
  }
}
