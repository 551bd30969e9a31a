package dev.optim.zeroth;

import dev.optim.kernel.Kernels;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * A full matrix C = B diag(deviation^2) B^T; the decomposition is renewed when C has changed by a
 * tenth or so since the last time.
 */
final class FullCovariance implements Covariance {

  private final int d;
  private final DMatrixRMaj c;

  /** The eigenvectors by rows: row e of B^T. */
  private final double[] vectors;

  private final double[] deviations;
  private long refreshed;

  FullCovariance(int d) {
    this.d = d;
    c = new DMatrixRMaj(d, d);
    vectors = new double[d * d];
    deviations = new double[d];
    for (int k = 0; k < d; k++) {
      c.data[k * d + k] = 1;
      vectors[k * d + k] = 1;
    }
    Arrays.fill(deviations, 1);
  }

  @Override
  public void shape(double[] z, double[] out) {
    Arrays.fill(out, 0);
    for (int e = 0; e < d; e++) {
      Kernels.axpy(deviations[e] * z[e], vectors, e * d, out, 0, d);
    }
  }

  @Override
  public void whiten(double[] y, double[] out) {
    Arrays.fill(out, 0);
    for (int e = 0; e < d; e++) {
      double along = Kernels.dot(vectors, e * d, y, 0, d);
      Kernels.axpy(along / deviations[e], vectors, e * d, out, 0, d);
    }
  }

  @Override
  public void update(double keep, CmaEsRates rates, double[] p, double[][] y, int[] order) {
    for (int j = 0; j < d; j++) {
      Kernels.scale(keep, c.data, j * d, (j + 1) * d);
      Kernels.axpy(rates.c1 * p[j], p, 0, c.data, j * d, d);
      for (int i = 0; i < rates.weights.length; i++) {
        double[] yi = y[order[i]];
        Kernels.axpy(rates.cmu * rates.weights[i] * yi[j], yi, 0, c.data, j * d, d);
      }
    }
  }

  @Override
  public boolean refresh(long iteration, CmaEsRates rates) {
    if (iteration - refreshed < 0.1 / ((rates.c1 + rates.cmu) * d)) {
      return true;
    }
    refreshed = iteration;
    if (!Kernels.allFinite(c.data, 0, d * d)) {
      return false;
    }
    for (int j = 0; j < d; j++) {
      for (int k = 0; k < j; k++) {
        c.data[k * d + j] = c.data[j * d + k]; // rounding has made them differ
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
    if (!eigen.decompose(c.copy())) {
      return false;
    }
    for (int e = 0; e < d; e++) {
      double variance = eigen.getEigenvalue(e).real;
      if (!(variance > 0)) {
        return false;
      }
      deviations[e] = Math.sqrt(variance);
      System.arraycopy(eigen.getEigenVector(e).data, 0, vectors, e * d, d);
    }
    return true;
  }

  @Override
  public double largestDeviation() {
    return Kernels.maxAbs(deviations, 0, d);
  }

  @Override
  public double condition() {
    double ratio = largestDeviation() / Arrays.stream(deviations).min().orElse(1);
    return ratio * ratio;
  }

  @Override
  public void save(CheckpointBuilder builder) {
    builder
        .tensor("c", c.data, d, d)
        .tensor("vectors", vectors, d, d)
        .tensor("deviations", deviations, d)
        .meta("refreshed", refreshed);
  }

  @Override
  public void read(Checkpoint saved) {
    saved.copyTo("c", c.data);
    saved.copyTo("vectors", vectors);
    saved.copyTo("deviations", deviations);
    refreshed = saved.metaLong("refreshed");
  }
}
