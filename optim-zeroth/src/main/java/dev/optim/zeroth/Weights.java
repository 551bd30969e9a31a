package dev.optim.zeroth;

import dev.optim.kernel.Elementary;
import dev.optim.kernel.Kernels;
import dev.optim.kernel.RowKernels;
import java.util.Arrays;

/** Consensus weights: a softmax of -alpha f that neither overflows nor vanishes. */
final class Weights {

  /** Halvings of the logarithm of alpha: more than enough for all bits of a double. */
  private static final int HALVINGS = 64;

  private Weights() {}

  /**
   * Writes the weights of the first n energies, exp(-alpha (e - min e)) over their sum. A failed
   * particle, with energy infinity, gets weight 0.
   *
   * @return whether there is a finite energy; otherwise nothing is written
   */
  static boolean of(double[] energy, int n, double alpha, double[] out) {
    double least = least(energy, n);
    if (least == Double.POSITIVE_INFINITY) {
      return false;
    }
    exponentials(energy, n, alpha, least, out);
    Kernels.scale(1 / Kernels.sum(out, 0, n), out, 0, n);
    return true;
  }

  /**
   * The alpha for which (sum w)^2 / sum w^2 = target; the largest one tried, 1e15 over the range of
   * the energies, if ties keep it above.
   *
   * @param scratch n elements, overwritten
   */
  static double alphaFor(double target, double[] energy, int n, double[] scratch) {
    double least = least(energy, n);
    double range = 0;
    for (int i = 0; i < n; i++) {
      if (energy[i] < Double.POSITIVE_INFINITY) {
        range = Math.max(range, energy[i] - least);
      }
    }
    if (!(range > 0) || range == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double low = -12;
    double high = 15;
    for (int k = 0; k < HALVINGS; k++) {
      double middle = 0.5 * (low + high);
      exponentials(energy, n, power10(middle) / range, least, scratch);
      double sum = Kernels.sum(scratch, 0, n);
      double effective = sum * sum / Kernels.squaredNorm(scratch, 0, n);
      if (effective > target) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return power10(0.5 * (low + high)) / range;
  }

  private static double power10(double exponent) {
    return Elementary.exp(exponent * 2.302585092994046);
  }

  private static double least(double[] energy, int n) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      if (energy[i] < least) {
        least = energy[i];
      }
    }
    return least;
  }

  private static void exponentials(
      double[] energy, int n, double alpha, double least, double[] out) {
    if (alpha == 0) { // times infinity it would be NaN
      for (int i = 0; i < n; i++) {
        out[i] = energy[i] == Double.POSITIVE_INFINITY ? 0 : 1;
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      out[i] = -alpha * (energy[i] - least);
    }
    Elementary.exp(out, out, 0, n);
  }

  /** Writes sum w_i rows_i to out. */
  static void mean(double[] weights, double[][] rows, int n, double[] out) {
    Arrays.fill(out, 0);
    RowKernels.axpys(weights, rows, n, out, 0, out.length);
  }
}
