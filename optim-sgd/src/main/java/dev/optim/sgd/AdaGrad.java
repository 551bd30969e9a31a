package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * AdaGrad (Duchi, Hazan and Singer, JMLR 2011): steps that shrink with all gradients so far.
 *
 * <pre>
 *   g &larr; g + weightDecay x
 *   s &larr; s + g^2
 *   x &larr; x - stepSize / (1 + (t - 1) stepDecay)  g / (sqrt(initial + s) + eps)
 * </pre>
 *
 * <p>Cost: one pass with 3 reads and 2 writes an element; one state vector, s.
 *
 * <p>Source: the diagonal form of the paper, section 1.2; stepDecay, the initial sum and the place
 * of epsilon as in torch.optim.Adagrad.
 *
 * @param stepSize the step size; 1e-2 by default
 * @param stepDecay by how much of itself the step size falls in a step, at least 0; 0 by default
 * @param initialSum the sum of squares before the first step, at least 0; 0 by default
 * @param epsilon added to the root of the sum, more than 0; 1e-10 by default
 * @param weightDecay the coupled decay, at least 0; 0 by default
 */
public record AdaGrad(
    Schedule stepSize, double stepDecay, double initialSum, double epsilon, double weightDecay)
    implements UpdateRule {

  /** Checks the hyper-parameters. */
  public AdaGrad {
    requireNonNull(stepSize, "stepSize");
    Checks.nonNegative("stepDecay", stepDecay);
    Checks.nonNegative("initialSum", initialSum);
    Checks.positive("epsilon", epsilon);
    Checks.nonNegative("weightDecay", weightDecay);
  }

  /**
   * With the defaults.
   *
   * @return step size 1e-2
   */
  public static AdaGrad defaults() {
    return of(1e-2);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static AdaGrad of(double stepSize) {
    return new AdaGrad(Schedule.constant(Checks.nonNegative("stepSize", stepSize)), 0, 0, 1e-10, 0);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public AdaGrad withStepSize(Schedule stepSize) {
    return new AdaGrad(stepSize, stepDecay, initialSum, epsilon, weightDecay);
  }

  /**
   * With a step size that falls by itself.
   *
   * @param stepDecay at least 0
   * @return a new rule
   */
  public AdaGrad withStepDecay(double stepDecay) {
    return new AdaGrad(stepSize, stepDecay, initialSum, epsilon, weightDecay);
  }

  /**
   * With another sum of squares to begin with.
   *
   * @param initialSum at least 0
   * @return a new rule
   */
  public AdaGrad withInitialSum(double initialSum) {
    return new AdaGrad(stepSize, stepDecay, initialSum, epsilon, weightDecay);
  }

  /**
   * With another epsilon.
   *
   * @param epsilon more than 0
   * @return a new rule
   */
  public AdaGrad withEpsilon(double epsilon) {
    return new AdaGrad(stepSize, stepDecay, initialSum, epsilon, weightDecay);
  }

  /**
   * With coupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public AdaGrad withWeightDecay(double weightDecay) {
    return new AdaGrad(stepSize, stepDecay, initialSum, epsilon, weightDecay);
  }

  @Override
  public List<String> state() {
    return List.of("sum");
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double lr = step.stepSize() / (1 + (step.t() - 1) * stepDecay);
    double initial = initialSum;
    double eps = epsilon;
    double wd = weightDecay;
    double scale = step.gradientScale();
    double[] s = state[0];
    for (int i = from; i < to; i++) {
      double gi = scale * g[i] + wd * x[i];
      double si = s[i] + gi * gi;
      s[i] = si;
      x[i] -= lr * (gi / (Math.sqrt(initial + si) + eps));
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    float lr = (float) (step.stepSize() / (1 + (step.t() - 1) * stepDecay));
    float initial = (float) initialSum;
    float eps = Epsilon.single(epsilon);
    float wd = (float) weightDecay;
    float scale = (float) step.gradientScale();
    float[] s = state[0];
    for (int i = from; i < to; i++) {
      float gi = scale * g[i] + wd * x[i];
      float si = s[i] + gi * gi;
      s[i] = si;
      x[i] -= lr * (gi / ((float) Math.sqrt(initial + si) + eps));
    }
  }
}
