package dev.optim.zeroth;

import dev.optim.kernel.Kernels;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;

/** Points as rows of equal length. */
final class Rows {

  private Rows() {}

  static double[][] copy(double[][] rows) {
    double[][] copy = new double[rows.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = rows[i].clone();
    }
    return copy;
  }

  static double[][] pick(double[][] rows, int[] indices) {
    double[][] picked = new double[indices.length][];
    for (int i = 0; i < picked.length; i++) {
      picked[i] = rows[indices[i]];
    }
    return picked;
  }

  static void save(CheckpointBuilder builder, String name, double[][] rows) {
    int d = rows[0].length;
    double[] flat = new double[rows.length * d];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * d, d);
    }
    builder.tensor(name, flat, rows.length, d);
  }

  /** Reads into rows that are there. */
  static void read(Checkpoint saved, String name, double[][] into) {
    double[][] rows = read(saved, name, into.length, into[0].length);
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, into[i], 0, rows[i].length);
    }
  }

  /** The largest Euclidean distance of a row from the mean of the rows. */
  static double spread(double[][] rows) {
    int d = rows[0].length;
    double[] mean = new double[d];
    for (double[] row : rows) {
      Kernels.axpy(1.0 / rows.length, row, mean, 0, d);
    }
    double spread = 0;
    for (double[] row : rows) {
      spread = Math.max(spread, Moves.distance(row, mean));
    }
    return spread;
  }

  static double[][] read(Checkpoint saved, String name, int n, int d) {
    double[] flat = saved.doubles(name, n, d);
    double[][] rows = new double[n][d];
    for (int i = 0; i < n; i++) {
      System.arraycopy(flat, i * d, rows[i], 0, d);
    }
    return rows;
  }
}
