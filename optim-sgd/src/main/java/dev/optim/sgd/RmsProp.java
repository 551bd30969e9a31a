package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.schedule.Schedule;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule;
import java.util.ArrayList;
import java.util.List;

/**
 * RMSProp (Tieleman and Hinton, 2012), plain or centred, with or without momentum.
 *
 * <pre>
 *   g &larr; g + weightDecay x
 *   v &larr; alpha v + (1 - alpha) g^2
 *   a &larr; alpha a + (1 - alpha) g                 centred only
 *   u  =  g / (sqrt(v - a^2) + eps)                (a = 0 unless centred)
 *   p &larr; momentum p + u                            with momentum only
 *   x &larr; x - stepSize p                            (u without momentum)
 * </pre>
 *
 * <p>Where rounding makes v - a^2 negative it counts as 0.
 *
 * <p>Cost: one pass with 3 reads and 2 writes an element and one state vector, and one more of each
 * for centring and for momentum.
 *
 * <p>Source: lecture 6.5 of Neural Networks for Machine Learning; the centred form after Graves,
 * arXiv 1308.0850; defaults and the place of epsilon as in torch.optim.RMSprop.
 *
 * @param stepSize the step size; 1e-2 by default
 * @param alpha the decay rate of the averages, in [0, 1); 0.99 by default
 * @param epsilon added to the root, more than 0; 1e-8 by default
 * @param momentum the decay rate of the momentum, in [0, 1); 0 by default
 * @param centred whether to subtract the squared mean; false by default
 * @param weightDecay the coupled decay, at least 0; 0 by default
 */
public record RmsProp(
    Schedule stepSize,
    double alpha,
    double epsilon,
    double momentum,
    boolean centred,
    double weightDecay)
    implements UpdateRule {

  /** Elements that stay in the cache between two loops: one with all of it is not vectorised. */
  private static final int BLOCK = 1024;

  /** Checks the hyper-parameters. */
  public RmsProp {
    requireNonNull(stepSize, "stepSize");
    Checks.fraction("alpha", alpha);
    Checks.positive("epsilon", epsilon);
    Checks.fraction("momentum", momentum);
    Checks.nonNegative("weightDecay", weightDecay);
  }

  /**
   * With the defaults.
   *
   * @return step size 1e-2
   */
  public static RmsProp defaults() {
    return of(1e-2);
  }

  /**
   * With a step size and the defaults otherwise.
   *
   * @param stepSize finite, at least 0
   * @return the rule
   */
  public static RmsProp of(double stepSize) {
    return new RmsProp(
        Schedule.constant(Checks.nonNegative("stepSize", stepSize)), 0.99, 1e-8, 0, false, 0);
  }

  /**
   * With another step size.
   *
   * @param stepSize the schedule
   * @return a new rule
   */
  public RmsProp withStepSize(Schedule stepSize) {
    return new RmsProp(stepSize, alpha, epsilon, momentum, centred, weightDecay);
  }

  /**
   * With another decay rate.
   *
   * @param alpha in [0, 1)
   * @return a new rule
   */
  public RmsProp withAlpha(double alpha) {
    return new RmsProp(stepSize, alpha, epsilon, momentum, centred, weightDecay);
  }

  /**
   * With another epsilon.
   *
   * @param epsilon more than 0
   * @return a new rule
   */
  public RmsProp withEpsilon(double epsilon) {
    return new RmsProp(stepSize, alpha, epsilon, momentum, centred, weightDecay);
  }

  /**
   * With momentum.
   *
   * @param momentum in [0, 1)
   * @return a new rule
   */
  public RmsProp withMomentum(double momentum) {
    return new RmsProp(stepSize, alpha, epsilon, momentum, centred, weightDecay);
  }

  /**
   * With or without centring.
   *
   * @param centred whether to subtract the squared mean
   * @return a new rule
   */
  public RmsProp withCentred(boolean centred) {
    return new RmsProp(stepSize, alpha, epsilon, momentum, centred, weightDecay);
  }

  /**
   * With coupled weight decay.
   *
   * @param weightDecay at least 0
   * @return a new rule
   */
  public RmsProp withWeightDecay(double weightDecay) {
    return new RmsProp(stepSize, alpha, epsilon, momentum, centred, weightDecay);
  }

  @Override
  public List<String> state() {
    List<String> names = new ArrayList<>(List.of("v"));
    if (centred) {
      names.add("mean");
    }
    if (momentum > 0) {
      names.add("momentum");
    }
    return names;
  }

  @Override
  public void step(Step step, double[] x, double[] g, double[][] state, int from, int to) {
    double lr = step.stepSize();
    double b = alpha;
    double a = 1 - alpha;
    double eps = epsilon;
    double mu = momentum;
    double wd = weightDecay;
    double scale = step.gradientScale();
    double[] v = state[0];
    if (!centred && momentum == 0) {
      for (int i = from; i < to; i++) {
        double gi = scale * g[i] + wd * x[i];
        double vi = b * v[i] + a * (gi * gi);
        v[i] = vi;
        x[i] -= lr * (gi / (Math.sqrt(vi) + eps));
      }
    } else if (!centred) {
      double[] p = state[1];
      for (int i = from; i < to; i++) {
        double gi = scale * g[i] + wd * x[i];
        double vi = b * v[i] + a * (gi * gi);
        double pi = mu * p[i] + gi / (Math.sqrt(vi) + eps);
        v[i] = vi;
        p[i] = pi;
        x[i] -= lr * pi;
      }
    } else if (momentum == 0) {
      double[] mean = state[1];
      for (int i = from; i < to; i++) {
        double gi = scale * g[i] + wd * x[i];
        double vi = b * v[i] + a * (gi * gi);
        double ai = b * mean[i] + a * gi;
        v[i] = vi;
        mean[i] = ai;
        x[i] -= lr * (gi / (Math.sqrt(Math.max(vi - ai * ai, 0)) + eps));
      }
    } else {
      double[] mean = state[1];
      double[] p = state[2];
      for (int block = from; block < to; block += BLOCK) {
        int end = Math.min(to, block + BLOCK);
        for (int i = block; i < end; i++) {
          double gi = scale * g[i] + wd * x[i];
          v[i] = b * v[i] + a * (gi * gi);
          mean[i] = b * mean[i] + a * gi;
        }
        for (int i = block; i < end; i++) {
          double gi = scale * g[i] + wd * x[i];
          double variance = Math.max(v[i] - mean[i] * mean[i], 0);
          p[i] = mu * p[i] + gi / (Math.sqrt(variance) + eps);
          x[i] -= lr * p[i];
        }
      }
    }
  }

  @Override
  public void step(Step step, float[] x, float[] g, float[][] state, int from, int to) {
    float lr = (float) step.stepSize();
    float b = (float) alpha;
    float a = (float) (1 - alpha);
    float eps = Epsilon.single(epsilon);
    float mu = (float) momentum;
    float wd = (float) weightDecay;
    float scale = (float) step.gradientScale();
    float[] v = state[0];
    if (!centred && momentum == 0) {
      for (int i = from; i < to; i++) {
        float gi = scale * g[i] + wd * x[i];
        float vi = b * v[i] + a * (gi * gi);
        v[i] = vi;
        x[i] -= lr * (gi / ((float) Math.sqrt(vi) + eps));
      }
    } else if (!centred) {
      float[] p = state[1];
      for (int i = from; i < to; i++) {
        float gi = scale * g[i] + wd * x[i];
        float vi = b * v[i] + a * (gi * gi);
        float pi = mu * p[i] + gi / ((float) Math.sqrt(vi) + eps);
        v[i] = vi;
        p[i] = pi;
        x[i] -= lr * pi;
      }
    } else if (momentum == 0) {
      float[] mean = state[1];
      for (int i = from; i < to; i++) {
        float gi = scale * g[i] + wd * x[i];
        float vi = b * v[i] + a * (gi * gi);
        float ai = b * mean[i] + a * gi;
        v[i] = vi;
        mean[i] = ai;
        x[i] -= lr * (gi / ((float) Math.sqrt(Math.max(vi - ai * ai, 0)) + eps));
      }
    } else {
      float[] mean = state[1];
      float[] p = state[2];
      for (int block = from; block < to; block += BLOCK) {
        int end = Math.min(to, block + BLOCK);
        for (int i = block; i < end; i++) {
          float gi = scale * g[i] + wd * x[i];
          v[i] = b * v[i] + a * (gi * gi);
          mean[i] = b * mean[i] + a * gi;
        }
        for (int i = block; i < end; i++) {
          float gi = scale * g[i] + wd * x[i];
          float variance = Math.max(v[i] - mean[i] * mean[i], 0);
          p[i] = mu * p[i] + gi / ((float) Math.sqrt(variance) + eps);
          x[i] -= lr * p[i];
        }
      }
    }
  }
}
