package dev.optim.bilevel;

import dev.optim.Checks;

/**
 * The gradient of F(x, y(x)) at a point, by the implicit function theorem: {@code F_x - Phi_x' u}
 * with {@code Phi_y' u = F_y}. Its error is of the order of |y - y(x)| plus the adjoint residual
 * times the inverse of the smallest singular value of Phi_y, so both residuals are reported. It is
 * wrong where constraints of the lower level are weakly active.
 *
 * <p>Cost: two partial gradients of F, one residual, the solver's products and two more.
 *
 * <p>Reference: M. Blondel et al., Efficient and Modular Implicit Differentiation, NeurIPS 2022.
 *
 * @param gradient the n partial derivatives
 * @param adjoint u, m numbers: a first guess for the next point
 * @param innerResidual |Phi(x, y)|: how well y solves the lower level
 * @param adjointResidual |F_y - Phi_y' u| / |F_y|, 0 where F_y is 0
 * @param products the products with Phi_y' that were made
 */
public record ImplicitGradient(
    double[] gradient,
    double[] adjoint,
    double innerResidual,
    double adjointResidual,
    int products) {

  /**
   * Computes the gradient.
   *
   * @param upper F
   * @param equation what y satisfies
   * @param solver of the adjoint system
   * @param x the upper variables, n numbers; read only
   * @param y the lower variables, m numbers, the solution of the lower level at x; read only
   * @param guess the adjoint's first guess, m numbers; read only
   * @return the gradient with its residuals
   * @throws IllegalArgumentException if {@code guess} is not of the length of {@code y}
   */
  public static ImplicitGradient at(
      LevelObjective upper,
      ImplicitEquation equation,
      AdjointSolver solver,
      double[] x,
      double[] y,
      double[] guess) {
    Checks.length("guess", guess.length, y.length);
    Hypergradient work = new Hypergradient(upper, equation, solver, x.length, y.length);
    double[] adjoint = guess.clone();
    double[] gradient = new double[x.length];
    work.at(x, y, adjoint, gradient);
    return new ImplicitGradient(
        gradient, adjoint, work.innerResidual(), work.adjointResidual(), work.products());
  }
}
