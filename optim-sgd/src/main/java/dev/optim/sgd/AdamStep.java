package dev.optim.sgd;

import dev.optim.kernel.UpdateKernels;
import dev.optim.update.Step;

/**
 * The arithmetic that Adam, AdamW and AdamP share, as float and double twins.
 *
 * <pre>
 *   g &larr; scale g + coupled x
 *   m &larr; b1 m + (1 - b1) g ;   v &larr; b2 v + (1 - b2) g^2
 *   x &larr; keep x - stepSize / (1 - b1^t)  m / (sqrt(v) / sqrt(1 - b2^t) + eps)
 * </pre>
 *
 * <p>Divisions are what an element costs: that by sqrt(1 - b2^t) is a multiplication. Compilers
 * make two loops of the one whose coupled decay may be 0.
 */
final class AdamStep {

  /** Where {@code direction} begins to write. */
  static final int U = UpdateKernels.DIRECTION;

  private AdamStep() {}

  static void apply(
      Step step,
      double b1,
      double b2,
      double eps,
      double coupledDecay,
      double keep,
      double[] x,
      double[] g,
      double[] m,
      double[] v,
      int from,
      int to) {
    double a1 = 1 - b1;
    double a2 = 1 - b2;
    double lr = step.stepSize() / (1 - Powers.of(b1, step.t()));
    double root = 1 / Math.sqrt(1 - Powers.of(b2, step.t()));
    double scale = step.gradientScale();
    boolean coupled = coupledDecay != 0;
    for (int i = from; i < to; i++) {
      double gi = scale * g[i];
      if (coupled) {
        gi += coupledDecay * x[i];
      }
      double mi = b1 * m[i] + a1 * gi;
      double vi = b2 * v[i] + a2 * (gi * gi);
      m[i] = mi;
      v[i] = vi;
      x[i] = keep * x[i] - lr * (mi / (Math.sqrt(vi) * root + eps));
    }
  }

  static void apply(
      Step step,
      double beta1,
      double beta2,
      double epsilon,
      double coupledDecay,
      double kept,
      float[] x,
      float[] g,
      float[] m,
      float[] v,
      int from,
      int to) {
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float a1 = (float) (1 - beta1);
    float a2 = (float) (1 - beta2);
    float eps = Epsilon.single(epsilon);
    float decay = (float) coupledDecay;
    float keep = (float) kept;
    float lr = (float) (step.stepSize() / (1 - Powers.of(beta1, step.t())));
    float root = (float) (1 / Math.sqrt(1 - Powers.of(beta2, step.t())));
    float scale = (float) step.gradientScale();
    boolean coupled = decay != 0;
    for (int i = from; i < to; i++) {
      float gi = scale * g[i];
      if (coupled) {
        gi += decay * x[i];
      }
      float mi = b1 * m[i] + a1 * gi;
      float vi = b2 * v[i] + a2 * (gi * gi);
      m[i] = mi;
      v[i] = vi;
      x[i] = keep * x[i] - lr * (mi / ((float) Math.sqrt(vi) * root + eps));
    }
  }

  /** The moments alone. */
  static void moments(
      Step step, double beta1, double beta2, double[] g, double[] m, double[] v, int from, int to) {
    double b1 = beta1;
    double b2 = beta2;
    double a1 = (1 - beta1);
    double a2 = (1 - beta2);
    double scale = step.gradientScale();
    for (int i = from; i < to; i++) {
      double gi = scale * g[i];
      m[i] = b1 * m[i] + a1 * gi;
      v[i] = b2 * v[i] + a2 * (gi * gi);
    }
  }

  /** The moments alone. */
  static void moments(
      Step step, double beta1, double beta2, float[] g, float[] m, float[] v, int from, int to) {
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float a1 = (float) (1 - beta1);
    float a2 = (float) (1 - beta2);
    float scale = (float) step.gradientScale();
    for (int i = from; i < to; i++) {
      float gi = scale * g[i];
      m[i] = b1 * m[i] + a1 * gi;
      v[i] = b2 * v[i] + a2 * (gi * gi);
    }
  }

  /**
   * The moments and the step before its size is corrected: {@code u[U + i] = m[from + i] /
   * (sqrt(v[from + i]) / sqrt(1 - b2^t) + eps)}, or of Nesterov's moment.
   *
   * @param u written from {@link #U} on; the elements before are scratch
   */
  static void direction(
      Step step,
      double beta1,
      double beta2,
      double epsilon,
      boolean nesterov,
      double[] g,
      double[] m,
      double[] v,
      int from,
      int to,
      double[] u) {
    double root = 1 / Math.sqrt(1 - Powers.of(beta2, step.t()));
    double scale = step.gradientScale();
    UpdateKernels.adamDirection(g, m, v, from, to, u, beta1, beta2, root, epsilon, scale, nesterov);
  }

  /**
   * The moments and the step before its size is corrected: {@code u[U + i] = m[from + i] /
   * (sqrt(v[from + i]) / sqrt(1 - b2^t) + eps)}, or of Nesterov's moment.
   *
   * @param u written from {@link #U} on; the elements before are scratch
   */
  static void direction(
      Step step,
      double beta1,
      double beta2,
      double epsilon,
      boolean nesterov,
      float[] g,
      float[] m,
      float[] v,
      int from,
      int to,
      float[] u) {
    double root = 1 / Math.sqrt(1 - Powers.of(beta2, step.t()));
    double eps = Epsilon.single(epsilon);
    double scale = step.gradientScale();
    UpdateKernels.adamDirection(g, m, v, from, to, u, beta1, beta2, root, eps, scale, nesterov);
  }
}
