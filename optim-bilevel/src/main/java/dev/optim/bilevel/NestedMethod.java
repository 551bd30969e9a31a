package dev.optim.bilevel;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.DifferentiableObjective;
import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.random.RandomStream;

/**
 * Solves the lower level anew at each x, and hands F(x, y(x)) to a method for x alone: a gradient
 * method gets the hypergradient by implicit differentiation, a search gets values. The lower level
 * must be strongly convex and unconstrained, and X the whole space; for everything else build an
 * {@link ImplicitObjective}.
 *
 * <pre>{@code
 * NestedMethod method = NestedMethod.of(Adam.of(0.1));
 * Result result = Minimizer.minimize(method, problem, Start.at(x0), Stop.iterations(100));
 * }</pre>
 *
 * <p>The lower level is solved by Newton's method with conjugate gradients, warm-started, the
 * adjoint system by conjugate gradients. Every partial gradient and second-order product that takes
 * counts as a gradient of the run. The point of the iterate is (x, y(x)), its value F. The start is
 * x, then y = 0, or (x, y). Memory: that of the method for x, and n + 14m.
 *
 * @param outer the method for x
 * @param innerTolerance the lower level is solved until |f_y| is at most this, greater than 0
 * @param adjointTolerance the adjoint system is solved to this relative residual, greater than 0
 * @param trusted the residuals of either kind up to which a gradient is trusted, greater than 0;
 *     beyond, the run ends with {@link dev.optim.StopReason#EVALUATION_FAILED}
 * @param maxIterations the Newton steps and the conjugate gradient steps at most, at least 1
 */
public record NestedMethod(
    Optimizer<? super DifferentiableObjective> outer,
    double innerTolerance,
    double adjointTolerance,
    double trusted,
    int maxIterations)
    implements Optimizer<BilevelProblem> {

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is not in its range
   */
  public NestedMethod {
    requireNonNull(outer, "outer");
    Checks.positive("innerTolerance", innerTolerance);
    Checks.positive("adjointTolerance", adjointTolerance);
    Checks.positive("trusted", trusted);
    Checks.atLeastOne("maxIterations", maxIterations);
  }

  /**
   * Both tolerances 1e-8, trusted up to 1e-6, at most 1,000 iterations.
   *
   * @param outer the method for x
   * @return the method
   */
  public static NestedMethod of(Optimizer<? super DifferentiableObjective> outer) {
    return new NestedMethod(outer, 1e-8, 1e-8, 1e-6, 1000);
  }

  /**
   * Changes the tolerances.
   *
   * @param inner on |f_y|
   * @param adjoint on the relative residual of the adjoint system
   * @param trusted the residuals of either kind up to which a gradient is trusted
   * @return a new record
   */
  public NestedMethod withTolerances(double inner, double adjoint, double trusted) {
    return new NestedMethod(outer, inner, adjoint, trusted, maxIterations);
  }

  @Override
  public String name() {
    return "Nested " + outer.name();
  }

  /**
   * Begins a run.
   *
   * @param problem the problem
   * @param start where to begin: x, or (x, y)
   * @param random every random choice of the run, the start included, is drawn from this stream
   * @return the run, at iteration 0
   * @throws IllegalArgumentException if the start has neither n nor n + m coordinates, the lower
   *     level is constrained, or X is
   */
  @Override
  public Run start(BilevelProblem problem, Start start, RandomStream random) {
    requireNonNull(problem, "problem");
    return new NestedRun(this, problem, start, random);
  }
}
