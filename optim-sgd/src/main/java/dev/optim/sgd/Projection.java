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
    double[] products = step.scratch(3);
    for (int row = from; row < to; row += columns) {
      double gx = 0;
      double gg = 0;
      double xx = 0;
      if (columns < SHORT) {
        for (int i = row; i < row + columns; i++) {
          gx += g[i] * x[i];
          gg += g[i] * g[i];
          xx += x[i] * x[i];
        }
      } else {
        UpdateKernels.products(g, row, x, row, columns, products);
        gx = products[0];
        gg = products[1];
        xx = products[2];
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
    double[] products = step.scratch(3);
    for (int row = from; row < to; row += columns) {
      double gx = 0;
      double gg = 0;
      double xx = 0;
      if (columns < SHORT) {
        for (int i = row; i < row + columns; i++) {
          double gi = g[i];
          double xi = x[i];
          gx += gi * xi;
          gg += gi * gi;
          xx += xi * xi;
        }
      } else {
        UpdateKernels.products(g, row, x, row, columns, products);
        gx = products[0];
        gg = products[1];
        xx = products[2];
        if (!(gg + xx < Double.POSITIVE_INFINITY)) { // single precision was not enough
          gx = Kernels.dot(g, row, x, row, columns);
          gg = Kernels.squaredNorm(g, row, row + columns);
          xx = Kernels.squaredNorm(x, row, row + columns);
        }
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
