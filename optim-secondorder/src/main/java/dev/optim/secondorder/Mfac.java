package dev.optim.secondorder;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.DifferentiableObjective;
import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.random.RandomStream;
import dev.optim.schedule.Schedule;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;

/**
 * M-FAC, matrix-free natural gradient descent on a sliding window of m gradients (Frantar, Kurtic
 * and Alistarh, NeurIPS 2021), in the order of its authors:
 *
 * <pre>
 *   g &larr; g + weightDecay x
 *   the window takes g in and drops its oldest gradient
 *   u  =  F^-1 g ,  F = damping I + (1/m) sum_k g_k g_k'
 *   v &larr; momentum v + (1 - momentum) u
 *   x &larr; x - stepSize v
 * </pre>
 *
 * <p>The decay is coupled: it is part of the gradients that F is made of. The average is one of
 * preconditioned steps, begins at zero and is not corrected for that.
 *
 * <pre>{@code
 * Mfac mfac = Mfac.defaults().withWindow(WindowSettings.of(512, 1e-4));
 * FloatUpdater updater = mfac.plan().floats(layout);      // in a training loop
 * Minimizer.minimize(mfac.plan().miniBatch(64), ...);     // or on a finite sum
 * }</pre>
 *
 * <p>Parameter groups get rules of their own: {@code plan().withRule("*.bias",
 * mfac.withStepSize(s).rule())}. They may differ in step size and momentum. Window and weight decay
 * are the plan's, one for all groups: those of an {@code Mfac} whose {@link #rule} is taken count
 * for nothing.
 *
 * <p>Cost: two passes over the window, O(d m + m^2); memory (m + 1) d elements of the window's
 * precision, 36 m^2 bytes, and one or two vectors. A window of 1024 gradients takes 1024 times the
 * memory of the model.
 *
 * <p>Choosing: more gradients stand less damping and are ahead per step; with few, raise damping
 * and step size together, e.g. 32 gradients with damping 1e-2 and step size 1e-2.
 *
 * <p>Source: arXiv 2107.03356 and the authors' optimizer (IST-DASLab/M-FAC, optim.py), whose
 * defaults these are. Deviations, which change rounding and cost only: see {@link FisherWindow}.
 *
 * @param stepSize the step size; 1e-3 by default
 * @param momentum the decay rate of the average, in [0, 1); 0 by default
 * @param weightDecay the coupled decay, at least 0; 0 by default
 * @param window size, damping and precision of the window; 1024 gradients with damping 1e-5 by
 *     default
 */
public record Mfac(Schedule stepSize, double momentum, double weightDecay, WindowSettings window)
    implements Optimizer<DifferentiableObjective> {

  /** Checks the hyper-parameters. */
  public Mfac {
    requireNonNull(stepSize, "stepSize");
    Checks.fraction("momentum", momentum);
    Checks.nonNegative("weightDecay", weightDecay);
    requireNonNull(window, "window");
  }

  /**
   * With the defaults.
   *
   * @return step size 1e-3, 1024 gradients, damping 1e-5
   */
  public static Mfac defaults() {
    return of(1e-3);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the optimizer
   */
  public static Mfac of(double stepSize) {
    return new Mfac(
        Schedule.constant(Checks.nonNegative("stepSize", stepSize)),
        0,
        0,
        WindowSettings.defaults());
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new optimizer
   */
  public Mfac withStepSize(Schedule stepSize) {
    return new Mfac(stepSize, momentum, weightDecay, window);
  }

  /**
   * With an average of the preconditioned steps.
   *
   * @param momentum in [0, 1)
   * @return a new optimizer
   */
  public Mfac withMomentum(double momentum) {
    return new Mfac(stepSize, momentum, weightDecay, window);
  }

  /**
   * With coupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new optimizer
   */
  public Mfac withWeightDecay(double weightDecay) {
    return new Mfac(stepSize, momentum, weightDecay, window);
  }

  /**
   * With another window.
   *
   * @param window the settings
   * @return a new optimizer
   */
  public Mfac withWindow(WindowSettings window) {
    return new Mfac(stepSize, momentum, weightDecay, window);
  }

  /**
   * The rule behind the product: average and step. It knows step size and momentum only. Weight
   * decay and window are the transform's of {@link #plan}, so {@code
   * mfac.withWeightDecay(0).rule()} leaves no group out of the decay: see {@link MfacTransform} for
   * what does.
   *
   * @return a rule for {@link UpdatePlan#withRule}
   */
  public UpdateRule rule() {
    return new ExponentialAverage(stepSize, momentum);
  }

  /**
   * The method as a plan, to bind to parameters, to run on mini-batches, or to extend by groups,
   * further transforms and threads.
   *
   * @return the plan
   */
  public UpdatePlan plan() {
    return UpdatePlan.of(rule()).withTransform(new MfacTransform(window, weightDecay));
  }

  @Override
  public Run start(DifferentiableObjective problem, Start start, RandomStream random) {
    return plan().start(problem, start, random);
  }
}
