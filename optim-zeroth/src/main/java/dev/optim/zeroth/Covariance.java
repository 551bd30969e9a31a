package dev.optim.zeroth;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;

/** The covariance matrix of CMA-ES with its square root, full or diagonal. */
interface Covariance {

  /** Writes C^(1/2) z. */
  void shape(double[] z, double[] out);

  /** Writes C^(-1/2) y. */
  void whiten(double[] y, double[] out);

  /** C = keep C + c_1 p p^T + c_mu sum w_i y_i y_i^T over the best. */
  void update(double keep, CmaEsRates rates, double[] p, double[][] y, int[] order);

  /**
   * Renews the square root when it is due.
   *
   * @return false if C is no longer positive definite
   */
  boolean refresh(long iteration, CmaEsRates rates);

  /** The root of C's largest eigenvalue. */
  double largestDeviation();

  /** The ratio of C's largest to its smallest eigenvalue. */
  double condition();

  void save(CheckpointBuilder builder);

  void read(Checkpoint saved);
}
