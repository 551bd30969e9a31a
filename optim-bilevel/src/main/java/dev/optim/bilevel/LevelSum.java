package dev.optim.bilevel;

import dev.optim.FiniteSum;

/**
 * A level that is a mean of terms, such as a loss over samples: it can be asked for gradients over
 * a batch. Gradients over a batch are means over the batch, so that a batch drawn at random gives
 * an unbiased estimate. The same batch may be asked for at two points.
 */
public interface LevelSum extends LevelObjective {

  /**
   * The number of terms.
   *
   * @return at least 1
   */
  int terms();

  /**
   * Evaluates the mean over a batch of the terms' gradients with respect to x.
   *
   * @param x the upper variables, n numbers; read only, not kept
   * @param y the lower variables, m numbers; read only, not kept
   * @param batch the indices of the terms, each in 0..terms()-1; read only, not kept
   * @param out receives the n partial derivatives; every element is written
   */
  void gradientX(double[] x, double[] y, int[] batch, double[] out);

  /**
   * Evaluates the mean over a batch of the terms' gradients with respect to y.
   *
   * @param x the upper variables, n numbers; read only, not kept
   * @param y the lower variables, m numbers; read only, not kept
   * @param batch the indices of the terms, each in 0..terms()-1; read only, not kept
   * @param out receives the m partial derivatives; every element is written
   */
  void gradientY(double[] x, double[] y, int[] batch, double[] out);

  /**
   * Takes a finite sum over the joint point (x, y), x first. Each partial gradient costs a whole
   * one.
   *
   * @param joint the sum, of n + m variables
   * @param upperDimension n, at least 1
   * @return the same sum as a level
   */
  static LevelSum of(FiniteSum joint, int upperDimension) {
    return new JointSum(joint, upperDimension);
  }
}
