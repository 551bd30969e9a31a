package dev.optim.zeroth;

import dev.optim.kernel.Elementary;
import java.util.Arrays;

/**
 * Polarised consensus: a weighted mean for every particle, in O(N d) memory. Squared distances are
 * summed coordinate by coordinate over many voters at a time, from a transposed copy of them, for
 * several particles while a piece of it is in the cache.
 */
final class Polar {

  /** Particles whose distances are computed together. */
  private static final int GROUP = 8;

  /** Voters of a piece. */
  private static final int TILE = 256;

  /** Copies the point that a voter stands for. */
  interface Voters {
    void copy(int voter, double[] out);
  }

  private final Polarisation polarisation;
  private final int d;
  private final double[][] rows;
  private final double[][] columns;
  private final double[][] points;
  private final double[][] weights;
  private final double[] votes;
  private int n;
  private double alpha;

  /**
   * Takes memory for at most so many voters.
   *
   * @param most voters
   * @param d coordinates
   */
  Polar(Polarisation polarisation, int most, int d) {
    this.polarisation = polarisation;
    this.d = d;
    rows = new double[most][d];
    columns = new double[d][most];
    votes = new double[most];
    points = new double[GROUP][d];
    weights = new double[GROUP][most];
  }

  /**
   * Takes the voters of a step.
   *
   * @param energy their energies, read only; at least one of them finite
   */
  void listen(Voters voters, double[] energy, int count, double inverseTemperature) {
    n = count;
    alpha = inverseTemperature;
    for (int j = 0; j < n; j++) {
      boolean failed = energy[j] == Double.POSITIVE_INFINITY;
      votes[j] = failed ? energy[j] : alpha == 0 ? 0 : alpha * energy[j];
      voters.copy(j, rows[j]);
      for (int k = 0; k < d; k++) {
        columns[k][j] = rows[j][k];
      }
    }
  }

  /**
   * Writes the consensus of each of some particles; the particle itself where every weight is 0.
   *
   * @param out one array for each of them
   */
  void consensus(int[] particles, Swarm swarm, double[][] out) {
    for (int first = 0; first < particles.length; first += GROUP) {
      int count = Math.min(GROUP, particles.length - first);
      for (int i = 0; i < count; i++) {
        swarm.get(particles[first + i], points[i]);
      }
      squaredDistances(count);
      for (int i = 0; i < count; i++) {
        energies(weights[i]);
        // -log of the unnormalised weights are energies at alpha = 1
        if (Weights.of(weights[i], n, 1, weights[i])) {
          Weights.mean(weights[i], rows, n, out[first + i]);
        } else {
          System.arraycopy(points[i], 0, out[first + i], 0, d);
        }
      }
    }
  }

  private void squaredDistances(int count) {
    for (int from = 0; from < n; from += TILE) {
      int to = Math.min(n, from + TILE);
      for (int i = 0; i < count; i++) {
        Arrays.fill(weights[i], from, to, 0);
      }
      for (int k = 0; k < d; k++) {
        for (int i = 0; i < count; i++) {
          addSquares(points[i][k], columns[k], weights[i], from, to);
        }
      }
    }
  }

  private static void addSquares(double x, double[] column, double[] sums, int from, int to) {
    for (int j = from; j < to; j++) {
      double difference = x - column[j];
      sums[j] += difference * difference;
    }
  }

  /** Turns squared distances into energies: alpha f - p log K. */
  private void energies(double[] squares) {
    double power = polarisation.powerAlpha() ? alpha : 1;
    if (power == 0) {
      System.arraycopy(votes, 0, squares, 0, n); // 0 times an infinite distance would be NaN
      return;
    }
    distances(squares);
    for (int j = 0; j < n; j++) {
      squares[j] = votes[j] + power * squares[j];
    }
  }

  /** Turns squared Euclidean distances into -log K. */
  private void distances(double[] squares) {
    double kappa = polarisation.kappa();
    switch (polarisation.kernel()) {
      case GAUSSIAN -> {
        double twice = 2 * kappa * kappa;
        for (int j = 0; j < n; j++) {
          squares[j] /= twice;
        }
      }
      case LAPLACE -> {
        for (int j = 0; j < n; j++) {
          squares[j] = Math.sqrt(squares[j]) / kappa;
        }
      }
      case INVERSE_QUADRATIC -> {
        double square = kappa * kappa;
        for (int j = 0; j < n; j++) {
          squares[j] = 1 + squares[j] / square;
        }
        Elementary.log(squares, squares, 0, n);
      }
      case BALL -> {
        for (int j = 0; j < n; j++) {
          squares[j] = Math.sqrt(squares[j]) <= kappa ? 0 : Double.POSITIVE_INFINITY;
        }
      }
    }
  }
}
