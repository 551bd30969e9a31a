package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.kernel.UpdateKernels;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * Lion, EvoLved Sign Momentum (Chen et al., 2023).
 *
 * <pre>
 *   c  =  b1 m + (1 - b1) g
 *   x &larr; (1 - stepSize weightDecay) x - stepSize sign(c)        sign(0) = 0
 *   m &larr; b2 m + (1 - b2) g
 * </pre>
 *
 * <p>Every coordinate with c != 0 moves by exactly the step size, whatever the size of the
 * gradient, so that the step size is about 3 to 10 times smaller and the weight decay 3 to 10 times
 * larger than AdamW's. There is no epsilon, no bias correction and no step counter.
 *
 * <p>Cost: one pass with 3 reads and 2 writes an element; one state vector.
 *
 * <p>Source: arXiv 2302.06675, Program 1, and the authors' code (google/automl, lion), which agree.
 *
 * @param stepSize the step size; 1e-4 by default
 * @param beta1 the weight of the momentum in the sign, in [0, 1); 0.9 by default
 * @param beta2 the decay rate of the momentum, in [0, 1); 0.99 by default
 * @param weightDecay the decoupled decay, at least 0; 0 by default
 */
public record Lion(Schedule stepSize, double beta1, double beta2, double weightDecay)
    implements UpdateRule {

  /** Checks the hyper-parameters. */
  public Lion {
    requireNonNull(stepSize, "stepSize");
    Checks.fraction("beta1", beta1);
    Checks.fraction("beta2", beta2);
    Checks.nonNegative("weightDecay", weightDecay);
  }

  /**
   * With the defaults.
   *
   * @return step size 1e-4
   */
  public static Lion defaults() {
    return of(1e-4);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static Lion of(double stepSize) {
    return new Lion(Schedule.constant(Checks.nonNegative("stepSize", stepSize)), 0.9, 0.99, 0);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public Lion withStepSize(Schedule stepSize) {
    return new Lion(stepSize, beta1, beta2, weightDecay);
  }

  /**
   * With other decay rates; 0.95 and 0.98 are the authors' for language models.
   *
   * @param beta1 the weight of the momentum in the sign, in [0, 1)
   * @param beta2 the decay rate of the momentum, in [0, 1)
   * @return a new rule
   */
  public Lion withBetas(double beta1, double beta2) {
    return new Lion(stepSize, beta1, beta2, weightDecay);
  }

  /**
   * With decoupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public Lion withWeightDecay(double weightDecay) {
    return new Lion(stepSize, beta1, beta2, weightDecay);
  }

  @Override
  public List<String> state() {
    return List.of("momentum");
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double lr = step.stepSize();
    double keep = 1 - lr * weightDecay;
    double scale = step.gradientScale();
    UpdateKernels.lion(x, state[0], g, from, to, beta1, beta2, lr, keep, scale);
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    double lr = step.stepSize();
    double keep = 1 - lr * weightDecay;
    double scale = step.gradientScale();
    UpdateKernels.lion(x, state[0], g, from, to, beta1, beta2, lr, keep, scale);
  }
}
