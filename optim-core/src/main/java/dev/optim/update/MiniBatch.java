package dev.optim.update;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.FiniteSum;
import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.random.RandomStream;

/**
 * A plan that takes one step a mini-batch of a finite sum, batches drawn without replacement.
 *
 * <p>The iterates are the updater's evaluation points: the average, for a rule that averages.
 *
 * <p>A batch whose loss or gradient is not finite is skipped; a whole epoch of such batches ends
 * the run.
 *
 * @param plan the plan
 * @param size the terms in a batch, at least 1
 * @param radius how far uphill of the point a step's gradient is taken, in the direction of the
 *     gradient at the point; 0 for the gradient at the point itself
 */
public record MiniBatch(UpdatePlan plan, int size, double radius) implements Optimizer<FiniteSum> {

  /** The metric that holds the loss of the last batch, at the point before the last step. */
  public static final String BATCH_VALUE = "batch value";

  /** Checks the parts. */
  public MiniBatch {
    requireNonNull(plan, "plan");
    Checks.atLeastOne("size", size);
    Checks.nonNegative("radius", radius);
  }

  /**
   * Sharpness-aware minimisation, SAM: a step takes the gradient of its batch at {@code x + radius
   * g / |g|_2}, with g the gradient of the batch at x, so that flat minima win. Twice the
   * evaluations. A gradient that is zero, or so tiny or huge that the radius over its norm is no
   * number, is used as it is.
   *
   * <p>Source: Foret et al., ICLR 2021, arXiv 2010.01412, equations 2 and 3, Algorithm 1.
   *
   * @param radius more than 0; 0.05 in the paper
   * @return a new optimizer
   */
  public MiniBatch withSharpnessAware(double radius) {
    return new MiniBatch(plan, size, Checks.positive("radius", radius));
  }

  @Override
  public Run start(FiniteSum problem, Start start, RandomStream random) {
    return new MiniBatchRun(
        this, problem, start.sample(Optimizer.startStream(random)), random.split("batches"));
  }

  @Override
  public String name() {
    return radius > 0 ? "SAM around " + plan.name() : plan.name();
  }
}
