package dev.optim.bilevel;

/** The five variables of LV-HBA and BiC-GAFFA. */
final class LvHbaState {

  final double[] x;
  final double[] y;
  final double[] theta;
  final double[] lambda;
  final double[] z;

  /** What an iteration steps first, and what it steps then. */
  final double[][] inner;

  final double[][] outer;

  LvHbaState(int n, int m, int l) {
    x = new double[n];
    y = new double[m];
    theta = new double[m];
    lambda = new double[l];
    z = new double[l];
    inner = new double[][] {theta, lambda};
    outer = new double[][] {x, y, z};
  }

  /** Takes x and y from the joint point w. */
  void join(double[] w) {
    System.arraycopy(w, 0, x, 0, x.length);
    System.arraycopy(w, x.length, y, 0, y.length);
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
