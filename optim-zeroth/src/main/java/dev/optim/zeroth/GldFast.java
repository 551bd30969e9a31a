package dev.optim.zeroth;

import dev.optim.Checks;
import dev.optim.Optimizer;
import dev.optim.Start;
import dev.optim.random.RandomStream;

/**
 * Gradientless descent, fast variant: a step tries one random direction at each of the radii 2^-k
 * R, k = -K..K with K = ceil(log2(4 sqrt(Q))), and goes to the best point if it is better; R is
 * halved every d Q log2(Q) steps. Uses comparisons of values only, so it is the same under
 * increasing transforms. 2K + 1 evaluations a step; O(K d) operations and memory.
 *
 * <p>Reference: D. Golovin et al., Gradientless descent: high-dimensional zeroth-order
 * optimization, ICLR 2020.
 *
 * @param radius R, about the distance to the minimum, greater than 0
 * @param condition Q, an upper bound of the condition number, greater than 1
 */
public record GldFast(double radius, double condition) implements ValueMethod {

  /** Checks the ranges. */
  public GldFast {
    Checks.positive("radius", radius);
    Checks.require(
        condition > 1 && Double.isFinite(condition), "condition", condition, "finite and > 1");
  }

  @Override
  public AskTell open(Start start, RandomStream random) {
    double[] x = start.sample(Optimizer.startStream(random));
    return new AskTell(toString(), new GldFastEngine(this, x, random.split("directions")));
  }
}
