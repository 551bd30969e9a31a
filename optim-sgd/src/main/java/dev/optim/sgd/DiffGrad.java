package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.kernel.UpdateKernels;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * diffGrad (Dubey et al., IEEE TNNLS 2020): Adam with a friction that holds parameters back whose
 * gradient hardly changes.
 *
 * <pre>
 *   g &larr; g + weightDecay x
 *   m &larr; b1 m + (1 - b1) g
 *   v &larr; b2 v + (1 - b2) g^2
 *   xi = 1 / (1 + exp(-|g_previous - g|))               (g_previous = 0 at the first step)
 *   x &larr; x - stepSize / (1 - b1^t)  xi m / (sqrt(v / (1 - b2^t)) + eps)
 * </pre>
 *
 * <p>The friction lies in [1/2, 1]: where the gradient does not change the step is half of Adam's.
 * It depends on the size of the gradient, so that unlike Adam's the path changes when the loss is
 * multiplied by a constant.
 *
 * <p>The authors' code adds epsilon to the root of the uncorrected v: eps / sqrt(1 - b2^t) here.
 *
 * <p>Cost: one pass with 5 reads and 4 writes an element, some thirty-five operations, of which
 * half are the exponential; three state vectors, m, v and the gradient before. In single precision
 * the friction is exact to 2e-7.
 *
 * <p>Source: arXiv 1909.11015, section III, and the authors' code (shivram1987/diffGrad), second
 * version: the first kept a reference to the gradient's array, whose content had changed by the
 * next step, so that its friction was 1/2 for ever.
 *
 * @param stepSize the step size; 1e-3 by default
 * @param beta1 the decay rate of the first moment, in [0, 1); 0.9 by default
 * @param beta2 the decay rate of the second moment, in [0, 1); 0.999 by default
 * @param epsilon added to the root of the second moment, more than 0; 1e-8 by default
 * @param weightDecay the coupled decay, at least 0; 0 by default
 * @param form to which root epsilon is added; the paper's by default
 */
public record DiffGrad(
    Schedule stepSize, double beta1, double beta2, double epsilon, double weightDecay, Form form)
    implements UpdateRule {

  /** Checks the hyper-parameters. */
  public DiffGrad {
    requireNonNull(stepSize, "stepSize");
    Checks.fraction("beta1", beta1);
    Checks.fraction("beta2", beta2);
    Checks.positive("epsilon", epsilon);
    Checks.nonNegative("weightDecay", weightDecay);
    requireNonNull(form, "form");
  }

  /**
   * With the defaults.
   *
   * @return step size 1e-3
   */
  public static DiffGrad defaults() {
    return of(1e-3);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static DiffGrad of(double stepSize) {
    return new DiffGrad(
        Schedule.constant(Checks.nonNegative("stepSize", stepSize)),
        0.9,
        0.999,
        1e-8,
        0,
        Form.PAPER);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public DiffGrad withStepSize(Schedule stepSize) {
    return new DiffGrad(stepSize, beta1, beta2, epsilon, weightDecay, form);
  }

  /**
   * With other decay rates.
   *
   * @param beta1 of the first moment, in [0, 1)
   * @param beta2 of the second moment, in [0, 1)
   * @return a new rule
   */
  public DiffGrad withBetas(double beta1, double beta2) {
    return new DiffGrad(stepSize, beta1, beta2, epsilon, weightDecay, form);
  }

  /**
   * With another epsilon.
   *
   * @param epsilon more than 0
   * @return a new rule
   */
  public DiffGrad withEpsilon(double epsilon) {
    return new DiffGrad(stepSize, beta1, beta2, epsilon, weightDecay, form);
  }

  /**
   * With coupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public DiffGrad withWeightDecay(double weightDecay) {
    return new DiffGrad(stepSize, beta1, beta2, epsilon, weightDecay, form);
  }

  /**
   * In another form.
   *
   * @param form to which root epsilon is added
   * @return a new rule
   */
  public DiffGrad withForm(Form form) {
    return new DiffGrad(stepSize, beta1, beta2, epsilon, weightDecay, form);
  }

  @Override
  public List<String> state() {
    return List.of("m", "v", "previous");
  }

  /** What the root of v is short of: it is taken out of numerator and denominator. */
  private double correction(Step step) {
    return Math.sqrt(1 - Powers.of(beta2, step.t()));
  }

  private double length(Step step) {
    return step.stepSize() * correction(step) / (1 - Powers.of(beta1, step.t()));
  }

  private double addedToRoot(Step step) {
    double added = form == Form.PAPER ? epsilon * correction(step) : epsilon;
    return Math.max(added, Double.MIN_VALUE); // a denominator must not vanish
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    UpdateKernels.diffGrad(
        x,
        g,
        state[0],
        state[1],
        state[2],
        from,
        to,
        beta1,
        beta2,
        length(step),
        addedToRoot(step),
        weightDecay,
        step.gradientScale());
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    UpdateKernels.diffGrad(
        x,
        g,
        state[0],
        state[1],
        state[2],
        from,
        to,
        beta1,
        beta2,
        length(step),
        Epsilon.single(addedToRoot(step)),
        weightDecay,
        step.gradientScale());
  }
}
