package dev.optim.bench.jmh.mfac;

import dev.optim.random.RandomStream;
import dev.optim.secondorder.FisherWindow;
import dev.optim.secondorder.WindowSettings;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/** The part of a window step that does not depend on d: gradients are short here. */
public final class Replacement {

  private static final int D = 16;

  private final FisherWindow window;
  private final double[][] gradients;
  private final DMatrixRMaj gram;
  private final DMatrixRMaj scratch;
  private final CholeskyDecomposition_F64<DMatrixRMaj> cholesky;

  /**
   * Fills a window and a matrix A = m damping I + G G'.
   *
   * @param m gradients in the window
   */
  public Replacement(int m) {
    window = FisherWindow.of(D, WindowSettings.of(m, 1e-3));
    DMatrixRMaj g = new DMatrixRMaj(m, D);
    RandomStream random = RandomStream.of(1);
    random.fillGaussian(g.data);
    gradients = new double[m][D];
    gram = new DMatrixRMaj(m, m);
    CommonOps_DDRM.multOuter(g, gram);
    for (int i = 0; i < m; i++) {
      gram.add(i, i, m * 1e-3);
      random.fillGaussian(gradients[i]);
    }
    scratch = new DMatrixRMaj(m, m);
    cholesky = DecompositionFactory_DDRM.chol(m, true);
    replaceAll();
  }

  /** Replaces all m gradients, which takes one factorisation in, as there is one every m steps. */
  public void replaceAll() {
    for (double[] gradient : gradients) {
      window.add(gradient);
    }
  }

  /** Factors A as a whole, by EJML. */
  public void factorise() {
    scratch.setTo(gram);
    if (!cholesky.decompose(scratch)) {
      throw new IllegalStateException("not positive definite");
    }
  }
}
