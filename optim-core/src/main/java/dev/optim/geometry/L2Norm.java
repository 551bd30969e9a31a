package dev.optim.geometry;

import java.util.Arrays;

/**
 * {@code weight |x|} with the proximal map {@code max(1 - step weight / |x|, 0) x}.
 *
 * <p>Reference: M. Yuan and Y. Lin, J. R. Stat. Soc. B 68 (2006) 49-67.
 */
record L2Norm(double weight) implements Proximal {

  L2Norm {
    Arguments.weight("weight", weight);
  }

  @Override
  public double value(double[] x) {
    if (!Arguments.isFinite(x, ConvexSet.ANY_DIMENSION)) {
      return Double.NaN;
    }
    return weight == 0 ? 0 : weight * Norms.l2(x);
  }

  @Override
  public void prox(double[] x, double step) {
    Arguments.step(step);
    if (!Arguments.isFinite(x, ConvexSet.ANY_DIMENSION)) {
      return;
    }
    double scale = Norms.scale(x, 0);
    double norm = Norms.l2(x, 0, scale);
    double threshold = scale * (step * weight);
    if (norm <= threshold) {
      Arrays.fill(x, 0);
      return;
    }
    double factor = (norm - threshold) / norm;
    for (int i = 0; i < x.length; i++) {
      x[i] *= factor;
    }
  }
}
