package dev.optim.sgd;

import dev.optim.update.Parameters;
import dev.optim.update.UpdateRule;
import java.util.function.IntBinaryOperator;

/** The array in which a rule works on a whole tensor: the tensor, and a workspace behind it. */
final class WorkingMemory {

  private WorkingMemory() {}

  /**
   * Refuses a tensor that needs a longer array than there is, before any step is made.
   *
   * @param workspace of rows and columns; throws ArithmeticException where it is no length
   */
  static void require(UpdateRule rule, Parameters.Tensor tensor, IntBinaryOperator workspace) {
    boolean matrix = tensor.dimensions() > 1;
    int rows = matrix ? tensor.rows() : 1;
    int columns = matrix ? tensor.columns() : tensor.size();
    try {
      Math.addExact(tensor.size(), workspace.applyAsInt(rows, columns));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          rule.name()
              + " needs more than 2^31 - 1 elements of working memory for "
              + tensor.name()
              + ", of "
              + rows
              + " x "
              + columns);
    }
  }
}
