package dev.optim.sgd;

import static java.util.Objects.requireNonNull;

import dev.optim.kernel.Kernels;
import dev.optim.update.Step;
import dev.optim.update.UpdateRule.Scope;

/**
 * sqrt(n) K, with n the elements that K takes together: those of the tensor, or of a row. A
 * gradient of norm 1, as that of {@link Kappas.L2} and of {@link Kappas.GroupL2}, gets elements of
 * the size of signs, so that Lion's step size and decay hold for tensors of any size. Enforces K*(y
 * / sqrt(n)) in the place of K*(y): for {@code L2} a root mean square of y of at most 1.
 *
 * <p>It is not part of the paper; implementations of Lion-K have it under the name auto_scale.
 * Cost: that of K and one multiplication an element.
 *
 * @param kappa K, of rows or tensors
 */
public record AutoScaled(Kappa kappa) implements Kappa {

  /**
   * Checks the function.
   *
   * @throws IllegalArgumentException if it is a sum over elements, which has no size to scale by
   */
  public AutoScaled {
    if (requireNonNull(kappa, "kappa").scope() == Scope.ELEMENT) {
      throw new IllegalArgumentException(
          "kappa is " + kappa + ", must be a function of rows or tensors, not a sum over elements");
    }
  }

  @Override
  public Scope scope() {
    return kappa.scope();
  }

  @Override
  public int workspace(int rows, int columns) {
    return kappa.workspace(rows, columns);
  }

  @Override
  public void gradient(double[] z, int rows, int columns) {
    kappa.gradient(z, rows, columns);
    Kernels.scale(factor(rows, columns), z, 0, rows * columns);
  }

  @Override
  public void gradient(float[] z, Step step, int rows, int columns) {
    kappa.gradient(z, step, rows, columns);
    Kernels.scale(factor(rows, columns), z, 0, rows * columns);
  }

  private double factor(int rows, int columns) {
    return Math.sqrt(scope() == Scope.ROW ? columns : (double) rows * columns);
  }
}
