package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * AMSGrad (Reddi, Kale and Kumar, ICLR 2018): Adam whose second moment never falls.
 *
 * <pre>
 *   g &larr; g + weightDecay x
 *   m &larr; b1 m + (1 - b1) g
 *   v &larr; b2 v + (1 - b2) g^2
 *   w &larr; max(w, v)
 *   x &larr; x - stepSize / (1 - b1^t)  m / (sqrt(w / (1 - b2^t)) + eps)
 * </pre>
 *
 * <p>Cost: one pass with 5 reads and 4 writes an element; three state vectors, m, v and w.
 *
 * <p>Source: arXiv 1904.09237, Algorithm 2; the paper has no bias correction, torch.optim.Adam with
 * amsgrad has it as written here.
 *
 * @param stepSize the step size; 1e-3 by default
 * @param beta1 the decay rate of the first moment, in [0, 1); 0.9 by default
 * @param beta2 the decay rate of the second moment, in [0, 1); 0.999 by default
 * @param epsilon added to the root of the corrected maximum, more than 0; 1e-8 by default
 * @param weightDecay the coupled decay, at least 0; 0 by default
 */
public record AmsGrad(
    Schedule stepSize, double beta1, double beta2, double epsilon, double weightDecay)
    implements UpdateRule {

  /** Checks the hyper-parameters. */
  public AmsGrad {
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
  public static AmsGrad defaults() {
    return of(1e-3);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static AmsGrad of(double stepSize) {
    return new AmsGrad(
        Schedule.constant(Checks.nonNegative("stepSize", stepSize)), 0.9, 0.999, 1e-8, 0);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public AmsGrad withStepSize(Schedule stepSize) {
    return new AmsGrad(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With other decay rates.
   *
   * @param beta1 of the first moment, in [0, 1)
   * @param beta2 of the second moment, in [0, 1)
   * @return a new rule
   */
  public AmsGrad withBetas(double beta1, double beta2) {
    return new AmsGrad(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With another epsilon.
   *
   * @param epsilon more than 0
   * @return a new rule
   */
  public AmsGrad withEpsilon(double epsilon) {
    return new AmsGrad(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With coupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public AmsGrad withWeightDecay(double weightDecay) {
    return new AmsGrad(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public List<String> state() {
    return List.of("m", "v", "largestV");
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double b1 = beta1;
    double b2 = beta2;
    double a1 = 1 - beta1;
    double a2 = 1 - beta2;
    double eps = epsilon;
    double wd = weightDecay;
    double lr = step.stepSize() / (1 - Powers.of(beta1, step.t()));
    double root = Math.sqrt(1 - Powers.of(beta2, step.t()));
    double scale = step.gradientScale();
    double[] m = state[0];
    double[] v = state[1];
    double[] w = state[2];
    for (int i = from; i < to; i++) {
      double gi = scale * g[i] + wd * x[i];
      double mi = b1 * m[i] + a1 * gi;
      double vi = b2 * v[i] + a2 * (gi * gi);
      double wi = Math.max(w[i], vi);
      m[i] = mi;
      v[i] = vi;
      w[i] = wi;
      x[i] -= lr * (mi / (Math.sqrt(wi) / root + eps));
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float a1 = (float) (1 - beta1);
    float a2 = (float) (1 - beta2);
    float eps = Epsilon.single(epsilon);
    float wd = (float) weightDecay;
    float lr = (float) (step.stepSize() / (1 - Powers.of(beta1, step.t())));
    float root = (float) Math.sqrt(1 - Powers.of(beta2, step.t()));
    float scale = (float) step.gradientScale();
    float[] m = state[0];
    float[] v = state[1];
    float[] w = state[2];
    for (int i = from; i < to; i++) {
      float gi = scale * g[i] + wd * x[i];
      float mi = b1 * m[i] + a1 * gi;
      float vi = b2 * v[i] + a2 * (gi * gi);
      float wi = Math.max(w[i], vi);
      m[i] = mi;
      v[i] = vi;
      w[i] = wi;
      x[i] -= lr * (mi / ((float) Math.sqrt(wi) / root + eps));
    }
  }
}
