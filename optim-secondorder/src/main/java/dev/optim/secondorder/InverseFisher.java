package dev.optim.secondorder;

/**
 * The inverse of F = damping I + (1/m) sum_k g_k g_k', the damped empirical Fisher matrix of m
 * gradients of d elements, in a form that never holds a d x d matrix. It is symmetric and positive
 * definite, with eigenvalues in (0, 1/damping].
 */
public interface InverseFisher {

  /**
   * The number of elements of a gradient.
   *
   * @return d
   */
  int dimension();

  /**
   * What is added to every diagonal element of the Fisher matrix.
   *
   * @return the damping, more than 0
   */
  double damping();

  /**
   * Computes the product with a vector.
   *
   * @param x d finite elements; read only, not kept
   * @param out receives the product; may be {@code x}
   * @throws IllegalArgumentException if a length is not d or an element of x is not finite; {@code
   *     out} is unchanged
   */
  void multiply(double[] x, double[] out);

  /**
   * Computes the diagonal.
   *
   * @param out receives the d diagonal elements, every one more than 0
   * @throws IllegalArgumentException if the length is not d
   */
  void diagonal(double[] out);

  /**
   * Computes one element.
   *
   * @param i the row, in 0..d-1
   * @param j the column, in 0..d-1
   * @return the element
   * @throws IndexOutOfBoundsException if an index is not in 0..d-1
   */
  double element(int i, int j);
}
