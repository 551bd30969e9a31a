package dev.optim.zeroth;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.DifferentiableObjective;
import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.random.RandomStream;

/**
 * Consensus-based optimisation of a function that has a gradient: after its move every particle
 * also goes down the gradient where it then is,
 *
 * <pre>
 *   x_i = x_i - gamma dt grad f(x_i)
 * </pre>
 *
 * An iteration costs a gradient for every particle that moves, beside what {@link Cbo} costs. A
 * gradient that is not finite moves nothing. The memory and work of the gradients are O(N d).
 *
 * <p>Reference: K. Riedl, Leveraging memory effects and gradient information in consensus-based
 * optimisation: on global convergence in mean-field law, European Journal of Applied Mathematics 35
 * (2024).
 *
 * @param cbo the method without gradients
 * @param gamma the rate, greater than 0: the step size is gamma dt
 */
public record GradientCbo(Cbo cbo, double gamma) implements Optimizer<DifferentiableObjective> {

  /** Checks the range. */
  public GradientCbo {
    requireNonNull(cbo, "cbo");
    Checks.positive("gamma", gamma);
  }

  /**
   * Begins a run. Nothing is evaluated before the first {@link Run#advance}.
   *
   * @param problem asked from the thread that calls the run; it gets copies of the points
   * @param start where to begin; one without spread is refused
   * @param random every random choice of the run, the start included, is drawn from this stream
   * @return the run, at iteration 0
   */
  @Override
  public Run start(DifferentiableObjective problem, Start start, RandomStream random) {
    return new GradientRun(open(start, random), requireNonNull(problem, "problem"));
  }

  /**
   * Begins a run without a problem: values are told, and gradients where {@link
   * AskTell#wantsGradients} says so.
   *
   * @param start where to begin; one without spread is refused
   * @param random every random choice of the run, the start included, is drawn from this stream
   * @return the run, at iteration 0, with the first points ready
   */
  public AskTell open(Start start, RandomStream random) {
    return new AskTell(toString(), cbo.engine(start, random, gamma), Cbo.REACH);
  }
}
