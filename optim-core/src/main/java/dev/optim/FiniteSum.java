package dev.optim;

/**
 * A mean of n terms, f(x) = (1/n) sum_i f_i(x): what a training loss over n samples is.
 *
 * <p>A batch is an array of term indices, each in 0..terms()-1; an index may occur more than once.
 * The value and gradient over a batch are means over the batch, so that a batch drawn at random
 * gives an unbiased estimate of the whole.
 */
public interface FiniteSum extends DifferentiableObjective {

  /**
   * The number of terms.
   *
   * @return n, at least 1
   */
  @Override
  int terms();

  /**
   * Evaluates the mean of some terms and its gradient in one pass.
   *
   * @param x the point; read only, not kept
   * @param batch the indices of the terms, at least one; read only, not kept
   * @param out receives the gradient of the mean over the batch; every element is written
   * @return the mean of the terms of the batch
   */
  double valueAndGradient(double[] x, int[] batch, double[] out);

  /**
   * Evaluates the mean of some terms. The default asks for the gradient too and drops it.
   *
   * @param x the point; read only, not kept
   * @param batch the indices of the terms, at least one; read only, not kept
   * @return the mean of the terms of the batch
   */
  default double value(double[] x, int[] batch) {
    return valueAndGradient(x, batch, new double[x.length]);
  }

  /**
   * Evaluates the gradient of each term of a batch apart. The default makes one pass a term.
   *
   * @param x the point; read only, not kept
   * @param batch the indices of the terms; read only, not kept
   * @param out row j receives the gradient of term {@code batch[j]}; every element is written
   */
  default void termGradients(double[] x, int[] batch, double[][] out) {
    int[] one = new int[1];
    for (int j = 0; j < batch.length; j++) {
      one[0] = batch[j];
      valueAndGradient(x, one, out[j]);
    }
  }
}
