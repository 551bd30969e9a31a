package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.Updater;
import java.util.List;

/**
 * Schedule-Free AdamW (Defazio et al., NeurIPS 2024): AdamW with averaging in the place of momentum
 * and of a step-size schedule; see {@link ScheduleFreeSgd}.
 *
 * <pre>
 *   s  =  stepSize sqrt(1 - b2^t)
 *   v &larr; b2 v + (1 - b2) g^2                             g the gradient at y
 *   z &larr; z - s (g / (sqrt(v) + eps) + weightDecay y)    y = z = x at the start
 *   c  =  w_t / (w_1 + ... + w_t) ,   w_t = (largest s so far)^2
 *   x &larr; (1 - c) x + c z
 *   y  =  b1 x + (1 - b1) z
 * </pre>
 *
 * <p>The parameters are y, where the gradient is to be taken; x, which is what converges, is the
 * {@link Updater#evaluationPoint}. Use a constant step size with warm-up.
 *
 * <p>Cost: one pass with 4 reads and 3 writes an element; two state vectors, z and v; x is not
 * stored.
 *
 * <p>Source: arXiv 2405.15682, Algorithm 1; defaults as in the authors' code
 * (facebookresearch/schedule_free).
 *
 * @param stepSize the step size, 1 to 10 times that of AdamW with a schedule; 2.5e-3 by default
 * @param beta1 where between z and x the gradient is taken, in [0.01, 1); 0.9 by default
 * @param beta2 the decay rate of the second moment, in [0, 1); 0.999 by default
 * @param epsilon added to the root of the second moment, more than 0; 1e-8 by default
 * @param weightDecay the decoupled decay, at least 0; 0 by default
 */
public record ScheduleFreeAdamW(
    Schedule stepSize, double beta1, double beta2, double epsilon, double weightDecay)
    implements ScheduleFree {

  /** Checks the hyper-parameters. */
  public ScheduleFreeAdamW {
    requireNonNull(stepSize, "stepSize");
    Checks.require(beta1 >= 0.01 && beta1 < 1, "beta1", beta1, "in [0.01, 1)");
    Checks.fraction("beta2", beta2);
    Checks.positive("epsilon", epsilon);
    Checks.nonNegative("weightDecay", weightDecay);
  }

  /**
   * With the defaults.
   *
   * @return step size 2.5e-3
   */
  public static ScheduleFreeAdamW defaults() {
    return of(2.5e-3);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static ScheduleFreeAdamW of(double stepSize) {
    return new ScheduleFreeAdamW(
        Schedule.constant(Checks.nonNegative("stepSize", stepSize)), 0.9, 0.999, 1e-8, 0);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public ScheduleFreeAdamW withStepSize(Schedule stepSize) {
    return new ScheduleFreeAdamW(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With other betas.
   *
   * @param beta1 where between z and x the gradient is taken, in [0.01, 1)
   * @param beta2 the decay rate of the second moment, in [0, 1)
   * @return a new rule
   */
  public ScheduleFreeAdamW withBetas(double beta1, double beta2) {
    return new ScheduleFreeAdamW(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With another epsilon.
   *
   * @param epsilon more than 0
   * @return a new rule
   */
  public ScheduleFreeAdamW withEpsilon(double epsilon) {
    return new ScheduleFreeAdamW(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * With decoupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public ScheduleFreeAdamW withWeightDecay(double weightDecay) {
    return new ScheduleFreeAdamW(stepSize, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public List<String> state() {
    return List.of("z", "v");
  }

  @Override
  public void advance(Step step, double[] scalars) {
    ScheduleFree.advance(corrected(step), scalars);
  }

  private double corrected(Step step) {
    return step.stepSize() * Math.sqrt(1 - Powers.of(beta2, step.t()));
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double c = ScheduleFree.share(step);
    double lr = corrected(step);
    double b2 = beta2;
    double a2 = 1 - beta2;
    double eps = epsilon;
    double wd = weightDecay;
    double scale = step.gradientScale();
    double ofD = lr * (beta1 * c + (1 - beta1));
    double[] z = state[0];
    double[] v = state[1];
    if (step.t() == 1) {
      System.arraycopy(x, from, z, from, to - from);
    }
    for (int i = from; i < to; i++) {
      double gi = scale * g[i];
      double vi = b2 * v[i] + a2 * (gi * gi);
      v[i] = vi;
      double d = gi / (Math.sqrt(vi) + eps) + wd * x[i];
      x[i] += c * (z[i] - x[i]) - ofD * d;
      z[i] -= lr * d;
    }
  }

  @Override
  public void evaluationPoint(
      Step step, double[] x, double[][] state, double[] out, int from, int to) {
    ScheduleFree.average(beta1, x, state[0], out, from, to);
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    double share = ScheduleFree.share(step);
    float lr = (float) corrected(step);
    float b2 = (float) beta2;
    float a2 = (float) (1 - beta2);
    float eps = Epsilon.single(epsilon);
    float wd = (float) weightDecay;
    float scale = (float) step.gradientScale();
    float c = (float) share;
    float ofD = (float) (corrected(step) * (beta1 * share + (1 - beta1)));
    float[] z = state[0];
    float[] v = state[1];
    if (step.t() == 1) {
      System.arraycopy(x, from, z, from, to - from);
    }
    for (int i = from; i < to; i++) {
      float gi = scale * g[i];
      float vi = b2 * v[i] + a2 * (gi * gi);
      v[i] = vi;
      float d = gi / ((float) Math.sqrt(vi) + eps) + wd * x[i];
      x[i] += c * (z[i] - x[i]) - ofD * d;
      z[i] -= lr * d;
    }
  }

  @Override
  public void evaluationPoint(
      Step step, float[] x, float[][] state, float[] out, int from, int to) {
    ScheduleFree.average(beta1, x, state[0], out, from, to);
  }
}
