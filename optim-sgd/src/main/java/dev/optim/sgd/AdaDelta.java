package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * AdaDelta (Zeiler, 2012): the size of a step is that of the steps before, so that it has units of
 * x.
 *
 * <pre>
 *   g &larr; g + weightDecay x
 *   v &larr; rho v + (1 - rho) g^2
 *   d  =  sqrt(u + eps) / sqrt(v + eps) g
 *   u &larr; rho u + (1 - rho) d^2
 *   x &larr; x - stepSize d
 * </pre>
 *
 * <p>Cost: one pass with 4 reads and 3 writes an element; two state vectors, v and u.
 *
 * <p>Source: arXiv 1212.5701, Algorithm 1, which has no step size: 1, as in torch.optim.Adadelta.
 *
 * @param stepSize a factor on the step; 1 by default
 * @param rho the decay rate of both averages, in [0, 1); 0.9 by default
 * @param epsilon added under both roots: what the first steps are made of, more than 0; 1e-6 by
 *     default
 * @param weightDecay the coupled decay, at least 0; 0 by default
 */
public record AdaDelta(Schedule stepSize, double rho, double epsilon, double weightDecay)
    implements UpdateRule {

  /** Checks the hyper-parameters. */
  public AdaDelta {
    requireNonNull(stepSize, "stepSize");
    Checks.fraction("rho", rho);
    Checks.positive("epsilon", epsilon);
    Checks.nonNegative("weightDecay", weightDecay);
  }

  /**
   * With the defaults.
   *
   * @return step size 1
   */
  public static AdaDelta defaults() {
    return of(1);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static AdaDelta of(double stepSize) {
    return new AdaDelta(Schedule.constant(Checks.nonNegative("stepSize", stepSize)), 0.9, 1e-6, 0);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public AdaDelta withStepSize(Schedule stepSize) {
    return new AdaDelta(stepSize, rho, epsilon, weightDecay);
  }

  /**
   * With another decay rate.
   *
   * @param rho in [0, 1)
   * @return a new rule
   */
  public AdaDelta withRho(double rho) {
    return new AdaDelta(stepSize, rho, epsilon, weightDecay);
  }

  /**
   * With another epsilon.
   *
   * @param epsilon more than 0
   * @return a new rule
   */
  public AdaDelta withEpsilon(double epsilon) {
    return new AdaDelta(stepSize, rho, epsilon, weightDecay);
  }

  /**
   * With coupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public AdaDelta withWeightDecay(double weightDecay) {
    return new AdaDelta(stepSize, rho, epsilon, weightDecay);
  }

  @Override
  public List<String> state() {
    return List.of("v", "u");
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double lr = step.stepSize();
    double r = rho;
    double a = 1 - rho;
    double eps = epsilon;
    double wd = weightDecay;
    double scale = step.gradientScale();
    double[] v = state[0];
    double[] u = state[1];
    for (int i = from; i < to; i++) {
      double gi = scale * g[i] + wd * x[i];
      double vi = r * v[i] + a * (gi * gi);
      double d = Math.sqrt(u[i] + eps) / Math.sqrt(vi + eps) * gi;
      v[i] = vi;
      u[i] = r * u[i] + a * (d * d);
      x[i] -= lr * d;
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    float lr = (float) step.stepSize();
    float r = (float) rho;
    float a = (float) (1 - rho);
    float eps = Epsilon.single(epsilon);
    float wd = (float) weightDecay;
    float scale = (float) step.gradientScale();
    float[] v = state[0];
    float[] u = state[1];
    for (int i = from; i < to; i++) {
      float gi = scale * g[i] + wd * x[i];
      float vi = r * v[i] + a * (gi * gi);
      float d = (float) Math.sqrt(u[i] + eps) / (float) Math.sqrt(vi + eps) * gi;
      v[i] = vi;
      u[i] = r * u[i] + a * (d * d);
      x[i] -= lr * d;
    }
  }
}
