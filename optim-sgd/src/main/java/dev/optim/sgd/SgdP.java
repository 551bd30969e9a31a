package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.kernel.Kernels;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * SGDP (Heo et al., ICLR 2021): momentum SGD that takes the radial part off the step of weights
 * whose scale the loss does not see; see {@link AdamP}.
 *
 * <pre>
 *   p &larr; momentum p + (1 - dampening) g              (p = 0 at the start)
 *   u  =  g + momentum p   if nesterov, else  p
 *   for rows of x, then x as one row, of length D:
 *     if |cos(g_r, x_r)| &lt; delta / sqrt(D) in every row:
 *       n_r = x_r / (|x_r| + eps) ;   u_r &larr; u_r - n_r &lt;n_r, u_r&gt; ;   rho = decayRatio ;  stop
 *   x &larr; (1 - stepSize weightDecay rho / (1 - momentum)) x - stepSize u   rho = 1 unless projected
 * </pre>
 *
 * <p>In the authors' code, without nesterov, the projected step becomes the momentum: p &larr; u.
 * The paper's Algorithm 1 keeps the unprojected one, which is the default here.
 *
 * <p>Cost: two passes, the first reading x and g, the second 3 reads and 2 writes an element; a
 * third of the same size for a tensor projected as a whole. One state vector, p. Rows of less than
 * 32 elements are summed without the vector unit.
 *
 * <p>Source: arXiv 2006.08217, Algorithm 1, and the authors' code (clovaai/AdamP).
 *
 * @param stepSize the step size
 * @param momentum the decay rate of the momentum, in [0, 1); 0 by default
 * @param dampening what is taken off each new gradient, the first included, in [0, 1]; 0 by default
 * @param nesterov whether the step looks ahead; false by default
 * @param weightDecay the decoupled decay, at least 0; 0 by default
 * @param epsilon added to norms, and the least norm in a cosine; more than 0; 1e-8 by default
 * @param delta how nearly orthogonal gradient and weights have to be, at least 0; 0.1 by default
 * @param decayRatio what is left of the decay of projected weights, in [0, 1]; 0.1 by default
 * @param form which momentum is kept; the paper's by default
 */
public record SgdP(
    Schedule stepSize,
    double momentum,
    double dampening,
    boolean nesterov,
    double weightDecay,
    double epsilon,
    double delta,
    double decayRatio,
    Form form)
    implements UpdateRule {

  /** Elements, in whole rows if those are no longer, from their momentum to their step. */
  private static final int BLOCK = 1024;

  /** Checks the hyper-parameters. */
  public SgdP {
    requireNonNull(stepSize, "stepSize");
    Checks.fraction("momentum", momentum);
    Checks.require(dampening >= 0 && dampening <= 1, "dampening", dampening, "in [0, 1]");
    Checks.nonNegative("weightDecay", weightDecay);
    Checks.positive("epsilon", epsilon);
    Checks.nonNegative("delta", delta);
    Checks.require(decayRatio >= 0 && decayRatio <= 1, "decayRatio", decayRatio, "in [0, 1]");
    requireNonNull(form, "form");
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static SgdP of(double stepSize) {
    return new SgdP(
        Schedule.constant(Checks.nonNegative("stepSize", stepSize)),
        0,
        0,
        false,
        0,
        1e-8,
        0.1,
        0.1,
        Form.PAPER);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public SgdP withStepSize(Schedule stepSize) {
    return new SgdP(
        stepSize, momentum, dampening, nesterov, weightDecay, epsilon, delta, decayRatio, form);
  }

  /**
   * With another decay rate of the momentum.
   *
   * @param momentum in [0, 1)
   * @return a new rule
   */
  public SgdP withMomentum(double momentum) {
    return new SgdP(
        stepSize, momentum, dampening, nesterov, weightDecay, epsilon, delta, decayRatio, form);
  }

  /**
   * With dampening.
   *
   * @param dampening in [0, 1]
   * @return a new rule
   */
  public SgdP withDampening(double dampening) {
    return new SgdP(
        stepSize, momentum, dampening, nesterov, weightDecay, epsilon, delta, decayRatio, form);
  }

  /**
   * With or without looking ahead.
   *
   * @param nesterov whether the step looks ahead
   * @return a new rule
   */
  public SgdP withNesterov(boolean nesterov) {
    return new SgdP(
        stepSize, momentum, dampening, nesterov, weightDecay, epsilon, delta, decayRatio, form);
  }

  /**
   * With decoupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public SgdP withWeightDecay(double weightDecay) {
    return new SgdP(
        stepSize, momentum, dampening, nesterov, weightDecay, epsilon, delta, decayRatio, form);
  }

  /**
   * With another epsilon.
   *
   * @param epsilon more than 0
   * @return a new rule
   */
  public SgdP withEpsilon(double epsilon) {
    return new SgdP(
        stepSize, momentum, dampening, nesterov, weightDecay, epsilon, delta, decayRatio, form);
  }

  /**
   * With another threshold of the projection; the authors advise against changing either.
   *
   * @param delta at least 0; 0 never projects
   * @param decayRatio what is left of the decay of projected weights, in [0, 1]
   * @return a new rule
   */
  public SgdP withProjection(double delta, double decayRatio) {
    return new SgdP(
        stepSize, momentum, dampening, nesterov, weightDecay, epsilon, delta, decayRatio, form);
  }

  /**
   * In another form.
   *
   * @param form which momentum is kept
   * @return a new rule
   */
  public SgdP withForm(Form form) {
    return new SgdP(
        stepSize, momentum, dampening, nesterov, weightDecay, epsilon, delta, decayRatio, form);
  }

  @Override
  public List<String> state() {
    return List.of("momentum");
  }

  @Override
  public Scope scope() {
    return Scope.ROW;
  }

  @Override
  public int passes() {
    return 3;
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    if (step.pass() == 0) {
      Projection.measure(step, epsilon, x, g, from, to);
      return;
    }
    double[] p = state[0];
    Projection.View view = Projection.view(step, delta, epsilon);
    if (step.pass() == 2) {
      if (view == Projection.View.LAYER) {
        descend(step, view, Projection.radial(step, epsilon), x, g, p, from, to);
      }
      return;
    }
    switch (view) {
      case NONE -> {
        accumulate(step, g, p, from, to);
        descend(step, view, 0, x, g, p, from, to);
      }
      case CHANNEL -> channels(step, x, g, p, from, to);
      case LAYER -> {
        accumulate(step, g, p, from, to);
        step.add(Projection.XU, dot(step, x, g, p, from, to));
      }
    }
  }

  /** Makes the whole step of every row, less its radial part. */
  private void channels(Step step, double[] x, double[] g, double[] p, int from, int to) {
    int columns = step.tensor().columns();
    int most = columns * Math.max(1, BLOCK / columns);
    double[] sums = step.scratch(3);
    for (int block = from; block < to; block += Math.min(most, to - block)) {
      int end = block + Math.min(most, to - block);
      accumulate(step, g, p, block, end);
      for (int row = block; row < end; row += columns) {
        double xu = 0;
        if (nesterov) {
          Projection.products(x, row, g, row, columns, sums);
          xu = step.gradientScale() * sums[0];
        }
        Projection.products(x, row, p, row, columns, sums);
        xu += (nesterov ? momentum : 1) * sums[0];
        double radial = Projection.radial(epsilon, sums[1], xu);
        descend(step, Projection.View.CHANNEL, radial, x, g, p, row, row + columns);
      }
    }
  }

  private void accumulate(Step step, double[] g, double[] p, int from, int to) {
    double mu = momentum;
    double fresh = ((1 - dampening) * step.gradientScale());
    for (int i = from; i < to; i++) {
      p[i] = mu * p[i] + fresh * g[i];
    }
  }

  /** The inner product of the weights and the step before projection. */
  private double dot(Step step, double[] x, double[] g, double[] p, int from, int to) {
    double px = Kernels.dot(p, from, x, from, to - from);
    return nesterov
        ? step.gradientScale() * Kernels.dot(g, from, x, from, to - from) + momentum * px
        : px;
  }

  /** Decays the weights and makes the step less its radial part. */
  private void descend(
      Step step,
      Projection.View view,
      double radialPart,
      double[] x,
      double[] g,
      double[] p,
      int from,
      int to) {
    double rho = view == Projection.View.NONE ? 1 : decayRatio;
    double keep = (1 - step.stepSize() * weightDecay * rho / (1 - momentum));
    double lr = step.stepSize();
    double radial = radialPart;
    if (nesterov) {
      double mu = momentum;
      double scale = step.gradientScale();
      for (int i = from; i < to; i++) {
        x[i] = keep * x[i] - lr * (scale * g[i] + mu * p[i] - radial * x[i]);
      }
    } else if (form == Form.REFERENCE_CODE) {
      for (int i = from; i < to; i++) {
        double u = p[i] - radial * x[i];
        p[i] = u;
        x[i] = keep * x[i] - lr * u;
      }
    } else {
      for (int i = from; i < to; i++) {
        x[i] = keep * x[i] - lr * (p[i] - radial * x[i]);
      }
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    if (step.pass() == 0) {
      Projection.measure(step, epsilon, x, g, from, to);
      return;
    }
    float[] p = state[0];
    Projection.View view = Projection.view(step, delta, epsilon);
    if (step.pass() == 2) {
      if (view == Projection.View.LAYER) {
        descend(step, view, Projection.radial(step, epsilon), x, g, p, from, to);
      }
      return;
    }
    switch (view) {
      case NONE -> {
        accumulate(step, g, p, from, to);
        descend(step, view, 0, x, g, p, from, to);
      }
      case CHANNEL -> channels(step, x, g, p, from, to);
      case LAYER -> {
        accumulate(step, g, p, from, to);
        step.add(Projection.XU, dot(step, x, g, p, from, to));
      }
    }
  }

  /** Makes the whole step of every row, less its radial part. */
  private void channels(Step step, float[] x, float[] g, float[] p, int from, int to) {
    int columns = step.tensor().columns();
    int most = columns * Math.max(1, BLOCK / columns);
    double[] sums = step.scratch(3);
    for (int block = from; block < to; block += Math.min(most, to - block)) {
      int end = block + Math.min(most, to - block);
      accumulate(step, g, p, block, end);
      for (int row = block; row < end; row += columns) {
        double xu = 0;
        if (nesterov) {
          Projection.products(x, row, g, row, columns, sums);
          xu = step.gradientScale() * sums[0];
        }
        Projection.products(x, row, p, row, columns, sums);
        xu += (nesterov ? momentum : 1) * sums[0];
        double radial = Projection.radial(epsilon, sums[1], xu);
        descend(step, Projection.View.CHANNEL, radial, x, g, p, row, row + columns);
      }
    }
  }

  private void accumulate(Step step, float[] g, float[] p, int from, int to) {
    float mu = (float) momentum;
    float fresh = (float) ((1 - dampening) * step.gradientScale());
    for (int i = from; i < to; i++) {
      p[i] = mu * p[i] + fresh * g[i];
    }
  }

  /** The inner product of the weights and the step before projection. */
  private double dot(Step step, float[] x, float[] g, float[] p, int from, int to) {
    double px = Kernels.dot(p, from, x, from, to - from);
    return nesterov
        ? step.gradientScale() * Kernels.dot(g, from, x, from, to - from) + momentum * px
        : px;
  }

  /** Decays the weights and makes the step less its radial part. */
  private void descend(
      Step step,
      Projection.View view,
      double radialPart,
      float[] x,
      float[] g,
      float[] p,
      int from,
      int to) {
    double rho = view == Projection.View.NONE ? 1 : decayRatio;
    float keep = (float) (1 - step.stepSize() * weightDecay * rho / (1 - momentum));
    float lr = (float) step.stepSize();
    float radial = (float) radialPart;
    if (nesterov) {
      float mu = (float) momentum;
      float scale = (float) step.gradientScale();
      for (int i = from; i < to; i++) {
        x[i] = keep * x[i] - lr * (scale * g[i] + mu * p[i] - radial * x[i]);
      }
    } else if (form == Form.REFERENCE_CODE) {
      for (int i = from; i < to; i++) {
        float u = p[i] - radial * x[i];
        p[i] = u;
        x[i] = keep * x[i] - lr * u;
      }
    } else {
      for (int i = from; i < to; i++) {
        x[i] = keep * x[i] - lr * (p[i] - radial * x[i]);
      }
    }
  }
}
