package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * RAdam, rectified Adam (Liu et al., ICLR 2020): plain momentum until the variance of the adaptive
 * step can be trusted, then Adam with a rectified step.
 *
 * <pre>
 *   g &larr; g + weightDecay x
 *   m &larr; b1 m + (1 - b1) g
 *   v &larr; b2 v + (1 - b2) g^2
 *   R  =  2 / (1 - b2) - 1 ;   r  =  R - 2 t b2^t / (1 - b2^t)
 *   c  =  sqrt((r - 4) (r - 2) R / ((R - 4) (R - 2) r))
 *   x &larr; x - stepSize m / (1 - b1^t)                                      while r &lt;= 5
 *   x &larr; x - stepSize c m / (1 - b1^t) sqrt(1 - b2^t) / (sqrt(v) + eps)   afterwards
 * </pre>
 *
 * <p>For b2 up to 2/3 the length R is at most 5 and the step is never adaptive.
 *
 * <p>Cost: one pass with 4 reads and 3 writes an element; two state vectors, m and v.
 *
 * <p>Source: arXiv 1908.03265, Algorithm 2; the threshold of 5 and the place of epsilon as in
 * torch.optim.RAdam.
 *
 * @param stepSize the step size; 1e-3 by default
 * @param beta1 the decay rate of the first moment, in [0, 1); 0.9 by default
 * @param beta2 the decay rate of the second moment, in [0, 1); 0.999 by default
 * @param epsilon added to the root of the uncorrected second moment, more than 0; 1e-8 by default
 * @param weightDecay the coupled decay, at least 0; 0 by default
 */
public record RAdam(
    Schedule stepSize, double beta1, double beta2, double epsilon, double weightDecay)
    implements UpdateRule {

  /** Checks the hyper-parameters. */
  public RAdam {
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
  public static RAdam defaults() {
    return of(1e-3);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static RAdam of(double stepSize) {
    return new RAdam(
        Schedule.constant(Checks.nonNegative("stepSize", stepSize)), 0.9, 0.999, 1e-8, 0);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public RAdam withStepSize(Schedule stepSize) {
    return new RAdam(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With other decay rates.
   *
   * @param beta1 of the first moment, in [0, 1)
   * @param beta2 of the second moment, in [0, 1)
   * @return a new rule
   */
  public RAdam withBetas(double beta1, double beta2) {
    return new RAdam(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With another epsilon.
   *
   * @param epsilon more than 0
   * @return a new rule
   */
  public RAdam withEpsilon(double epsilon) {
    return new RAdam(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With coupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public RAdam withWeightDecay(double weightDecay) {
    return new RAdam(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /** The rectified factor on the adaptive step, 0 while the step is not adaptive. */
  private double rectification(long t) {
    double power = Powers.of(beta2, t);
    double longest = 2 / (1 - beta2) - 1;
    double r = longest - 2 * t * power / (1 - power);
    if (r <= 5) {
      return 0;
    }
    double c = (r - 4) * (r - 2) * longest / ((longest - 4) * (longest - 2) * r);
    return Math.sqrt(c) * Math.sqrt(1 - power);
  }

  @Override
  public List<String> state() {
    return List.of("m", "v");
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double rectified = rectification(step.t());
    double lr = step.stepSize() / (1 - Powers.of(beta1, step.t()));
    // one expression for both phases: m (plain + adaptive / (sqrt(v) + eps))
    double plain = rectified == 0 ? lr : 0;
    double adaptive = rectified * lr;
    double b1 = beta1;
    double b2 = beta2;
    double a1 = 1 - beta1;
    double a2 = 1 - beta2;
    double eps = Math.max(epsilon, adaptive * 0x1p-1022); // no infinite quotient
    double wd = weightDecay;
    double scale = step.gradientScale();
    double[] m = state[0];
    double[] v = state[1];
    for (int i = from; i < to; i++) {
      double gi = scale * g[i] + wd * x[i];
      double mi = b1 * m[i] + a1 * gi;
      double vi = b2 * v[i] + a2 * (gi * gi);
      m[i] = mi;
      v[i] = vi;
      x[i] -= mi * (plain + adaptive / (Math.sqrt(vi) + eps));
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    double rectified = rectification(step.t());
    double lr = step.stepSize() / (1 - Powers.of(beta1, step.t()));
    // one expression for both phases: m (plain + adaptive / (sqrt(v) + eps))
    float plain = (float) (rectified == 0 ? lr : 0);
    float adaptive = (float) (rectified * lr);
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float a1 = (float) (1 - beta1);
    float a2 = (float) (1 - beta2);
    float eps = Math.max(Epsilon.single(epsilon), adaptive * 0x1p-126f); // no infinite quotient
    float wd = (float) weightDecay;
    float scale = (float) step.gradientScale();
    float[] m = state[0];
    float[] v = state[1];
    for (int i = from; i < to; i++) {
      float gi = scale * g[i] + wd * x[i];
      float mi = b1 * m[i] + a1 * gi;
      float vi = b2 * v[i] + a2 * (gi * gi);
      m[i] = mi;
      v[i] = vi;
      x[i] -= mi * (plain + adaptive / ((float) Math.sqrt(vi) + eps));
    }
  }
}
