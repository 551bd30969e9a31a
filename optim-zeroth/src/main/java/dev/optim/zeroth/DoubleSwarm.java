package dev.optim.zeroth;

import dev.optim.kernel.RowKernels;
import java.util.Arrays;

/** Points in double precision. */
final class DoubleSwarm extends Swarm {

  /** Three arrays of this length fill three quarters of a first-level cache of 32 KiB. */
  private static final int TILE = 1024;

  private final double[][] x;
  private final double[] c;
  private final double[] z;

  DoubleSwarm(int n, int d) {
    super(n, d, TILE);
    x = new double[blocks()][];
    Arrays.setAll(x, block -> new double[length(block)]);
    c = new double[rows * d];
    z = new double[rows * d];
  }

  @Override
  void get(int i, double[] out) {
    System.arraycopy(x[i / rows], i % rows * d, out, 0, d);
  }

  @Override
  void set(int i, double[] point) {
    System.arraycopy(point, 0, x[i / rows], i % rows * d, d);
  }

  @Override
  boolean within(int i, double[] center, double distance) {
    double[] block = x[i / rows];
    int from = i % rows * d;
    for (int k = 0; k < d; k++) {
      if (!(Math.abs(block[from + k] - center[k]) <= distance)) {
        return false;
      }
    }
    return true;
  }

  @Override
  void addColumn(int blocks, int from, int to) {
    RowKernels.axpys(column, x, blocks, sums, from, to);
  }

  @Override
  void step(Chance chance, double[] center, double a, double s, double truncation) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(center, 0, c, r * d, d);
    }
    for (double[] block : x) {
      for (int from = 0; from < block.length; from += TILE) {
        int to = Math.min(block.length, from + TILE);
        chance.gaussian(z, from, to);
        if (truncation == Double.POSITIVE_INFINITY) {
          move(block, c, z, from, to, a, s);
        } else {
          move(block, c, z, from, to, a, s, truncation);
        }
      }
    }
  }

  private static void move(
      double[] x, double[] c, double[] z, int from, int to, double a, double s) {
    for (int k = from; k < to; k++) {
      double v = x[k] - c[k];
      x[k] = Moves.clamp(x[k] - a * v + s * v * z[k]);
    }
  }

  private static void move(
      double[] x, double[] c, double[] z, int from, int to, double a, double s, double most) {
    for (int k = from; k < to; k++) {
      double v = x[k] - c[k];
      x[k] = Moves.clamp(x[k] - a * v + s * Math.min(Math.max(v, -most), most) * z[k]);
    }
  }
}
