package dev.optim.zeroth;

import static java.util.Objects.requireNonNull;

import dev.optim.Objective;
import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.random.RandomStream;

/**
 * A method that needs nothing but values f(x). It runs on an {@link Objective}, whose {@link
 * Objective#values} it calls with whole batches of points (see {@link ParallelObjective}), or by
 * ask and tell, where somebody else finds the values.
 *
 * <p>The iterate of every such method is the best point evaluated so far, with its value. A value
 * that is NaN or infinite counts as a failed evaluation and never wins.
 *
 * <p>A run none of whose values has been finite when its first iteration is over (with {@link
 * Restarts}, after 1000 values) ends with {@code NON_FINITE}. One that seems to have converged ends
 * with {@code DIVERGED} if its best point has a coordinate of 1e12 times the start's size (of 1, if
 * that is more) or its value is below -1e300: the function has no minimum, or not one there.
 */
public interface ValueMethod extends Optimizer<Objective> {

  /**
   * Begins a run without a problem: points are asked for and their values told.
   *
   * @param start where to begin; population methods refuse one without spread
   * @param random every random choice of the run, the start included, is drawn from this stream
   * @return the run, at iteration 0, with the first points ready
   * @throws IllegalArgumentException if the start does not fit the method
   */
  AskTell open(Start start, RandomStream random);

  /**
   * Begins a run. Nothing is evaluated before the first {@link Run#advance}.
   *
   * @param problem asked for whole batches, from the thread that calls the run; it gets copies of
   *     the points
   * @param start where to begin; population methods refuse one without spread
   * @param random every random choice of the run, the start included, is drawn from this stream
   * @return the run, at iteration 0
   */
  @Override
  default Run start(Objective problem, Start start, RandomStream random) {
    return new EvaluatedRun(open(start, random), requireNonNull(problem, "problem"));
  }
}
