package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * AdamP (Heo et al., ICLR 2021): AdamW that takes the radial part off the step of weights whose
 * scale the loss does not see, as before a batch normalisation, so that their norm does not grow
 * and the effective step size not decay.
 *
 * <pre>
 *   m &larr; b1 m + (1 - b1) g
 *   v &larr; b2 v + (1 - b2) g^2
 *   u  =  m / (sqrt(v / (1 - b2^t)) + eps)              nesterov: b1 m + (1 - b1) g in place of m
 *   for rows of x, then x as one row, of length D:
 *     if |cos(g_r, x_r)| &lt; delta / sqrt(D) in every row:
 *       n_r = x_r / (|x_r| + eps) ;   u_r &larr; u_r - n_r &lt;n_r, u_r&gt; ;   rho = decayRatio ;  stop
 *   x &larr; (1 - stepSize weightDecay rho) x - stepSize / (1 - b1^t) u       rho = 1 unless projected
 * </pre>
 *
 * <p>A row is everything behind the first dimension of a tensor; tensors of one dimension are never
 * projected and make the step of {@link AdamW}, to the bit. So does every tensor with delta 0.
 *
 * <p>Cost: two passes, the first reading x and g, the second 4 reads and 3 writes an element; a
 * third, 3 reads and 1 write, for a tensor projected as a whole. Two state vectors, m and v, and
 * for each thread scratch of a row, or of the rows that have together 1024 elements. Rows of less
 * than 32 elements are summed without the vector unit.
 *
 * <p>Source: arXiv 2006.08217 and the authors' code (clovaai/AdamP), which adds to the paper's
 * Algorithm 2 the absolute value of the cosine, sqrt(D), bias correction and the views.
 *
 * @param stepSize the step size; 1e-3 by default
 * @param beta1 the decay rate of the first moment, in [0, 1); 0.9 by default
 * @param beta2 the decay rate of the second moment, in [0, 1); 0.999 by default
 * @param epsilon added to the root of the corrected second moment, to norms, and the least norm in
 *     a cosine; more than 0; 1e-8 by default
 * @param weightDecay the decoupled decay, at least 0; 0 by default
 * @param delta how nearly orthogonal gradient and weights have to be, at least 0; 0.1 by default
 * @param decayRatio what is left of the decay of projected weights, in [0, 1]; 0.1 by default
 * @param nesterov whether the step looks ahead; false by default
 */
public record AdamP(
    Schedule stepSize,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    double delta,
    double decayRatio,
    boolean nesterov)
    implements UpdateRule {

  /** Elements, in whole rows if those are no longer, from their moments to their step. */
  private static final int BLOCK = 1024;

  /** Checks the hyper-parameters. */
  public AdamP {
    requireNonNull(stepSize, "stepSize");
    Checks.fraction("beta1", beta1);
    Checks.fraction("beta2", beta2);
    Checks.positive("epsilon", epsilon);
    Checks.nonNegative("weightDecay", weightDecay);
    Checks.nonNegative("delta", delta);
    Checks.require(decayRatio >= 0 && decayRatio <= 1, "decayRatio", decayRatio, "in [0, 1]");
  }

  /**
   * With the defaults.
   *
   * @return step size 1e-3
   */
  public static AdamP defaults() {
    return of(1e-3);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static AdamP of(double stepSize) {
    return new AdamP(
        Schedule.constant(Checks.nonNegative("stepSize", stepSize)),
        0.9,
        0.999,
        1e-8,
        0,
        0.1,
        0.1,
        false);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public AdamP withStepSize(Schedule stepSize) {
    return new AdamP(stepSize, beta1, beta2, epsilon, weightDecay, delta, decayRatio, nesterov);
  }

  /**
   * With other decay rates.
   *
   * @param beta1 of the first moment, in [0, 1)
   * @param beta2 of the second moment, in [0, 1)
   * @return a new rule
   */
  public AdamP withBetas(double beta1, double beta2) {
    return new AdamP(stepSize, beta1, beta2, epsilon, weightDecay, delta, decayRatio, nesterov);
  }

  /**
   * With another epsilon.
   *
   * @param epsilon more than 0
   * @return a new rule
   */
  public AdamP withEpsilon(double epsilon) {
    return new AdamP(stepSize, beta1, beta2, epsilon, weightDecay, delta, decayRatio, nesterov);
  }

  /**
   * With decoupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public AdamP withWeightDecay(double weightDecay) {
    return new AdamP(stepSize, beta1, beta2, epsilon, weightDecay, delta, decayRatio, nesterov);
  }

  /**
   * With another threshold of the projection; the authors advise against changing either.
   *
   * @param delta at least 0; 0 never projects
   * @param decayRatio what is left of the decay of projected weights, in [0, 1]
   * @return a new rule
   */
  public AdamP withProjection(double delta, double decayRatio) {
    return new AdamP(stepSize, beta1, beta2, epsilon, weightDecay, delta, decayRatio, nesterov);
  }

  /**
   * With or without looking ahead.
   *
   * @param nesterov whether the step looks ahead
   * @return a new rule
   */
  public AdamP withNesterov(boolean nesterov) {
    return new AdamP(stepSize, beta1, beta2, epsilon, weightDecay, delta, decayRatio, nesterov);
  }

  @Override
  public List<String> state() {
    return List.of("m", "v");
  }

  @Override
  public Scope scope() {
    return Scope.ROW;
  }

  @Override
  public int passes() {
    return 3;
  }

  private double kept(Step step, Projection.View view) {
    double rho = view == Projection.View.NONE ? 1 : decayRatio;
    return 1 - step.stepSize() * weightDecay * rho;
  }

  /** By what the root of v is multiplied: a division in its place costs as much as the rest. */
  private double unbiased(Step step) {
    return 1 / Math.sqrt(1 - Powers.of(beta2, step.t()));
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    if (step.pass() == 0) {
      Projection.measure(step, epsilon, x, g, from, to);
      return;
    }
    double[] m = state[0];
    double[] v = state[1];
    Projection.View view = Projection.view(step, delta, epsilon);
    double keep = kept(step, view);
    if (step.pass() == 2) {
      if (view == Projection.View.LAYER) {
        descend(step, keep, Projection.radial(step, epsilon), x, g, m, v, from, to);
      }
      return;
    }
    switch (view) {
      case NONE -> {
        if (nesterov) {
          AdamStep.moments(step, beta1, beta2, g, m, v, from, to);
          descend(step, keep, 0, x, g, m, v, from, to);
        } else {
          AdamStep.apply(step, beta1, beta2, epsilon, 0, keep, x, g, m, v, from, to);
        }
      }
      case CHANNEL -> channels(step, keep, x, g, m, v, from, to);
      case LAYER -> layer(step, x, g, m, v, from, to);
    }
  }

  /** Makes the whole step of every row, less its radial part. */
  private void channels(
      Step step, double keep, double[] x, double[] g, double[] m, double[] v, int from, int to) {
    int columns = step.tensor().columns();
    int most = columns * Math.max(1, BLOCK / columns);
    double lr = step.stepSize() / (1 - Powers.of(beta1, step.t()));
    double[] u = step.scratch(AdamStep.U + most);
    double[] sums = u; // in front
    for (int block = from; block < to; block += Math.min(most, to - block)) {
      int length = Math.min(most, to - block);
      AdamStep.direction(step, beta1, beta2, epsilon, nesterov, g, m, v, block, block + length, u);
      for (int row = 0; row < length; row += columns) {
        Projection.products(x, block + row, u, AdamStep.U + row, columns, sums);
        double radial = Projection.radial(epsilon, sums[1], sums[0]);
        Projection.descend(x, block + row, u, AdamStep.U + row, columns, keep, lr, radial);
      }
    }
  }

  /** Moves the moments and adds up the inner product of weights and step. */
  private void layer(Step step, double[] x, double[] g, double[] m, double[] v, int from, int to) {
    double[] u = step.scratch(AdamStep.U + BLOCK);
    double[] sums = u; // in front
    for (int block = from; block < to; block += BLOCK) {
      int length = Math.min(BLOCK, to - block);
      AdamStep.direction(step, beta1, beta2, epsilon, nesterov, g, m, v, block, block + length, u);
      Projection.products(x, block, u, AdamStep.U, length, sums);
      step.add(Projection.XU, sums[0]);
    }
  }

  /** Decays the weights and makes the step less its radial part. */
  private void descend(
      Step step,
      double kept,
      double radialPart,
      double[] x,
      double[] g,
      double[] m,
      double[] v,
      int from,
      int to) {
    double ofM = (nesterov ? beta1 : 1);
    double ofG = (nesterov ? (1 - beta1) * step.gradientScale() : 0);
    double root = unbiased(step);
    double lr = (step.stepSize() / (1 - Powers.of(beta1, step.t())));
    double keep = kept;
    double radial = radialPart;
    double eps = epsilon;
    for (int i = from; i < to; i++) {
      double u = (ofM * m[i] + ofG * g[i]) / (Math.sqrt(v[i]) * root + eps);
      x[i] = keep * x[i] - lr * (u - radial * x[i]);
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    if (step.pass() == 0) {
      Projection.measure(step, epsilon, x, g, from, to);
      return;
    }
    float[] m = state[0];
    float[] v = state[1];
    Projection.View view = Projection.view(step, delta, epsilon);
    double keep = kept(step, view);
    if (step.pass() == 2) {
      if (view == Projection.View.LAYER) {
        descend(step, keep, Projection.radial(step, epsilon), x, g, m, v, from, to);
      }
      return;
    }
    switch (view) {
      case NONE -> {
        if (nesterov) {
          AdamStep.moments(step, beta1, beta2, g, m, v, from, to);
          descend(step, keep, 0, x, g, m, v, from, to);
        } else {
          AdamStep.apply(step, beta1, beta2, epsilon, 0, keep, x, g, m, v, from, to);
        }
      }
      case CHANNEL -> channels(step, keep, x, g, m, v, from, to);
      case LAYER -> layer(step, x, g, m, v, from, to);
    }
  }

  /** Makes the whole step of every row, less its radial part. */
  private void channels(
      Step step, double keep, float[] x, float[] g, float[] m, float[] v, int from, int to) {
    int columns = step.tensor().columns();
    int most = columns * Math.max(1, BLOCK / columns);
    double lr = step.stepSize() / (1 - Powers.of(beta1, step.t()));
    float[] u = step.floatScratch(AdamStep.U + most);
    double[] sums = step.scratch(3);
    for (int block = from; block < to; block += Math.min(most, to - block)) {
      int length = Math.min(most, to - block);
      AdamStep.direction(step, beta1, beta2, epsilon, nesterov, g, m, v, block, block + length, u);
      for (int row = 0; row < length; row += columns) {
        Projection.products(x, block + row, u, AdamStep.U + row, columns, sums);
        double radial = Projection.radial(epsilon, sums[1], sums[0]);
        Projection.descend(x, block + row, u, AdamStep.U + row, columns, keep, lr, radial);
      }
    }
  }

  /** Moves the moments and adds up the inner product of weights and step. */
  private void layer(Step step, float[] x, float[] g, float[] m, float[] v, int from, int to) {
    float[] u = step.floatScratch(AdamStep.U + BLOCK);
    double[] sums = step.scratch(3);
    for (int block = from; block < to; block += BLOCK) {
      int length = Math.min(BLOCK, to - block);
      AdamStep.direction(step, beta1, beta2, epsilon, nesterov, g, m, v, block, block + length, u);
      Projection.products(x, block, u, AdamStep.U, length, sums);
      step.add(Projection.XU, sums[0]);
    }
  }

  /** Decays the weights and makes the step less its radial part. */
  private void descend(
      Step step,
      double kept,
      double radialPart,
      float[] x,
      float[] g,
      float[] m,
      float[] v,
      int from,
      int to) {
    float ofM = (float) (nesterov ? beta1 : 1);
    float ofG = (float) (nesterov ? (1 - beta1) * step.gradientScale() : 0);
    float root = (float) unbiased(step);
    float lr = (float) (step.stepSize() / (1 - Powers.of(beta1, step.t())));
    float keep = (float) kept;
    float radial = (float) radialPart;
    float eps = Epsilon.single(epsilon);
    for (int i = from; i < to; i++) {
      float u = (ofM * m[i] + ofG * g[i]) / ((float) Math.sqrt(v[i]) * root + eps);
      x[i] = keep * x[i] - lr * (u - radial * x[i]);
    }
  }
}
