package dev.optim.secondorder;

import dev.optim.kernel.Kernels;
import dev.optim.kernel.RowKernels;

/**
 * The joint optimal-brain-surgeon move of one block, without a system of the size of the pruned
 * set. With A = m damping I + G_R G_R', over the remaining columns R alone,
 *
 * <pre>
 *   F_RR^-1 F_RQ w_Q  =  G_R' A^-1 (G_Q w_Q)
 * </pre>
 *
 * <p>Where fewer columns than gradients remain, the same as (m damping I + G_R'G_R)^-1 G_R' (G_Q
 * w_Q). Cost O(r m min(r, m)).
 */
final class JointCompensation {

  private JointCompensation() {}

  /**
   * Adds the move to the remaining weights.
   *
   * @param gradients m rows
   * @param weights read and written; pruned ones keep their value
   * @param pruned which columns go
   * @param from the first column of the block
   * @param to the column after the last
   */
  static void apply(
      double[][] gradients, double damping, double[] weights, boolean[] pruned, int from, int to) {
    int m = gradients.length;
    double[] lost = new double[to - from];
    int[] remaining = new int[to - from];
    int r = 0;
    for (int i = from; i < to; i++) {
      if (pruned[i]) {
        lost[i - from] = weights[i];
      } else {
        remaining[r++] = i;
      }
    }
    double[] u = new double[m];
    double[][] g = new double[m][r];
    for (int k = 0; k < m; k++) {
      u[k] = Kernels.dot(gradients[k], from, lost, 0, lost.length);
      for (int j = 0; j < r; j++) {
        g[k][j] = gradients[k][remaining[j]];
      }
    }
    double[] move = new double[r];
    if (m <= r) {
      solve(g, r, m * damping, u);
      RowKernels.axpys(u, g, m, move, 0, r);
    } else {
      RowKernels.axpys(u, g, m, move, 0, r);
      solve(transposed(g, r), m, m * damping, move);
    }
    for (int j = 0; j < r; j++) {
      weights[remaining[j]] += move[j];
    }
  }

  /** Solves (shift I + R R') x = b in place, R of the given rows. */
  private static void solve(double[][] rows, int length, double shift, double[] b) {
    if (rows.length == 0) {
      return;
    }
    GramFactor factor = new GramFactor(rows.length, shift);
    double[] products = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      RowKernels.dots(rows, i + 1, rows[i], 0, length, products);
      factor.append(products, 0);
    }
    factor.solve(b);
  }

  private static double[][] transposed(double[][] rows, int columns) {
    double[][] transposed = new double[columns][rows.length];
    for (int k = 0; k < rows.length; k++) {
      for (int j = 0; j < columns; j++) {
        transposed[j][k] = rows[k][j];
      }
    }
    return transposed;
  }
}
