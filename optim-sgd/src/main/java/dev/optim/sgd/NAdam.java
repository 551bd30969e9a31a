package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.kernel.Elementary;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * NAdam (Dozat, 2016): Adam with Nesterov's momentum, whose rate warms up.
 *
 * <pre>
 *   g &larr; g + weightDecay x
 *   m &larr; b1 m + (1 - b1) g
 *   v &larr; b2 v + (1 - b2) g^2
 *   mu_t = b1 (1 - 0.96^(t momentumDecay) / 2) ;   P_t = mu_1 mu_2 ... mu_t
 *   x &larr; x - stepSize (mu_(t+1) m / (1 - P_(t+1)) + (1 - mu_t) g / (1 - P_t)) / (sqrt(v / (1 - b2^t)) + eps)
 * </pre>
 *
 * <p>torch.optim.NAdam of torch 1.13 multiplies one mu_t too many into P_(t+1): the form {@link
 * Form#REFERENCE_CODE}.
 *
 * <p>Cost: one pass with 4 reads and 3 writes an element; two state vectors, m and v, and the
 * product P for each tensor.
 *
 * <p>Source: "Incorporating Nesterov Momentum into Adam", Algorithm 2; the schedule of mu and its
 * 0.96 as in Dozat's report, defaults as in torch.optim.NAdam.
 *
 * @param stepSize the step size; 2e-3 by default
 * @param beta1 the decay rate of the first moment, in [0, 1); 0.9 by default
 * @param beta2 the decay rate of the second moment, in [0, 1); 0.999 by default
 * @param epsilon added to the root of the corrected second moment, more than 0; 1e-8 by default
 * @param momentumDecay how fast the momentum warms up, at least 0; 4e-3 by default
 * @param weightDecay the coupled decay, at least 0; 0 by default
 * @param form how P_(t+1) is computed; the paper's by default
 */
public record NAdam(
    Schedule stepSize,
    double beta1,
    double beta2,
    double epsilon,
    double momentumDecay,
    double weightDecay,
    Form form)
    implements UpdateRule {

  /** The logarithm of 0.96. */
  private static final double LOG_096 = Elementary.log(0.96);

  /** Checks the hyper-parameters. */
  public NAdam {
    requireNonNull(stepSize, "stepSize");
    Checks.fraction("beta1", beta1);
    Checks.fraction("beta2", beta2);
    Checks.positive("epsilon", epsilon);
    Checks.nonNegative("momentumDecay", momentumDecay);
    Checks.nonNegative("weightDecay", weightDecay);
    requireNonNull(form, "form");
  }

  /**
   * With the defaults.
   *
   * @return step size 2e-3
   */
  public static NAdam defaults() {
    return of(2e-3);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static NAdam of(double stepSize) {
    return new NAdam(
        Schedule.constant(Checks.nonNegative("stepSize", stepSize)),
        0.9,
        0.999,
        1e-8,
        4e-3,
        0,
        Form.PAPER);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public NAdam withStepSize(Schedule stepSize) {
    return new NAdam(stepSize, beta1, beta2, epsilon, momentumDecay, weightDecay, form);
  }

  /**
   * With other decay rates.
   *
   * @param beta1 of the first moment, in [0, 1)
   * @param beta2 of the second moment, in [0, 1)
   * @return a new rule
   */
  public NAdam withBetas(double beta1, double beta2) {
    return new NAdam(stepSize, beta1, beta2, epsilon, momentumDecay, weightDecay, form);
  }

  /**
   * With another epsilon.
   *
   * @param epsilon more than 0
   * @return a new rule
   */
  public NAdam withEpsilon(double epsilon) {
    return new NAdam(stepSize, beta1, beta2, epsilon, momentumDecay, weightDecay, form);
  }

  /**
   * With another warm-up of the momentum.
   *
   * @param momentumDecay at least 0
   * @return a new rule
   */
  public NAdam withMomentumDecay(double momentumDecay) {
    return new NAdam(stepSize, beta1, beta2, epsilon, momentumDecay, weightDecay, form);
  }

  /**
   * With coupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public NAdam withWeightDecay(double weightDecay) {
    return new NAdam(stepSize, beta1, beta2, epsilon, momentumDecay, weightDecay, form);
  }

  /**
   * In another form.
   *
   * @param form how P_(t+1) is computed
   * @return a new rule
   */
  public NAdam withForm(Form form) {
    return new NAdam(stepSize, beta1, beta2, epsilon, momentumDecay, weightDecay, form);
  }

  @Override
  public List<String> scalars() {
    return List.of("product");
  }

  @Override
  public void advance(Step step, double[] scalars) {
    double before = step.t() == 1 ? 1 : scalars[0];
    scalars[0] = before * mu(step.t());
  }

  /** P_(t+1). */
  private double nextProduct(Step step) {
    double once = form == Form.PAPER ? 1 : mu(step.t());
    return step.scalar(0) * once * mu(step.t() + 1);
  }

  private double mu(long t) {
    return beta1 * (1 - 0.5 * Elementary.exp(t * momentumDecay * LOG_096));
  }

  @Override
  public List<String> state() {
    return List.of("m", "v");
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double ofG = step.stepSize() * (1 - mu(step.t())) / (1 - step.scalar(0));
    double ofM = step.stepSize() * mu(step.t() + 1) / (1 - nextProduct(step));
    double b1 = beta1;
    double b2 = beta2;
    double a1 = 1 - beta1;
    double a2 = 1 - beta2;
    double eps = epsilon;
    double wd = weightDecay;
    double correction = 1 - Powers.of(beta2, step.t());
    double scale = step.gradientScale();
    double[] m = state[0];
    double[] v = state[1];
    for (int i = from; i < to; i++) {
      double gi = scale * g[i] + wd * x[i];
      double mi = b1 * m[i] + a1 * gi;
      double vi = b2 * v[i] + a2 * (gi * gi);
      m[i] = mi;
      v[i] = vi;
      x[i] -= (ofG * gi + ofM * mi) / (Math.sqrt(vi / correction) + eps);
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    float ofG = (float) (step.stepSize() * (1 - mu(step.t())) / (1 - step.scalar(0)));
    float ofM = (float) (step.stepSize() * mu(step.t() + 1) / (1 - nextProduct(step)));
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float a1 = (float) (1 - beta1);
    float a2 = (float) (1 - beta2);
    float eps = Epsilon.single(epsilon);
    float wd = (float) weightDecay;
    float correction = (float) (1 - Powers.of(beta2, step.t()));
    float scale = (float) step.gradientScale();
    float[] m = state[0];
    float[] v = state[1];
    for (int i = from; i < to; i++) {
      float gi = scale * g[i] + wd * x[i];
      float mi = b1 * m[i] + a1 * gi;
      float vi = b2 * v[i] + a2 * (gi * gi);
      m[i] = mi;
      v[i] = vi;
      x[i] -= (ofG * gi + ofM * mi) / ((float) Math.sqrt(vi / correction) + eps);
    }
  }
}
