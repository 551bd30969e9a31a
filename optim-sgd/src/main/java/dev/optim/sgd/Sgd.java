package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * Stochastic gradient descent with momentum, dampening, Nesterov's step and coupled weight decay.
 *
 * <pre>
 *   g &larr; g + weightDecay x
 *   m &larr; momentum m + (1 - dampening) g        (m &larr; g at the first step)
 *   u  =  g + momentum m   if nesterov, else  m    (g without momentum)
 *   x &larr; x - stepSize u
 * </pre>
 *
 * <p>Cost: without momentum 2 reads and 1 write an element and no state; with momentum 3 reads and
 * 2 writes and one state vector. The step size has no default worth having; try powers of ten
 * around 0.1 for losses of order one.
 *
 * <p>Source: the defaults and the undampened first step are those of torch.optim.SGD; momentum
 * after Polyak (1964), the Nesterov form after Sutskever et al. (ICML 2013).
 *
 * @param stepSize the step size
 * @param momentum the decay rate of the momentum, in [0, 1); 0 by default
 * @param dampening what is taken off each new gradient, in [0, 1]; 0 by default
 * @param weightDecay the coupled decay, at least 0; 0 by default
 * @param nesterov whether to look ahead; needs momentum without dampening
 */
public record Sgd(
    Schedule stepSize, double momentum, double dampening, double weightDecay, boolean nesterov)
    implements UpdateRule {

  /** Checks the hyper-parameters. */
  public Sgd {
    requireNonNull(stepSize, "stepSize");
    Checks.fraction("momentum", momentum);
    Checks.require(dampening >= 0 && dampening <= 1, "dampening", dampening, "in [0, 1]");
    Checks.nonNegative("weightDecay", weightDecay);
    if (nesterov && (momentum == 0 || dampening != 0)) {
      throw new IllegalArgumentException(
          "nesterov with momentum "
              + momentum
              + " and dampening "
              + dampening
              + ", must have momentum > 0 and dampening 0");
    }
  }

  /**
   * Plain gradient descent.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static Sgd of(double stepSize) {
    return new Sgd(Schedule.constant(Checks.nonNegative("stepSize", stepSize)), 0, 0, 0, false);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public Sgd withStepSize(Schedule stepSize) {
    return new Sgd(stepSize, momentum, dampening, weightDecay, nesterov);
  }

  /**
   * With classical momentum.
   *
   * @param momentum in [0, 1)
   * @return a new rule
   */
  public Sgd withMomentum(double momentum) {
    return new Sgd(stepSize, momentum, dampening, weightDecay, false);
  }

  /**
   * With Nesterov's momentum.
   *
   * @param momentum in (0, 1)
   * @return a new rule
   */
  public Sgd withNesterov(double momentum) {
    return new Sgd(stepSize, momentum, 0, weightDecay, true);
  }

  /**
   * With dampening.
   *
   * @param dampening in [0, 1]
   * @return a new rule
   */
  public Sgd withDampening(double dampening) {
    return new Sgd(stepSize, momentum, dampening, weightDecay, nesterov);
  }

  /**
   * With coupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public Sgd withWeightDecay(double weightDecay) {
    return new Sgd(stepSize, momentum, dampening, weightDecay, nesterov);
  }

  @Override
  public List<String> state() {
    return momentum == 0 ? List.of() : List.of("momentum");
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double lr = step.stepSize();
    double wd = weightDecay;
    double scale = step.gradientScale();
    if (momentum == 0) {
      for (int i = from; i < to; i++) {
        x[i] -= lr * (scale * g[i] + wd * x[i]);
      }
      return;
    }
    double[] m = state[0];
    double mu = momentum;
    // the first momentum is the first gradient, undampened: m is zero then, so its factor is free
    double fresh = step.t() == 1 ? 1 : 1 - dampening;
    double ofGradient = nesterov ? 1 : 0;
    double ofMomentum = nesterov ? mu : 1;
    for (int i = from; i < to; i++) {
      double gi = scale * g[i] + wd * x[i];
      double mi = mu * m[i] + fresh * gi;
      m[i] = mi;
      x[i] -= lr * (ofGradient * gi + ofMomentum * mi);
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    float lr = (float) step.stepSize();
    float wd = (float) weightDecay;
    float scale = (float) step.gradientScale();
    if (momentum == 0) {
      for (int i = from; i < to; i++) {
        x[i] -= lr * (scale * g[i] + wd * x[i]);
      }
      return;
    }
    float[] m = state[0];
    float mu = (float) momentum;
    float fresh = step.t() == 1 ? 1 : (float) (1 - dampening);
    float ofGradient = nesterov ? 1 : 0;
    float ofMomentum = nesterov ? mu : 1;
    for (int i = from; i < to; i++) {
      float gi = scale * g[i] + wd * x[i];
      float mi = mu * m[i] + fresh * gi;
      m[i] = mi;
      x[i] -= lr * (ofGradient * gi + ofMomentum * mi);
    }
  }
}
