package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * AdaMax (Kingma and Ba, ICLR 2015): Adam scaled by a decaying maximum instead of a root mean
 * square.
 *
 * <pre>
 *   g &larr; g + weightDecay x
 *   m &larr; b1 m + (1 - b1) g
 *   u &larr; max(b2 u, |g| + eps)
 *   x &larr; x - stepSize / (1 - b1^t)  m / u
 * </pre>
 *
 * <p>Cost: one pass with 4 reads and 3 writes an element; two state vectors, m and u.
 *
 * <p>Source: arXiv 1412.6980, Algorithm 2; the paper has no epsilon, which torch.optim.Adamax adds
 * to the magnitude so that a gradient of zeros does no harm.
 *
 * @param stepSize the step size; 2e-3 by default
 * @param beta1 the decay rate of the first moment, in [0, 1); 0.9 by default
 * @param beta2 the decay rate of the maximum, in [0, 1); 0.999 by default
 * @param epsilon added to the magnitude, more than 0; 1e-8 by default
 * @param weightDecay the coupled decay, at least 0; 0 by default
 */
public record AdaMax(
    Schedule stepSize, double beta1, double beta2, double epsilon, double weightDecay)
    implements UpdateRule {

  /** Checks the hyper-parameters. */
  public AdaMax {
    requireNonNull(stepSize, "stepSize");
    Checks.fraction("beta1", beta1);
    Checks.fraction("beta2", beta2);
    Checks.positive("epsilon", epsilon);
    Checks.nonNegative("weightDecay", weightDecay);
  }

  /**
   * With the defaults.
   *
   * @return step size 2e-3
   */
  public static AdaMax defaults() {
    return of(2e-3);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static AdaMax of(double stepSize) {
    return new AdaMax(
        Schedule.constant(Checks.nonNegative("stepSize", stepSize)), 0.9, 0.999, 1e-8, 0);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public AdaMax withStepSize(Schedule stepSize) {
    return new AdaMax(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With other decay rates.
   *
   * @param beta1 of the first moment, in [0, 1)
   * @param beta2 of the maximum, in [0, 1)
   * @return a new rule
   */
  public AdaMax withBetas(double beta1, double beta2) {
    return new AdaMax(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With another epsilon.
   *
   * @param epsilon more than 0
   * @return a new rule
   */
  public AdaMax withEpsilon(double epsilon) {
    return new AdaMax(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With coupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public AdaMax withWeightDecay(double weightDecay) {
    return new AdaMax(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public List<String> state() {
    return List.of("m", "u");
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double b1 = beta1;
    double b2 = beta2;
    double a1 = 1 - beta1;
    double eps = epsilon;
    double wd = weightDecay;
    double lr = step.stepSize() / (1 - Powers.of(beta1, step.t()));
    double scale = step.gradientScale();
    double[] m = state[0];
    double[] u = state[1];
    for (int i = from; i < to; i++) {
      double gi = scale * g[i] + wd * x[i];
      double mi = b1 * m[i] + a1 * gi;
      double ui = Math.max(b2 * u[i], Math.abs(gi) + eps);
      m[i] = mi;
      u[i] = ui;
      x[i] -= lr * (mi / ui);
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float a1 = (float) (1 - beta1);
    float eps = Epsilon.single(epsilon);
    float wd = (float) weightDecay;
    float lr = (float) (step.stepSize() / (1 - Powers.of(beta1, step.t())));
    float scale = (float) step.gradientScale();
    float[] m = state[0];
    float[] u = state[1];
    for (int i = from; i < to; i++) {
      float gi = scale * g[i] + wd * x[i];
      float mi = b1 * m[i] + a1 * gi;
      float ui = Math.max(b2 * u[i], Math.abs(gi) + eps);
      m[i] = mi;
      u[i] = ui;
      x[i] -= lr * (mi / ui);
    }
  }
}
