package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * Adan, adaptive Nesterov momentum (Xie et al., 2022).
 *
 * <pre>
 *   d  =  g - g_previous                          (0 at the first step)
 *   m &larr; b1 m + (1 - b1) g
 *   v &larr; b2 v + (1 - b2) d
 *   n &larr; b3 n + (1 - b3) (g + b2 d)^2
 *   u  =  m / (1 - b1^t) + b2 v / (1 - b2^t)
 *   x &larr; (x - stepSize u / (sqrt(n / (1 - b3^t)) + eps)) / (1 + stepSize weightDecay)
 * </pre>
 *
 * <p>Cost: one pass with 6 reads and 5 writes an element; four state vectors, m, v, n and the
 * gradient before.
 *
 * <p>Source: arXiv 2208.06677, Algorithm 1, whose betas are one minus the ones here; bias
 * correction and defaults as in the authors' code (sail-sg/Adan).
 *
 * @param stepSize the step size; 1e-3 by default
 * @param beta1 the decay rate of the gradient, in [0, 1); 0.98 by default
 * @param beta2 the decay rate of its differences, in [0, 1); 0.92 by default
 * @param beta3 the decay rate of the squares, in [0, 1); 0.99 by default
 * @param epsilon added to the root of the corrected squares, more than 0; 1e-8 by default
 * @param weightDecay the proximal decay, at least 0; 0 by default
 */
public record Adan(
    Schedule stepSize, double beta1, double beta2, double beta3, double epsilon, double weightDecay)
    implements UpdateRule {

  /** Elements that stay in the cache between two loops: one with all of it is not vectorised. */
  private static final int BLOCK = 1024;

  /** Checks the hyper-parameters. */
  public Adan {
    requireNonNull(stepSize, "stepSize");
    Checks.fraction("beta1", beta1);
    Checks.fraction("beta2", beta2);
    Checks.fraction("beta3", beta3);
    Checks.positive("epsilon", epsilon);
    Checks.nonNegative("weightDecay", weightDecay);
  }

  /**
   * With the defaults.
   *
   * @return step size 1e-3
   */
  public static Adan defaults() {
    return of(1e-3);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static Adan of(double stepSize) {
    return new Adan(
        Schedule.constant(Checks.nonNegative("stepSize", stepSize)), 0.98, 0.92, 0.99, 1e-8, 0);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public Adan withStepSize(Schedule stepSize) {
    return new Adan(stepSize, beta1, beta2, beta3, epsilon, weightDecay);
  }

  /**
   * With other decay rates.
   *
   * @param beta1 of the gradient, in [0, 1)
   * @param beta2 of its differences, in [0, 1)
   * @param beta3 of the squares, in [0, 1)
   * @return a new rule
   */
  public Adan withBetas(double beta1, double beta2, double beta3) {
    return new Adan(stepSize, beta1, beta2, beta3, epsilon, weightDecay);
  }

  /**
   * With another epsilon.
   *
   * @param epsilon more than 0
   * @return a new rule
   */
  public Adan withEpsilon(double epsilon) {
    return new Adan(stepSize, beta1, beta2, beta3, epsilon, weightDecay);
  }

  /**
   * With proximal weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public Adan withWeightDecay(double weightDecay) {
    return new Adan(stepSize, beta1, beta2, beta3, epsilon, weightDecay);
  }

  @Override
  public List<String> state() {
    return List.of("m", "v", "n", "previous");
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double b1 = beta1;
    double b2 = beta2;
    double b3 = beta3;
    double a1 = 1 - beta1;
    double a2 = 1 - beta2;
    double a3 = 1 - beta3;
    double eps = epsilon;
    double shrink = 1 + step.stepSize() * weightDecay;
    double ofM = step.stepSize() / (1 - Powers.of(beta1, step.t()));
    double ofV = step.stepSize() * beta2 / (1 - Powers.of(beta2, step.t()));
    double root = Math.sqrt(1 - Powers.of(beta3, step.t()));
    double scale = step.gradientScale();
    double later = step.t() == 1 ? 0 : 1;
    double[] m = state[0];
    double[] v = state[1];
    double[] n = state[2];
    double[] previous = state[3];
    for (int block = from; block < to; block += BLOCK) {
      int end = Math.min(to, block + BLOCK);
      for (int i = block; i < end; i++) {
        double gi = scale * g[i];
        double d = later * (gi - previous[i]);
        double ahead = gi + b2 * d;
        m[i] = b1 * m[i] + a1 * gi;
        v[i] = b2 * v[i] + a2 * d;
        n[i] = b3 * n[i] + a3 * (ahead * ahead);
        previous[i] = gi;
      }
      for (int i = block; i < end; i++) {
        double length = (ofM * m[i] + ofV * v[i]) / (Math.sqrt(n[i]) / root + eps);
        x[i] = (x[i] - length) / shrink;
      }
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float b3 = (float) beta3;
    float a1 = (float) (1 - beta1);
    float a2 = (float) (1 - beta2);
    float a3 = (float) (1 - beta3);
    float eps = Epsilon.single(epsilon);
    float shrink = (float) (1 + step.stepSize() * weightDecay);
    float ofM = (float) (step.stepSize() / (1 - Powers.of(beta1, step.t())));
    float ofV = (float) (step.stepSize() * beta2 / (1 - Powers.of(beta2, step.t())));
    float root = (float) Math.sqrt(1 - Powers.of(beta3, step.t()));
    float scale = (float) step.gradientScale();
    float later = step.t() == 1 ? 0 : 1;
    float[] m = state[0];
    float[] v = state[1];
    float[] n = state[2];
    float[] previous = state[3];
    for (int block = from; block < to; block += BLOCK) {
      int end = Math.min(to, block + BLOCK);
      for (int i = block; i < end; i++) {
        float gi = scale * g[i];
        float d = later * (gi - previous[i]);
        float ahead = gi + b2 * d;
        m[i] = b1 * m[i] + a1 * gi;
        v[i] = b2 * v[i] + a2 * d;
        n[i] = b3 * n[i] + a3 * (ahead * ahead);
        previous[i] = gi;
      }
      for (int i = block; i < end; i++) {
        float length = (ofM * m[i] + ofV * v[i]) / ((float) Math.sqrt(n[i]) / root + eps);
        x[i] = (x[i] - length) / shrink;
      }
    }
  }
}
