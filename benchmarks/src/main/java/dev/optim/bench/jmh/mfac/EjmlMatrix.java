package dev.optim.bench.jmh.mfac;

import dev.optim.random.RandomStream;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** The two passes of a product with a window by EJML, in single precision. */
public final class EjmlMatrix {

  private final FMatrixRMaj g;
  private final FMatrixRMaj x;
  private final FMatrixRMaj y;

  /**
   * Makes a matrix of gradients.
   *
   * @param d elements of a gradient
   * @param m gradients
   */
  public EjmlMatrix(int d, int m) {
    g = new FMatrixRMaj(m, d);
    x = new FMatrixRMaj(d, 1);
    y = new FMatrixRMaj(m, 1);
    RandomStream.of(1).fillGaussian(g.data);
    RandomStream.of(2).fillGaussian(x.data);
  }

  /** y = G x, then x = x + G' y, with y made small so that x stays finite. */
  public void passes() {
    CommonOps_FDRM.mult(g, x, y);
    CommonOps_FDRM.scale(1e-9f, y);
    CommonOps_FDRM.multAddTransA(g, y, x);
  }
}
