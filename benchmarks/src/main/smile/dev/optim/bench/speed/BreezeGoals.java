package dev.optim.bench.speed;

import breeze.linalg.DenseVector;
import breeze.linalg.DenseVector$;
import breeze.optimize.AdaptiveGradientDescent;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.StochasticDiffFunction;
import breeze.optimize.StochasticGradientDescent;
import breeze.stats.distributions.RandBasis$;
import dev.optim.schedule.Schedule;
import dev.optim.sgd.AdaGrad;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.NonFinite;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import java.util.List;

/**
 * Against Breeze 2's AdaGrad, a step of each on the same gradient in double precision. Breeze makes
 * vectors anew where the library works in place. Its other minimisers, L-BFGS, OWL-QN and truncated
 * Newton, have no counterpart here.
 */
public final class BreezeGoals implements PeerGoals {

  private static final double STEP_SIZE = 0.01;

  /** Breeze's delta; it stands in another place than the rule's epsilon. */
  private static final double EPSILON = 1e-4;

  /** For {@link java.util.ServiceLoader}. */
  public BreezeGoals() {}

  @Override
  public List<Goal> goals() {
    return List.of(
        adaGrad("breeze-adagrad-100k", 100_000), adaGrad("breeze-adagrad-1m", 1_000_000));
  }

  private static Goal adaGrad(String name, int elements) {
    return Goal.speed(
            name,
            2,
            "Breeze's AdaptiveGradientDescent",
            () -> new Race(own(elements), theirs(elements)))
        .per(elements, "element");
  }

  private static Runnable own(int elements) {
    AdaGrad rule = new AdaGrad(Schedule.constant(STEP_SIZE), 0, 0, EPSILON, 0);
    DoubleUpdater updater =
        UpdatePlan.of(rule).withNonFinite(NonFinite.TRUST).doubles(Parameters.vector(elements));
    double[] x = Draws.doubles(1, elements);
    double[] gradient = Draws.doubles(2, elements);
    return () -> updater.step(x, gradient);
  }

  /**
   * What an iteration of Breeze's does apart from the evaluation: Java cannot implement the type of
   * its objectives, so that its steps are called one by one.
   */
  @SuppressWarnings({"rawtypes", "unchecked"}) // Scala's types, of which Java sees but the erasure
  private static Runnable theirs(int elements) {
    var adaGrad =
        new AdaptiveGradientDescent.L2Regularization(
            0,
            STEP_SIZE,
            -1,
            0,
            1,
            DenseVector$.MODULE$.space_Double(),
            RandBasis$.MODULE$.withSeed(1));
    StochasticGradientDescent descent = adaGrad;
    FirstOrderMinimizer minimizer = adaGrad;
    StochasticDiffFunction none = null;
    DenseVector gradient = vector(Draws.doubles(2, elements));
    DenseVector start = vector(Draws.doubles(1, elements));
    FirstOrderMinimizer.State[] state = {
      state(start, gradient, 0, minimizer.initialHistory(none, start))
    };
    return () -> {
      FirstOrderMinimizer.State now = state[0];
      Object direction = descent.chooseDescentDirection(now, none);
      double stepSize = descent.determineStepSize(now, none, direction);
      Object x = descent.takeStep(now, direction, stepSize);
      Object history = minimizer.updateHistory(x, gradient, 1, none, now);
      state[0] = state(x, gradient, now.iter() + 1, history);
    };
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private static FirstOrderMinimizer.State state(
      Object x, Object gradient, int iteration, Object history) {
    return new FirstOrderMinimizer.State(
        x, 1, gradient, 1, gradient, iteration, 1, history, null, false, null);
  }

  private static DenseVector<Object> vector(double[] elements) {
    return DenseVector$.MODULE$.apply$mDc$sp(elements);
  }
}
