package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.kernel.Kernels;
import dev.optim.kernel.UpdateKernels;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.List;

/**
 * Lion, EvoLved Sign Momentum (Chen et al., 2023), and cautious Lion (Liang et al., 2024).
 *
 * <pre>
 *   c  =  b1 m + (1 - b1) g
 *   x &larr; (1 - stepSize weightDecay) x - stepSize sign(c)        sign(0) = 0
 *   m &larr; b2 m + (1 - b2) g
 * </pre>
 *
 * <p>Every coordinate with c != 0 moves by exactly the step size, whatever the size of the
 * gradient, so that the step size is about 3 to 10 times smaller and the weight decay 3 to 10 times
 * larger than AdamW's. There is no epsilon, no bias correction and no step counter.
 *
 * <p>Cautious Lion multiplies the sign of coordinates where it disagrees with the gradient (sign(c)
 * g &lt;= 0) by the cautious factor, and then all of them by one number that makes the factors'
 * mean 1 again over the tensor, a mean of less than 1e-5 counting as 1e-5.
 *
 * <p>Cost: one pass with 3 reads and 2 writes an element; one state vector. Cautious: one more pass
 * with 2 reads.
 *
 * <p>Source: arXiv 2302.06675, Program 1, and the authors' code (google/automl, lion), which agree;
 * arXiv 2411.16085, Algorithm 1, and lucidrains/lion-pytorch for the cautious factor.
 *
 * @param stepSize the step size; 1e-4 by default
 * @param beta1 the weight of the momentum in the sign, in [0, 1); 0.9 by default
 * @param beta2 the decay rate of the momentum, in [0, 1); 0.99 by default
 * @param weightDecay the decoupled decay, at least 0; 0 by default
 * @param cautiousFactor what is left of a sign that disagrees with the gradient, in [0, 1]; 1, not
 *     cautious, by default
 */
public record Lion(
    Schedule stepSize, double beta1, double beta2, double weightDecay, double cautiousFactor)
    implements UpdateRule {

  /** The least mean of the cautious factors. */
  private static final double LEAST_MEAN = 1e-5;

  private static final int PIECE = 1024;

  /** From copy to copy; a multiple of 4 kB would make loads wait for stores. */
  private static final int APART = PIECE + 64;

  /** Checks the hyper-parameters. */
  public Lion {
    requireNonNull(stepSize, "stepSize");
    Checks.fraction("beta1", beta1);
    Checks.fraction("beta2", beta2);
    Checks.nonNegative("weightDecay", weightDecay);
    Checks.require(
        cautiousFactor >= 0 && cautiousFactor <= 1, "cautiousFactor", cautiousFactor, "in [0, 1]");
  }

  /**
   * With the defaults.
   *
   * @return step size 1e-4
   */
  public static Lion defaults() {
    return of(1e-4);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static Lion of(double stepSize) {
    return new Lion(Schedule.constant(Checks.nonNegative("stepSize", stepSize)), 0.9, 0.99, 0, 1);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public Lion withStepSize(Schedule stepSize) {
    return new Lion(stepSize, beta1, beta2, weightDecay, cautiousFactor);
  }

  /**
   * With other decay rates; 0.95 and 0.98 are the authors' for language models.
   *
   * @param beta1 the weight of the momentum in the sign, in [0, 1)
   * @param beta2 the decay rate of the momentum, in [0, 1)
   * @return a new rule
   */
  public Lion withBetas(double beta1, double beta2) {
    return new Lion(stepSize, beta1, beta2, weightDecay, cautiousFactor);
  }

  /**
   * With decoupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public Lion withWeightDecay(double weightDecay) {
    return new Lion(stepSize, beta1, beta2, weightDecay, cautiousFactor);
  }

  /**
   * With a weight decay that is given for one step at the initial step size, not for a step size of
   * 1, and so does not have to be tuned again with it: the decay of a step is weightDecay stepSize
   * / initialStepSize (lucidrains/lion-pytorch calls this decoupled).
   *
   * @param weightDecay the decay of a step at the initial step size, at least 0
   * @param initialStepSize more than 0
   * @return a new rule whose {@link #weightDecay} is weightDecay / initialStepSize
   */
  public Lion withWeightDecayPerStep(double weightDecay, double initialStepSize) {
    Checks.positive("initialStepSize", initialStepSize);
    return withWeightDecay(Checks.nonNegative("weightDecay", weightDecay) / initialStepSize);
  }

  /**
   * Cautious Lion.
   *
   * @param factor what is left of a sign that disagrees with the gradient, in [0, 1]; 0 is the
   *     paper's
   * @return a new rule
   */
  public Lion withCautiousFactor(double factor) {
    return new Lion(stepSize, beta1, beta2, weightDecay, factor);
  }

  @Override
  public List<String> state() {
    return List.of("momentum");
  }

  @Override
  public int passes() {
    return cautiousFactor == 1 ? 1 : 2;
  }

  /** The factors of a cautious step: where the sign agrees with the gradient, and where not. */
  private double agreeing(Step step) {
    double size = step.tensor().size();
    double mean = (step.sum(0) + cautiousFactor * (size - step.sum(0))) / size;
    return 1 / Math.max(mean, LEAST_MEAN);
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double lr = step.stepSize();
    double keep = 1 - lr * weightDecay;
    double scale = step.gradientScale();
    double[] m = state[0];
    if (cautiousFactor == 1) {
      UpdateKernels.lion(x, m, g, from, to, beta1, beta2, lr, keep, scale);
    } else if (step.pass() == 0) {
      step.add(0, agreements(step, m, g, from, to));
    } else {
      double agreeing = lr * agreeing(step);
      cautious(x, m, g, from, to, scale, keep, agreeing, cautiousFactor * agreeing);
    }
  }

  /**
   * How many signs of the step agree with the gradient. Compilers vectorise neither the count nor a
   * loop over two indices: hence the sum and the copies.
   */
  private double agreements(Step step, double[] m, double[] g, int from, int to) {
    double b1 = beta1;
    double a1 = 1 - beta1;
    double scale = step.gradientScale();
    double[] piece = step.scratch(2 * APART);
    double count = 0;
    for (int block = from; block < to; block += PIECE) {
      int length = Math.min(PIECE, to - block);
      System.arraycopy(m, block, piece, 0, length);
      System.arraycopy(g, block, piece, APART, length);
      for (int i = 0; i < length; i++) {
        double gi = scale * piece[APART + i];
        piece[i] = Signs.positive(Signs.of(b1 * piece[i] + a1 * gi) * gi);
      }
      double sum = Kernels.sum(piece, 0, length);
      for (int i = 0; i < length && Double.isNaN(sum); i++) {
        count += Signs.count(piece[i]);
      }
      count += Double.isNaN(sum) ? 0 : sum;
    }
    return count;
  }

  private void cautious(
      double[] x,
      double[] m,
      double[] g,
      int from,
      int to,
      double scale,
      double keep,
      double agreeing,
      double other) {
    double b1 = beta1;
    double a1 = 1 - beta1;
    double b2 = beta2;
    double a2 = 1 - beta2;
    for (int i = from; i < to; i++) {
      double gi = scale * g[i];
      double sign = Signs.of(b1 * m[i] + a1 * gi);
      double agrees = Signs.positive(sign * gi);
      x[i] = keep * x[i] - (agreeing * agrees + other * (1 - agrees)) * sign;
      m[i] = b2 * m[i] + a2 * gi;
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    double lr = step.stepSize();
    double keep = 1 - lr * weightDecay;
    double scale = step.gradientScale();
    float[] m = state[0];
    if (cautiousFactor == 1) {
      UpdateKernels.lion(x, m, g, from, to, beta1, beta2, lr, keep, scale);
    } else if (step.pass() == 0) {
      step.add(0, agreements(step, m, g, from, to));
    } else {
      double agreeing = lr * agreeing(step);
      cautious(x, m, g, from, to, scale, keep, agreeing, cautiousFactor * agreeing);
    }
  }

  /** The single-precision twin. */
  private double agreements(Step step, float[] m, float[] g, int from, int to) {
    float b1 = (float) beta1;
    float a1 = (float) (1 - beta1);
    float scale = (float) step.gradientScale();
    float[] piece = step.floatScratch(2 * APART);
    double count = 0;
    for (int block = from; block < to; block += PIECE) {
      int length = Math.min(PIECE, to - block);
      System.arraycopy(m, block, piece, 0, length);
      System.arraycopy(g, block, piece, APART, length);
      for (int i = 0; i < length; i++) {
        float gi = scale * piece[APART + i];
        piece[i] = Signs.positive(Signs.of(b1 * piece[i] + a1 * gi) * gi);
      }
      double sum = Kernels.sum(piece, 0, length);
      for (int i = 0; i < length && Double.isNaN(sum); i++) {
        count += Signs.count(piece[i]);
      }
      count += Double.isNaN(sum) ? 0 : sum;
    }
    return count;
  }

  private void cautious(
      float[] x,
      float[] m,
      float[] g,
      int from,
      int to,
      double gradientScale,
      double kept,
      double agreeingStep,
      double otherStep) {
    float b1 = (float) beta1;
    float a1 = (float) (1 - beta1);
    float b2 = (float) beta2;
    float a2 = (float) (1 - beta2);
    float scale = (float) gradientScale;
    float keep = (float) kept;
    float agreeing = (float) agreeingStep;
    float other = (float) otherStep;
    for (int i = from; i < to; i++) {
      float gi = scale * g[i];
      float sign = Signs.of(b1 * m[i] + a1 * gi);
      float agrees = Signs.positive(sign * gi);
      x[i] = keep * x[i] - (agreeing * agrees + other * (1 - agrees)) * sign;
      m[i] = b2 * m[i] + a2 * gi;
    }
  }
}
