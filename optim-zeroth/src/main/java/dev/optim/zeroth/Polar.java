package dev.optim.zeroth;

import dev.optim.kernel.Elementary;

/** Polarised consensus: a weighted mean for every particle. */
final class Polar {

  private Polar() {}

  /**
   * Writes the consensus of one particle.
   *
   * @param x the particle
   * @param voters the particles that make the consensus
   * @param energy their energies, at least one of them finite
   * @param weights n elements, overwritten
   * @param out receives the consensus; the particle itself if every weight is 0
   */
  static void consensus(
      Polarisation polarisation,
      double alpha,
      double[] x,
      double[][] voters,
      double[] energy,
      double[] weights,
      double[] out) {
    int n = voters.length;
    double power = polarisation.powerAlpha() ? alpha : 1;
    for (int j = 0; j < n; j++) {
      double votes = alpha == 0 ? 0 : alpha * energy[j];
      boolean failed = energy[j] == Double.POSITIVE_INFINITY;
      weights[j] =
          failed
              ? Double.POSITIVE_INFINITY
              : votes + power * distance(polarisation, squaredDistance(x, voters[j]));
    }
    // -log of the unnormalised weights are energies at alpha = 1
    if (Weights.of(weights, n, 1, weights)) {
      Weights.mean(weights, voters, n, out);
    } else {
      System.arraycopy(x, 0, out, 0, x.length);
    }
  }

  /** -log K as a function of the squared Euclidean distance. */
  static double distance(Polarisation polarisation, double squared) {
    double kappa = polarisation.kappa();
    return switch (polarisation.kernel()) {
      case GAUSSIAN -> squared / (2 * kappa * kappa);
      case LAPLACE -> Math.sqrt(squared) / kappa;
      case INVERSE_QUADRATIC -> Elementary.log(1 + squared / (kappa * kappa));
      case BALL -> Math.sqrt(squared) <= kappa ? 0 : Double.POSITIVE_INFINITY;
    };
  }

  private static double squaredDistance(double[] x, double[] y) {
    double sum = 0;
    for (int k = 0; k < x.length; k++) {
      double difference = x[k] - y[k];
      sum += difference * difference;
    }
    return sum;
  }
}
