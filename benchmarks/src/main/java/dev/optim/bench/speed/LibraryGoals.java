package dev.optim.bench.speed;

import dev.optim.Minimizer;
import dev.optim.Objective;
import dev.optim.Optimizer;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.random.RandomStream;
import dev.optim.zeroth.CmaEs;
import dev.optim.zeroth.NelderMead;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.OptimizationData;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.MultivariateOptimizer;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.hipparchus.random.Well19937c;

/**
 * Against libraries without native code: as many evaluations of a function that costs next to
 * nothing, and as many random draws.
 */
final class LibraryGoals {

  private static final int DRAWS = 2048;
  private static final int EVALUATIONS = 2000;
  private static final double SIGMA = 0.3;

  private LibraryGoals() {}

  static List<Goal> goals() {
    return List.of(
        Goal.speed(
                "jdk-gaussian", 4, "nextGaussian of L64X128MixRandom", () -> new Race(own(), jdk()))
            .per(DRAWS, "draw"),
        Goal.speed(
                "hipparchus-cma-es-20",
                1,
                "CMAESOptimizer of Hipparchus",
                () -> new Race(own(CmaEs.standard(SIGMA), 20), cmaEs(20)))
            .per(EVALUATIONS, "evaluation"),
        Goal.speed(
                "hipparchus-nelder-mead-10",
                1,
                "SimplexOptimizer of Hipparchus",
                () -> new Race(own(new NelderMead(SIGMA, 0, null), 10), simplex(10)))
            .per(EVALUATIONS, "evaluation"));
  }

  private static Runnable own() {
    RandomStream random = RandomStream.of(1);
    float[] draws = new float[DRAWS];
    return () -> random.fillGaussian(draws);
  }

  private static Runnable jdk() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    float[] draws = new float[DRAWS];
    return () -> {
      for (int i = 0; i < draws.length; i++) {
        draws[i] = (float) random.nextGaussian();
      }
    };
  }

  private static Runnable own(Optimizer<Objective> method, int dimension) {
    Minimizer minimizer = Minimizer.until(Stop.values(EVALUATIONS)).seed(1);
    Objective problem = LibraryGoals::rosenbrock;
    Start start = Start.at(start(dimension));
    return () -> minimizer.minimize(method, problem, start);
  }

  private static Runnable cmaEs(int dimension) {
    double[] sigma = new double[dimension];
    Arrays.fill(sigma, SIGMA);
    int population = 4 + (int) (3 * Math.log(dimension));
    return () ->
        run(
            new CMAESOptimizer(
                EVALUATIONS, 0, true, 0, 0, new Well19937c(1), false, (i, before, after) -> false),
            dimension,
            new CMAESOptimizer.Sigma(sigma),
            new CMAESOptimizer.PopulationSize(population),
            SimpleBounds.unbounded(dimension));
  }

  private static Runnable simplex(int dimension) {
    return () ->
        run(
            new SimplexOptimizer((i, before, after) -> false),
            dimension,
            new NelderMeadSimplex(dimension, SIGMA));
  }

  private static void run(MultivariateOptimizer method, int dimension, OptimizationData... more) {
    OptimizationData[] data = Arrays.copyOf(more, more.length + 4);
    data[more.length] = new MaxEval(EVALUATIONS);
    data[more.length + 1] = new ObjectiveFunction(LibraryGoals::rosenbrock);
    data[more.length + 2] = GoalType.MINIMIZE;
    data[more.length + 3] = new InitialGuess(start(dimension));
    try {
      method.optimize(data);
    } catch (MathIllegalStateException e) {
      // the evaluations are used up, as they should be; some methods return then, too
    }
    if (method.getEvaluations() < EVALUATIONS) {
      throw new IllegalStateException("ended after " + method.getEvaluations() + " evaluations");
    }
  }

  private static double[] start(int dimension) {
    double[] x = new double[dimension];
    Arrays.fill(x, -1);
    return x;
  }

  private static double rosenbrock(double[] x) {
    double sum = 0;
    for (int i = 1; i < x.length; i++) {
      double valley = x[i] - x[i - 1] * x[i - 1];
      double along = 1 - x[i - 1];
      sum += 100 * valley * valley + along * along;
    }
    return sum;
  }
}
