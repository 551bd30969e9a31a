package dev.optim.bilevel;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.DifferentiableObjective;
import java.util.Arrays;

/**
 * The upper level as an objective of x alone: F(x, y(x)) with its gradient by implicit
 * differentiation. Every gradient method of the library minimises it.
 *
 * <pre>{@code
 * ImplicitObjective objective = new ImplicitObjective(
 *     problem,
 *     ImplicitEquation.optimality(problem),
 *     InnerSolver.newton(problem, 1e-10, 100),
 *     AdjointSolver.cg(1e-10, 1000),
 *     new double[m],
 *     1e-8);
 * Result result = Minimizer.minimize(new Adam(0.1), objective, Start.at(x0), Stop.iterations(100));
 * }</pre>
 *
 * <p>{@link NestedMethod} puts it together with a method for x.
 *
 * <p>The gradient is trusted only if the lower level is solved and the adjoint system too: where a
 * residual exceeds the tolerance, or the adjoint system is singular, the evaluation throws and the
 * run ends with {@link dev.optim.StopReason#EVALUATION_FAILED}. The lower level is solved from the
 * same point every time, so that the value is a function of x; with {@link #warm} it starts from
 * the last solution, which is cheaper, but then a value depends to rounding on the way there. Not
 * safe for several threads.
 */
public final class ImplicitObjective implements DifferentiableObjective {

  private final BilevelProblem problem;
  private final ImplicitEquation equation;
  private final InnerSolver inner;
  private final AdjointSolver adjointSolver;
  private final double tolerance;
  private final boolean warm;
  private final double[] lowerStart;
  private final double[] y;
  private final double[] adjoint;
  private final Hypergradient hypergradient;
  private final double[] copyOfX;
  private final double[] copyOfY;

  /**
   * Makes the objective.
   *
   * @param problem the levels; X is not used: give it to the method that minimises
   * @param equation what the lower level's solution satisfies
   * @param inner solves the lower level
   * @param adjointSolver solves the adjoint system
   * @param lowerStart where the lower level is solved from, m finite numbers; copied
   * @param tolerance the largest |Phi(x, y)| and the largest relative residual of the adjoint
   *     system under which a gradient is trusted, greater than 0
   * @throws IllegalArgumentException if a length or the tolerance is not as described
   */
  public ImplicitObjective(
      BilevelProblem problem,
      ImplicitEquation equation,
      InnerSolver inner,
      AdjointSolver adjointSolver,
      double[] lowerStart,
      double tolerance) {
    this(problem, equation, inner, adjointSolver, lowerStart, tolerance, false);
  }

  private ImplicitObjective(
      BilevelProblem problem,
      ImplicitEquation equation,
      InnerSolver inner,
      AdjointSolver adjointSolver,
      double[] lowerStart,
      double tolerance,
      boolean warm) {
    this.problem = requireNonNull(problem, "problem");
    this.equation = requireNonNull(equation, "equation");
    this.inner = requireNonNull(inner, "inner");
    this.adjointSolver = requireNonNull(adjointSolver, "adjointSolver");
    Checks.length("lowerStart", lowerStart.length, problem.lowerDimension());
    Checks.finite("lowerStart", lowerStart);
    this.tolerance = Checks.positive("tolerance", tolerance);
    this.warm = warm;
    this.lowerStart = lowerStart.clone();
    y = lowerStart.clone();
    adjoint = new double[y.length];
    copyOfX = new double[problem.upperDimension()];
    copyOfY = new double[y.length];
    hypergradient =
        new Hypergradient(problem.upper(), equation, adjointSolver, copyOfX.length, y.length);
  }

  /**
   * The same objective with warm starts of the lower level and the adjoint system.
   *
   * @return a new objective
   */
  public ImplicitObjective warm() {
    return new ImplicitObjective(
        problem, equation, inner, adjointSolver, lowerStart, tolerance, true);
  }

  /**
   * The lower level's solution at the last point.
   *
   * @return a copy of y, the lower start before the first evaluation
   */
  public double[] lowerPoint() {
    return y.clone();
  }

  @Override
  public double value(double[] x) {
    solveLower(x);
    System.arraycopy(x, 0, copyOfX, 0, x.length);
    System.arraycopy(y, 0, copyOfY, 0, y.length);
    return problem.upper().value(copyOfX, copyOfY);
  }

  @Override
  public void gradient(double[] x, double[] out) {
    solveLower(x);
    gradientThere(x, out);
  }

  @Override
  public double valueAndGradient(double[] x, double[] out) {
    double value = value(x);
    gradientThere(x, out);
    return value;
  }

  private void solveLower(double[] x) {
    Checks.length("x", x.length, problem.upperDimension());
    if (!warm) {
      System.arraycopy(lowerStart, 0, y, 0, y.length);
    }
    System.arraycopy(x, 0, copyOfX, 0, x.length);
    inner.solve(copyOfX, y);
  }

  /** Copies y to a place in an array. */
  void copyLowerPoint(double[] out, int offset) {
    System.arraycopy(y, 0, out, offset, y.length);
  }

  /** What a warm start begins from: y, then the adjoint. */
  double[] memory() {
    double[] memory = Arrays.copyOf(y, 2 * y.length);
    System.arraycopy(adjoint, 0, memory, y.length, y.length);
    return memory;
  }

  void remember(double[] memory) {
    System.arraycopy(memory, 0, y, 0, y.length);
    System.arraycopy(memory, y.length, adjoint, 0, y.length);
  }

  private void gradientThere(double[] x, double[] out) {
    if (!warm) {
      Arrays.fill(adjoint, 0);
    }
    hypergradient.at(x, y, adjoint, out);
    trust("lower level's residual", hypergradient.innerResidual());
    trust("adjoint system's relative residual", hypergradient.adjointResidual());
  }

  private void trust(String what, double residual) {
    if (!(residual <= tolerance)) {
      throw new IllegalStateException(
          "the " + what + " is " + residual + ", a gradient is trusted up to " + tolerance);
    }
  }
}
