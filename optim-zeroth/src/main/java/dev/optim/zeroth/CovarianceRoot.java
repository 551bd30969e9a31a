package dev.optim.zeroth;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** The symmetric square root of the particles' weighted covariance. */
final class CovarianceRoot {

  private CovarianceRoot() {}

  /**
   * C^(1/2) for C = sum w_i (x_i - c)(x_i - c)^T: O(N d^2 + d^3).
   *
   * @return the root by rows, d x d
   */
  static double[] of(double[] weights, double[][] x, double[] c) {
    int d = c.length;
    DMatrixRMaj covariance = new DMatrixRMaj(d, d);
    for (int i = 0; i < x.length; i++) {
      if (weights[i] == 0) {
        continue;
      }
      for (int j = 0; j < d; j++) {
        double scaled = weights[i] * (x[i][j] - c[j]);
        for (int k = 0; k < d; k++) {
          covariance.data[j * d + k] += scaled * (x[i][k] - c[k]);
        }
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
    double[] root = new double[d * d];
    if (!eigen.decompose(covariance)) {
      return root;
    }
    for (int e = 0; e < d; e++) {
      double scale = Math.sqrt(Math.max(0, eigen.getEigenvalue(e).real));
      double[] vector = eigen.getEigenVector(e).data;
      for (int j = 0; j < d; j++) {
        for (int k = 0; k < d; k++) {
          root[j * d + k] += scale * vector[j] * vector[k];
        }
      }
    }
    return root;
  }
}
