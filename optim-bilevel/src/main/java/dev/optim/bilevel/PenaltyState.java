package dev.optim.bilevel;

/**
 * What one iteration of a penalty method hands to the next: the point, the Moreau centres, and for
 * momentum the point before and the gradient estimates.
 */
final class PenaltyState {

  final double[] x;
  final double[] y;
  final double[] z;
  final double[] centreY;
  final double[] centreZ;

  /** x, y, z one iteration ago. */
  final double[] beforeX;

  final double[] beforeY;
  final double[] beforeZ;

  /** Estimates of F_y(x,y), f_y(x,y), f_y(x,z), F_x(x,y) and f_x(x,y) - f_x(x,z). */
  final double[] upperY;

  final double[] lowerY;
  final double[] lowerZ;
  final double[] upperX;
  final double[] lowerX;

  private final double[][] all;

  /** What the next iteration begins with: without momentum no estimates. */
  final double[][] carried;

  PenaltyState(int n, int m, boolean momentum) {
    x = new double[n];
    y = new double[m];
    z = new double[m];
    centreY = new double[m];
    centreZ = new double[m];
    beforeX = new double[n];
    beforeY = new double[m];
    beforeZ = new double[m];
    upperY = new double[m];
    lowerY = new double[m];
    lowerZ = new double[m];
    upperX = new double[n];
    lowerX = new double[n];
    all =
        new double[][] {
          x, y, z, centreY, centreZ, beforeX, beforeY, beforeZ, upperY, lowerY, lowerZ, upperX,
          lowerX
        };
    carried =
        momentum
            ? new double[][] {x, y, z, centreY, centreZ, upperY, lowerY, lowerZ, upperX, lowerX}
            : new double[][] {x, y, z, centreY, centreZ};
  }

  /** Begins where another state is. */
  void carryOn(PenaltyState other) {
    for (int i = 0; i < carried.length; i++) {
      copy(other.carried[i], carried[i]);
    }
    copy(other.x, beforeX);
    copy(other.y, beforeY);
    copy(other.z, beforeZ);
  }

  private static void copy(double[] from, double[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  double[] toArray() {
    int length = 0;
    for (double[] block : all) {
      length += block.length;
    }
    double[] out = new double[length];
    int at = 0;
    for (double[] block : all) {
      System.arraycopy(block, 0, out, at, block.length);
      at += block.length;
    }
    return out;
  }

  void fromArray(double[] in) {
    int at = 0;
    for (double[] block : all) {
      System.arraycopy(in, at, block, 0, block.length);
      at += block.length;
    }
  }
}
