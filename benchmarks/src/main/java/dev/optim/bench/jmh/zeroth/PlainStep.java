package dev.optim.bench.jmh.zeroth;

import java.util.SplittableRandom;

/**
 * Consensus-based optimisation as one would write it down: double precision, a row for each
 * particle, the JDK's fastest Gaussian draws, one pass after the other.
 */
public final class PlainStep {

  private final double[][] x;
  private final double[] weights;
  private final double[] c;
  private final SplittableRandom random = new SplittableRandom(1);

  /**
   * Uniform particles in [-3, 3].
   *
   * @param n particles
   * @param d coordinates
   */
  public PlainStep(int n, int d) {
    x = new double[n][d];
    weights = new double[n];
    c = new double[d];
    for (double[] row : x) {
      for (int k = 0; k < d; k++) {
        row[k] = random.nextDouble(-3, 3);
      }
    }
  }

  /**
   * A step with lambda = 1, sigma = 5, dt = 0.01, anisotropic noise.
   *
   * @param energies the values at the particles
   * @param alpha inverse temperature
   * @return a coordinate of the consensus
   */
  public double step(double[] energies, double alpha) {
    double least = Double.POSITIVE_INFINITY;
    for (double energy : energies) {
      least = Math.min(least, energy);
    }
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(-alpha * (energies[i] - least));
      sum += weights[i];
    }
    for (int k = 0; k < c.length; k++) {
      c[k] = 0;
    }
    for (int i = 0; i < x.length; i++) {
      double weight = weights[i] / sum;
      for (int k = 0; k < c.length; k++) {
        c[k] += weight * x[i][k];
      }
    }
    for (double[] row : x) {
      for (int k = 0; k < c.length; k++) {
        double v = row[k] - c[k];
        row[k] += -0.01 * v + 0.5 * v * random.nextGaussian();
      }
    }
    return c[0];
  }
}
