package dev.optim.bench.jmh.mfac;

import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import dev.optim.secondorder.StaticFisher;

/** Building the static inverse in two ways. */
public final class StaticBuild {

  private static final double DAMPING = 1e-3;

  private final double[][] gradients;

  /**
   * Draws gradients.
   *
   * @param d elements of a gradient
   * @param m gradients
   */
  public StaticBuild(int d, int m) {
    gradients = new double[m][d];
    RandomStream random = RandomStream.of(1);
    for (double[] gradient : gradients) {
      random.fillGaussian(gradient);
    }
  }

  /**
   * In blocks of columns.
   *
   * @return the inverse
   */
  public StaticFisher build() {
    return StaticFisher.of(gradients, DAMPING);
  }

  /**
   * The paper's recursion on the same kernels, one Sherman-Morrison update after the other.
   *
   * @return the vectors of the recursion
   */
  public double[][] rowByRow() {
    int m = gradients.length;
    int d = gradients[0].length;
    double[][] v = new double[m][d];
    double[] q = new double[m];
    for (int i = 0; i < m; i++) {
      Kernels.axpy(1 / DAMPING, gradients[i], v[i], 0, d);
      for (int j = 0; j < i; j++) {
        Kernels.axpy(-Kernels.dot(v[j], gradients[i]) / q[j], v[j], v[i], 0, d);
      }
      q[i] = m + Kernels.dot(gradients[i], v[i]);
    }
    return v;
  }
}
