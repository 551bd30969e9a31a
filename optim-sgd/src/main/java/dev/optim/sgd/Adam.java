package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * Adam (Kingma and Ba, ICLR 2015), with coupled weight decay.
 *
 * <pre>
 *   g &larr; g + weightDecay x
 *   m &larr; b1 m + (1 - b1) g
 *   v &larr; b2 v + (1 - b2) g^2
 *   x &larr; x - stepSize m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + eps)
 * </pre>
 *
 * <p>Cost: one pass with 4 reads and 3 writes an element; two state vectors, m and v.
 *
 * <p>Source: arXiv 1412.6980, Algorithm 1; the place of epsilon and the coupled decay are those of
 * torch.optim.Adam.
 *
 * @param stepSize the step size; 1e-3 by default
 * @param beta1 the decay rate of the first moment, in [0, 1); 0.9 by default
 * @param beta2 the decay rate of the second moment, in [0, 1); 0.999 by default
 * @param epsilon added to the root of the corrected second moment, more than 0; 1e-8 by default
 * @param weightDecay the coupled decay, added to the gradient, at least 0; 0 by default
 */
public record Adam(
    Schedule stepSize, double beta1, double beta2, double epsilon, double weightDecay)
    implements UpdateRule {

  /** Checks the hyper-parameters. */
  public Adam {
    requireNonNull(stepSize, "stepSize");
    Checks.fraction("beta1", beta1);
    Checks.fraction("beta2", beta2);
    Checks.positive("epsilon", epsilon);
    Checks.nonNegative("weightDecay", weightDecay);
  }

  /**
   * With the defaults.
   *
   * @return step size 1e-3
   */
  public static Adam defaults() {
    return of(1e-3);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static Adam of(double stepSize) {
    return new Adam(
        Schedule.constant(Checks.nonNegative("stepSize", stepSize)), 0.9, 0.999, 1e-8, 0);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public Adam withStepSize(Schedule stepSize) {
    return new Adam(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With other decay rates.
   *
   * @param beta1 of the first moment, in [0, 1)
   * @param beta2 of the second moment, in [0, 1)
   * @return a new rule
   */
  public Adam withBetas(double beta1, double beta2) {
    return new Adam(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With another epsilon.
   *
   * @param epsilon more than 0
   * @return a new rule
   */
  public Adam withEpsilon(double epsilon) {
    return new Adam(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With coupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public Adam withWeightDecay(double weightDecay) {
    return new Adam(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public List<String> state() {
    return List.of("m", "v");
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    AdamStep.apply(step, beta1, beta2, epsilon, weightDecay, 1, x, g, state[0], state[1], from, to);
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    AdamStep.apply(step, beta1, beta2, epsilon, weightDecay, 1, x, g, state[0], state[1], from, to);
  }
}
