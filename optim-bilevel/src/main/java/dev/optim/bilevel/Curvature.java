package dev.optim.bilevel;

/**
 * Second-order products of the lower objective f: what implicit differentiation asks for. Where a
 * problem has none, they are taken from central differences of the partial gradients.
 */
public interface Curvature {

  /**
   * Multiplies the Hessian with respect to y by a vector.
   *
   * @param x the upper variables, n numbers; read only, not kept
   * @param y the lower variables, m numbers; read only, not kept
   * @param v m numbers; read only, not kept
   * @param out receives the m numbers {@code f_yy(x, y) v}; every element is written
   */
  void hessianYY(double[] x, double[] y, double[] v, double[] out);

  /**
   * Multiplies the mixed second derivative by a vector: the gradient with respect to x of {@code
   * f_y(x, y) . v}.
   *
   * @param x the upper variables, n numbers; read only, not kept
   * @param y the lower variables, m numbers; read only, not kept
   * @param v m numbers; read only, not kept
   * @param out receives the n numbers {@code f_xy(x, y) v}; every element is written
   */
  void mixedXY(double[] x, double[] y, double[] v, double[] out);
}
