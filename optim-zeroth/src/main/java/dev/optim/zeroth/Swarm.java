package dev.optim.zeroth;

import dev.optim.RunWarning;
import dev.optim.kernel.Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * The points of a population, whole rows together in blocks that fit the first-level cache. In the
 * plain step everything a coordinate needs lies at the same index of arrays as long as a block,
 * which is what lets the compiler vectorise it also for short rows.
 */
abstract sealed class Swarm permits DoubleSwarm, FloatSwarm {

  final int n;
  final int d;

  /** Rows of a block; the last one may have fewer. */
  final int rows;

  /** The weights of one row of every block. */
  final double[] column;

  /** The sums over the blocks of what they have at each index. */
  final double[] sums;

  /**
   * Chooses blocks.
   *
   * @param tile elements of a block, about
   */
  Swarm(int n, int d, int tile) {
    this.n = n;
    this.d = d;
    rows = Math.min(n, Math.max(1, tile / d));
    column = new double[blocks()];
    sums = new double[rows * d];
  }

  static Swarm of(Precision precision, double[][] points) {
    int n = points.length;
    int d = points[0].length;
    Swarm swarm = precision == Precision.SINGLE ? new FloatSwarm(n, d) : new DoubleSwarm(n, d);
    for (int i = 0; i < n; i++) {
      swarm.set(i, points[i]);
    }
    return swarm;
  }

  final int blocks() {
    return (n + rows - 1) / rows;
  }

  /** Elements of a block. */
  final int length(int block) {
    return Math.min(rows, n - block * rows) * d;
  }

  /** Copies a row. */
  abstract void get(int i, double[] out);

  /** Overwrites a row. */
  abstract void set(int i, double[] point);

  /** Whether all coordinates of a row are within a distance of c. */
  abstract boolean within(int i, double[] c, double distance);

  /**
   * Draws noise for every row and moves it: x = x - a v + s S(v) z with v = x - c, by coordinate.
   */
  abstract void step(Chance chance, double[] c, double a, double s, double truncation);

  /** Adds {@link #column} times the blocks, the first few of them, to a range of the sums. */
  abstract void addColumn(int blocks, int from, int to);

  /** Writes the sum of w_i times row i: all rows that are r-th of their block at a time. */
  final void mean(double[] weights, double[] out) {
    Arrays.fill(sums, 0);
    Arrays.fill(out, 0);
    for (int r = 0; r < rows; r++) {
      int count = 0;
      boolean counts = false;
      for (int i = r; i < n; i += rows) {
        column[count++] = weights[i];
        counts |= weights[i] != 0;
      }
      if (counts) {
        addColumn(count, r * d, (r + 1) * d);
        for (int k = 0; k < d; k++) {
          out[k] += sums[r * d + k];
        }
      }
    }
  }

  /** A word on particles that are where {@link Moves#clamp} holds them. */
  final List<RunWarning> warnings() {
    double[] row = new double[d];
    int held = 0;
    for (int i = 0; i < n; i++) {
      get(i, row);
      held += Kernels.maxAbs(row, 0, d) >= Cbo.REACH ? 1 : 0;
    }
    return held == 0
        ? List.of()
        : List.of(
            new RunWarning(
                held
                    + " of "
                    + n
                    + " particles are at 1e8, where they are held: the noise drives them apart;"
                    + " take a smaller sigma"));
  }

  final double[][] copy() {
    double[][] points = new double[n][d];
    for (int i = 0; i < n; i++) {
      get(i, points[i]);
    }
    return points;
  }
}
