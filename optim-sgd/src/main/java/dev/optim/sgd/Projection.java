package dev.optim.sgd;

import dev.optim.kernel.Kernels;
import dev.optim.kernel.UpdateKernels;
import dev.optim.update.Step;

/**
 * What AdamP and SGDP share: the decision whether a tensor's gradient is so nearly orthogonal to
 * its weights that the loss must be invariant to their scale, for each row (channel) or the tensor
 * as a whole (layer), and so the radial part of the step should go.
 *
 * <pre>
 *   cos(a, b) = |&lt;a, b&gt;| / (max(|a|, eps) max(|b|, eps))
 *   channel if  max over rows of cos(g_r, x_r) &lt; delta / sqrt(columns)
 *   layer   if  cos(g, x) &lt; delta / sqrt(size),  and not channel
 * </pre>
 */
final class Projection {

  enum View {
    NONE,
    CHANNEL,
    LAYER
  }

  /** Below this a row is summed in one plain loop: a call for each would cost more. */
  private static final int SHORT = 32;

  /** Below this its step is made in one, too. */
  private static final int TINY = 8;

  private static final int GX = 0;
  private static final int GG = 1;
  private static final int XX = 2;
  private static final int COSINE = 0;

  /** The slot for the inner product of weights and step over the whole tensor. */
  static final int XU = 3;

  private Projection() {}

  /** The first pass: a read of weights and gradient. Elements from..to-1 are whole rows. */
  static void measure(Step step, double epsilon, double[] x, double[] g, int from, int to) {
    if (step.tensor().dimensions() < 2) {
      return;
    }
    int columns = step.tensor().columns();
    double[] sums = step.scratch(3);
    for (int row = from; row < to; row += columns) {
      if (columns >= SHORT) {
        products(g, row, x, row, columns, sums);
        note(step, epsilon, sums[0], sums[1], sums[2]);
        continue;
      }
      double gx = 0;
      double gg = 0;
      double xx = 0;
      for (int i = row; i < row + columns; i++) { // one index is faster than two
        double gi = g[i];
        double xi = x[i];
        gx += gi * xi;
        gg += gi * gi;
        xx += xi * xi;
      }
      note(step, epsilon, gx, gg, xx);
    }
  }

  /** The single-precision twin. */
  static void measure(Step step, double epsilon, float[] x, float[] g, int from, int to) {
    if (step.tensor().dimensions() < 2) {
      return;
    }
    int columns = step.tensor().columns();
    double[] sums = step.scratch(3);
    for (int row = from; row < to; row += columns) {
      if (columns >= SHORT) {
        products(g, row, x, row, columns, sums);
        note(step, epsilon, sums[0], sums[1], sums[2]);
        continue;
      }
      double gx = 0;
      double gg = 0;
      double xx = 0;
      for (int i = row; i < row + columns; i++) { // one index is faster than two
        double gi = g[i];
        double xi = x[i];
        gx += gi * xi;
        gg += gi * gi;
        xx += xi * xi;
      }
      note(step, epsilon, gx, gg, xx);
    }
  }

  /** The decision, the same for every piece of the tensor; after the first pass. */
  static View view(Step step, double delta, double epsilon) {
    if (step.tensor().dimensions() < 2) {
      return View.NONE;
    }
    if (step.maximum(COSINE) < delta / Math.sqrt(step.tensor().columns())) {
      return View.CHANNEL;
    }
    double cosine = cosine(epsilon, step.sum(GX), step.sum(GG), step.sum(XX));
    return cosine < delta / Math.sqrt(step.tensor().size()) ? View.LAYER : View.NONE;
  }

  /** The factor on x of the radial part of u: (x/n)(x/n . u) = factor x, with n = |x| + eps. */
  static double radial(double epsilon, double squaredNorm, double xu) {
    double n = Math.sqrt(squaredNorm) + epsilon;
    return xu / n / n;
  }

  /** The same for the layer view, from the sums over the tensor. */
  static double radial(Step step, double epsilon) {
    return radial(epsilon, step.sum(XX), step.sum(XU));
  }

  /** The inner products x y, x x and y y of a row. */
  static void products(double[] x, int xFrom, double[] y, int yFrom, int columns, double[] out) {
    if (columns >= SHORT) {
      UpdateKernels.products(x, xFrom, y, yFrom, columns, out);
      return;
    }
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < columns; i++) {
      double xi = x[xFrom + i];
      double yi = y[yFrom + i];
      xy += xi * yi;
      xx += xi * xi;
      yy += yi * yi;
    }
    out[0] = xy;
    out[1] = xx;
    out[2] = yy;
  }

  /** The inner products x y, x x and y y of a row. */
  static void products(float[] x, int xFrom, float[] y, int yFrom, int columns, double[] out) {
    if (columns >= SHORT) {
      UpdateKernels.products(x, xFrom, y, yFrom, columns, out);
      if (!(out[1] + out[2] < Double.POSITIVE_INFINITY)) { // single precision was not enough
        out[0] = Kernels.dot(x, xFrom, y, yFrom, columns);
        out[1] = Kernels.squaredNorm(x, xFrom, xFrom + columns);
        out[2] = Kernels.squaredNorm(y, yFrom, yFrom + columns);
      }
      return;
    }
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < columns; i++) {
      double xi = x[xFrom + i];
      double yi = y[yFrom + i];
      xy += xi * yi;
      xx += xi * xi;
      yy += yi * yi;
    }
    out[0] = xy;
    out[1] = xx;
    out[2] = yy;
  }

  /** Decays a row of the weights and makes its step u less the radial part. */
  static void descend(
      double[] x,
      int xFrom,
      double[] u,
      int uFrom,
      int columns,
      double keep,
      double lr,
      double radial) {
    if (columns >= TINY) {
      UpdateKernels.descend(x, xFrom, u, uFrom, columns, keep, lr, radial);
      return;
    }
    for (int i = 0; i < columns; i++) {
      double xi = x[xFrom + i];
      x[xFrom + i] = keep * xi - lr * (u[uFrom + i] - radial * xi);
    }
  }

  /** Decays a row of the weights and makes its step u less the radial part. */
  static void descend(
      float[] x,
      int xFrom,
      float[] u,
      int uFrom,
      int columns,
      double kept,
      double stepSize,
      double radialPart) {
    if (columns >= TINY) {
      UpdateKernels.descend(x, xFrom, u, uFrom, columns, kept, stepSize, radialPart);
      return;
    }
    float keep = (float) kept;
    float lr = (float) stepSize;
    float radial = (float) radialPart;
    for (int i = 0; i < columns; i++) {
      float xi = x[xFrom + i];
      x[xFrom + i] = keep * xi - lr * (u[uFrom + i] - radial * xi);
    }
  }

  private static void note(Step step, double epsilon, double gx, double gg, double xx) {
    double scale = step.gradientScale();
    double scaledGx = scale * gx;
    double scaledGg = scale * scale * gg;
    step.raise(COSINE, cosine(epsilon, scaledGx, scaledGg, xx));
    step.add(GX, scaledGx);
    step.add(GG, scaledGg);
    step.add(XX, xx);
  }

  private static double cosine(double epsilon, double gx, double gg, double xx) {
    return Math.abs(gx) / (Math.max(Math.sqrt(gg), epsilon) * Math.max(Math.sqrt(xx), epsilon));
  }
}
