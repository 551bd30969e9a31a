package dev.optim.bilevel;

import dev.optim.kernel.Kernels;

/** The five variables of LV-HBA and BiC-GAFFA. */
final class LvHbaState {

  final double[] x;
  final double[] y;
  final double[] theta;
  final double[] lambda;
  final double[] z;

  LvHbaState(int n, int m, int l) {
    x = new double[n];
    y = new double[m];
    theta = new double[m];
    lambda = new double[l];
    z = new double[l];
  }

  /** Takes x and y from the joint point w. */
  void join(double[] w) {
    System.arraycopy(w, 0, x, 0, x.length);
    System.arraycopy(w, x.length, y, 0, y.length);
  }

  /** The largest coordinate of x, y and z; NaN if one is. */
  double pointSize() {
    return Math.max(Math.max(size(x), size(y)), size(z));
  }

  /** The largest coordinate of theta and lambda; NaN if one is. */
  double innerSize() {
    return Math.max(size(theta), size(lambda));
  }

  private static double size(double[] a) {
    return Kernels.maxAbs(a, 0, a.length);
  }

  double squaredPointStep(LvHbaState other) {
    return squaredDistance(x, other.x) + squaredDistance(y, other.y);
  }

  static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double d = a[i] - b[i];
      sum += d * d;
    }
    return sum;
  }

  /** (x, y, theta, lambda, z). */
  double[] toArray() {
    double[] all = new double[x.length + y.length + theta.length + lambda.length + z.length];
    int at = 0;
    for (double[] block : new double[][] {x, y, theta, lambda, z}) {
      System.arraycopy(block, 0, all, at, block.length);
      at += block.length;
    }
    return all;
  }

  void fromArray(double[] all) {
    int at = 0;
    for (double[] block : new double[][] {x, y, theta, lambda, z}) {
      System.arraycopy(all, at, block, 0, block.length);
      at += block.length;
    }
  }
}
