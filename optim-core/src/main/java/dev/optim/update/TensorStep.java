package dev.optim.update;

import java.util.Arrays;

/** One step of one tensor: what all its pieces share. */
final class TensorStep {

  private final Parameters.Tensor tensor;
  private final double[] scalars;
  private final double[] sums = new double[Step.SLOTS];
  private final double[] maxima = new double[Step.SLOTS];
  private long t;
  private double stepSize;
  private double gradientScale;

  TensorStep(Parameters.Tensor tensor, UpdateRule rule) {
    this.tensor = tensor;
    this.scalars = new double[rule.scalars().size()];
  }

  void set(long t, double stepSize) {
    this.t = t;
    this.stepSize = stepSize;
    this.gradientScale = 1;
  }

  void scaleGradient(double scale) {
    gradientScale = scale;
  }

  /** Combines what the pieces from..to-1 have found so far, in their order. */
  void combine(Step[] pieces, int from, int to) {
    Arrays.fill(sums, 0);
    Arrays.fill(maxima, Double.NEGATIVE_INFINITY);
    for (int i = from; i < to; i++) {
      pieces[i].combineInto(sums, maxima);
    }
  }

  long t() {
    return t;
  }

  double stepSize() {
    return stepSize;
  }

  double gradientScale() {
    return gradientScale;
  }

  Parameters.Tensor tensor() {
    return tensor;
  }

  /** The rule's numbers for this tensor: read and written. */
  double[] scalars() {
    return scalars;
  }

  double sum(int slot) {
    return sums[slot];
  }

  double maximum(int slot) {
    return maxima[slot];
  }
}
