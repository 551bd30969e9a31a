package dev.optim.bilevel;

import dev.optim.kernel.Kernels;
import java.util.Arrays;

/**
 * What {@link ImplicitGradient} describes, with working memory: with a solver that allocates
 * nothing a hypergradient allocates nothing.
 */
final class Hypergradient implements AdjointSolver.Operator {

  private final LevelObjective upper;
  private final ImplicitEquation equation;
  private final AdjointSolver solver;
  private final double[] x;
  private final double[] y;
  private final double[] right;
  private final double[] product;
  private final double[] through;
  private double innerResidual;
  private double adjointResidual;
  private int products;

  Hypergradient(
      LevelObjective upper, ImplicitEquation equation, AdjointSolver solver, int n, int m) {
    this.upper = upper;
    this.equation = equation;
    this.solver = solver;
    x = new double[n];
    y = new double[m];
    right = new double[m];
    product = new double[m];
    through = new double[n];
  }

  /** Fills the gradient at (x, y) from the adjoint's first guess, and the adjoint. */
  void at(double[] atX, double[] atY, double[] adjoint, double[] gradient) {
    System.arraycopy(atX, 0, x, 0, x.length);
    System.arraycopy(atY, 0, y, 0, y.length);
    products = 0;
    equation.residual(x, y, product);
    innerResidual = Kernels.norm(product, 0, product.length);
    upper.gradientY(x, y, right);
    double size = Kernels.norm(right, 0, right.length);
    if (size == 0) {
      Arrays.fill(adjoint, 0);
      adjointResidual = 0;
    } else {
      solver.solve(this, right, adjoint);
      times(adjoint, product);
      Kernels.axpy(-1, right, product, 0, product.length);
      adjointResidual = Kernels.norm(product, 0, product.length) / size;
    }
    upper.gradientX(x, y, gradient);
    equation.transposedX(x, y, adjoint, through);
    Kernels.axpy(-1, through, gradient, 0, through.length);
  }

  @Override
  public void times(double[] v, double[] out) {
    products++;
    equation.transposedY(x, y, v, out);
  }

  double innerResidual() {
    return innerResidual;
  }

  double adjointResidual() {
    return adjointResidual;
  }

  int products() {
    return products;
  }
}
