package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.Updater;
import java.util.List;

/**
 * Schedule-Free SGD (Defazio et al., NeurIPS 2024): averaging in the place of a step-size schedule,
 * without knowing how long training will last.
 *
 * <pre>
 *   g  =  gradient at y, plus weightDecay y
 *   z &larr; z - stepSize g                                  y = z = x at the start
 *   c  =  w_t / (w_1 + ... + w_t) ,   w_t = (largest step size so far)^2
 *   x &larr; (1 - c) x + c z
 *   y  =  momentum x + (1 - momentum) z
 * </pre>
 *
 * <p>The parameters are y, where the gradient is to be taken; x, which is what converges, is the
 * {@link Updater#evaluationPoint}. Use a constant step size, with warm-up if need be.
 *
 * <p>Cost: one pass with 3 reads and 2 writes an element; one state vector, z; x is not stored.
 *
 * <p>Source: arXiv 2405.15682, equations 4 to 6; weights and defaults as in the authors' code
 * (facebookresearch/schedule_free).
 *
 * @param stepSize the step size, larger than that of a schedule; 1 by default
 * @param momentum where between z and x the gradient is taken, in [0.01, 1); 0.9 by default
 * @param weightDecay the coupled decay, at least 0; 0 by default
 */
public record ScheduleFreeSgd(Schedule stepSize, double momentum, double weightDecay)
    implements ScheduleFree {

  /** Checks the hyper-parameters. */
  public ScheduleFreeSgd {
    requireNonNull(stepSize, "stepSize");
    Checks.require(momentum >= 0.01 && momentum < 1, "momentum", momentum, "in [0.01, 1)");
    Checks.nonNegative("weightDecay", weightDecay);
  }

  /**
   * With the defaults.
   *
   * @return step size 1
   */
  public static ScheduleFreeSgd defaults() {
    return of(1);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static ScheduleFreeSgd of(double stepSize) {
    return new ScheduleFreeSgd(Schedule.constant(Checks.nonNegative("stepSize", stepSize)), 0.9, 0);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public ScheduleFreeSgd withStepSize(Schedule stepSize) {
    return new ScheduleFreeSgd(stepSize, momentum, weightDecay);
  }

  /**
   * With another place for the gradient.
   *
   * @param momentum in [0.01, 1)
   * @return a new rule
   */
  public ScheduleFreeSgd withMomentum(double momentum) {
    return new ScheduleFreeSgd(stepSize, momentum, weightDecay);
  }

  /**
   * With coupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public ScheduleFreeSgd withWeightDecay(double weightDecay) {
    return new ScheduleFreeSgd(stepSize, momentum, weightDecay);
  }

  @Override
  public List<String> state() {
    return List.of("z");
  }

  @Override
  public void advance(Step step, double[] scalars) {
    ScheduleFree.advance(step.stepSize(), scalars);
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double c = ScheduleFree.share(step);
    double lr = step.stepSize();
    double wd = weightDecay;
    double scale = step.gradientScale();
    double ofD = lr * (momentum * c + (1 - momentum));
    double[] z = state[0];
    if (step.t() == 1) {
      System.arraycopy(x, from, z, from, to - from);
    }
    for (int i = from; i < to; i++) {
      double gi = scale * g[i] + wd * x[i];
      x[i] += c * (z[i] - x[i]) - ofD * gi;
      z[i] -= lr * gi;
    }
  }

  @Override
  public void evaluationPoint(
      Step step, double[] x, double[][] state, double[] out, int from, int to) {
    ScheduleFree.average(momentum, x, state[0], out, from, to);
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    double share = ScheduleFree.share(step);
    float lr = (float) step.stepSize();
    float wd = (float) weightDecay;
    float scale = (float) step.gradientScale();
    float c = (float) share;
    float ofD = (float) (step.stepSize() * (momentum * share + (1 - momentum)));
    float[] z = state[0];
    if (step.t() == 1) {
      System.arraycopy(x, from, z, from, to - from);
    }
    for (int i = from; i < to; i++) {
      float gi = scale * g[i] + wd * x[i];
      x[i] += c * (z[i] - x[i]) - ofD * gi;
      z[i] -= lr * gi;
    }
  }

  @Override
  public void evaluationPoint(
      Step step, float[] x, float[][] state, float[] out, int from, int to) {
    ScheduleFree.average(momentum, x, state[0], out, from, to);
  }
}
