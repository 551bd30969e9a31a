package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * AdaBelief (Zhuang et al., NeurIPS 2020): Adam scaled by how far gradients fall from their own
 * mean.
 *
 * <pre>
 *   m &larr; b1 m + (1 - b1) g
 *   s &larr; b2 s + (1 - b2) (g - m)^2 + eps                           (with the new m)
 *   x &larr; (1 - stepSize weightDecay) x - stepSize / (1 - b1^t)  m / (sqrt(s / (1 - b2^t)) + eps)
 * </pre>
 *
 * <p>Cost: one pass with 4 reads and 3 writes an element; two state vectors, m and s.
 *
 * <p>Source: arXiv 2010.07468, Algorithm 2. The authors' package rectifies the step as RAdam does
 * by default, which the paper has not; it takes epsilon 1e-16 where Adam does better than SGD. The
 * decoupled decay is their package's.
 *
 * @param stepSize the step size; 1e-3 by default
 * @param beta1 the decay rate of the first moment, in [0, 1); 0.9 by default
 * @param beta2 the decay rate of the variance, in [0, 1); 0.999 by default
 * @param epsilon added to the variance at every step and to its root, more than 0; 1e-8 by default
 * @param weightDecay the decoupled decay, at least 0; 0 by default
 */
public record AdaBelief(
    Schedule stepSize, double beta1, double beta2, double epsilon, double weightDecay)
    implements UpdateRule {

  /** Checks the hyper-parameters. */
  public AdaBelief {
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
  public static AdaBelief defaults() {
    return of(1e-3);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static AdaBelief of(double stepSize) {
    return new AdaBelief(
        Schedule.constant(Checks.nonNegative("stepSize", stepSize)), 0.9, 0.999, 1e-8, 0);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public AdaBelief withStepSize(Schedule stepSize) {
    return new AdaBelief(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With other decay rates.
   *
   * @param beta1 of the first moment, in [0, 1)
   * @param beta2 of the variance, in [0, 1)
   * @return a new rule
   */
  public AdaBelief withBetas(double beta1, double beta2) {
    return new AdaBelief(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With another epsilon.
   *
   * @param epsilon more than 0
   * @return a new rule
   */
  public AdaBelief withEpsilon(double epsilon) {
    return new AdaBelief(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With decoupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public AdaBelief withWeightDecay(double weightDecay) {
    return new AdaBelief(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public List<String> state() {
    return List.of("m", "s");
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double b1 = beta1;
    double b2 = beta2;
    double a1 = 1 - beta1;
    double a2 = 1 - beta2;
    double eps = epsilon;
    double keep = 1 - step.stepSize() * weightDecay;
    double lr = step.stepSize() / (1 - Powers.of(beta1, step.t()));
    double root = Math.sqrt(1 - Powers.of(beta2, step.t()));
    double scale = step.gradientScale();
    double[] m = state[0];
    double[] s = state[1];
    for (int i = from; i < to; i++) {
      double gi = scale * g[i];
      double mi = b1 * m[i] + a1 * gi;
      double away = gi - mi;
      double si = b2 * s[i] + a2 * (away * away) + eps;
      m[i] = mi;
      s[i] = si;
      x[i] = keep * x[i] - lr * (mi / (Math.sqrt(si) / root + eps));
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float a1 = (float) (1 - beta1);
    float a2 = (float) (1 - beta2);
    float eps = Epsilon.single(epsilon);
    float keep = (float) (1 - step.stepSize() * weightDecay);
    float lr = (float) (step.stepSize() / (1 - Powers.of(beta1, step.t())));
    float root = (float) Math.sqrt(1 - Powers.of(beta2, step.t()));
    float scale = (float) step.gradientScale();
    float[] m = state[0];
    float[] s = state[1];
    for (int i = from; i < to; i++) {
      float gi = scale * g[i];
      float mi = b1 * m[i] + a1 * gi;
      float away = gi - mi;
      float si = b2 * s[i] + a2 * (away * away) + eps;
      m[i] = mi;
      s[i] = si;
      x[i] = keep * x[i] - lr * (mi / ((float) Math.sqrt(si) / root + eps));
    }
  }
}
