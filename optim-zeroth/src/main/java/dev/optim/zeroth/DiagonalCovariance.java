package dev.optim.zeroth;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Arrays;

/** Variances only. */
final class DiagonalCovariance implements Covariance {

  private final double[] variance;

  DiagonalCovariance(int d) {
    variance = new double[d];
    Arrays.fill(variance, 1);
  }

  @Override
  public void shape(double[] z, double[] out) {
    for (int k = 0; k < z.length; k++) {
      out[k] = Math.sqrt(variance[k]) * z[k];
    }
  }

  @Override
  public void whiten(double[] y, double[] out) {
    for (int k = 0; k < y.length; k++) {
      out[k] = y[k] / Math.sqrt(variance[k]);
    }
  }

  @Override
  public void update(double keep, CmaEsRates rates, double[] p, double[][] y, int[] order) {
    for (int k = 0; k < variance.length; k++) {
      double sum = 0;
      for (int i = 0; i < rates.weights.length; i++) {
        double yk = y[order[i]][k];
        sum += rates.weights[i] * yk * yk;
      }
      variance[k] = keep * variance[k] + rates.c1 * p[k] * p[k] + rates.cmu * sum;
    }
  }

  @Override
  public boolean refresh(long iteration, CmaEsRates rates) {
    for (double v : variance) {
      if (!(v > 0 && v < Double.POSITIVE_INFINITY)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public double largestDeviation() {
    return Math.sqrt(Arrays.stream(variance).max().orElse(0));
  }

  @Override
  public double condition() {
    return Arrays.stream(variance).max().orElse(1) / Arrays.stream(variance).min().orElse(1);
  }

  @Override
  public void save(CheckpointBuilder builder) {
    builder.tensor("variance", variance, variance.length);
  }

  @Override
  public void read(Checkpoint saved) {
    saved.copyTo("variance", variance);
  }
}
