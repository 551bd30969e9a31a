package dev.optim.bench.problem.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.optim.Minimizer;
import dev.optim.Result;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.bench.data.DataSets;
import dev.optim.bench.data.Samples;
import dev.optim.bench.data.TrainTest;
import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.CostUnit;
import dev.optim.bilevel.AdjointSolver;
import dev.optim.bilevel.BilevelProblem;
import dev.optim.bilevel.ImplicitEquation;
import dev.optim.bilevel.ImplicitObjective;
import dev.optim.bilevel.InnerSolver;
import dev.optim.bilevel.NestedMethod;
import dev.optim.bilevel.PenaltyMethod;
import dev.optim.bilevel.Sigma;
import dev.optim.random.RandomStream;
import dev.optim.sgd.Adam;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Ridge parameters of real data: one for each coefficient against one for all. */
class PenaltySelectionTest {

  private static final TrainTest OUTER = TrainTest.split(DataSets.diabetes(), 300, 1);
  private static final TrainTest INNER = TrainTest.split(OUTER.train(), 150, 2).standardized();
  private static final Samples TRAIN = INNER.train();
  private static final Samples VALIDATION = INNER.test();
  private static final int FEATURES = TRAIN.features();

  private final BilevelProblem problem =
      new PenaltySelection(PenaltySelection.Loss.SQUARED, TRAIN, VALIDATION, 100).problem();
  private final ImplicitObjective objective =
      new ImplicitObjective(
          problem,
          ImplicitEquation.optimality(problem),
          InnerSolver.newton(problem, 1e-10, 50),
          AdjointSolver.cg(1e-10, 100),
          new double[FEATURES + 1],
          1e-7);

  /** The least validation error over 41 parameters exp(-10), ..., exp(3), the same for all. */
  private double grid() {
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i <= 40; i++) {
      double[] x = new double[FEATURES];
      Arrays.fill(x, -10 + 13.0 * i / 40);
      best = Math.min(best, objective.value(x));
    }
    return best;
  }

  @Test
  void gradientsAreRight() {
    double[] x = new double[FEATURES];
    double[] y = new double[FEATURES + 1];
    RandomStream.of(4).fillGaussian(x);
    RandomStream.of(5).fillGaussian(y);
    BilevelProblem.of(FEATURES, FEATURES + 1)
        .upper(problem.upper())
        .lower(problem.lower())
        .checkGradients(x, y, 1e-6);
  }

  @Test
  void implicitDifferentiationBeatsTheGrid() {
    double[] start = new double[FEATURES];
    Arrays.fill(start, -2);
    Result result =
        Minimizer.minimize(Adam.of(0.2), objective, Start.at(start), Stop.iterations(41)).orThrow();
    assertThat(result.value()).isLessThan(grid());
  }

  @Test
  void thePenaltyMethodBeatsTheGridToo() {
    double[] start = new double[FEATURES];
    Arrays.fill(start, -2);
    PenaltyMethod method = PenaltyMethod.doubleLoop(2, 0.15, Sigma.fixed(0.02));
    Run run = method.start(problem, Start.at(start), RandomStream.of(0));
    for (int k = 0; k < 2000; k++) {
      assertThat(run.advance()).isEmpty();
    }
    double value = objective.value(Arrays.copyOf(run.iterate().point(), FEATURES));
    assertThat(value).isLessThan(grid());
  }

  @Test
  void logisticRegressionOnTumoursGainsFromAParameterForEachCoefficient() {
    TrainTest outer = TrainTest.split(DataSets.breastCancer(), 300, 1);
    TrainTest inner = TrainTest.split(outer.train(), 150, 2).standardized();
    PenaltySelection selection =
        new PenaltySelection(PenaltySelection.Loss.LOGISTIC, inner.train(), inner.test(), 1);
    BilevelProblem logistic = selection.problem();
    int n = logistic.upperDimension();
    double[] x = new double[n];
    double[] y = new double[n + 1];
    RandomStream.of(4).fillGaussian(x);
    RandomStream.of(5).fillGaussian(y);
    BilevelProblem.of(n, n + 1)
        .upper(logistic.upper())
        .lower(logistic.lower())
        .checkGradients(x, y, 1e-6);

    NestedMethod grid = NestedMethod.of(new Search(Search.Pattern.GRID, -10, 3));
    NestedMethod adam = NestedMethod.of(Adam.of(0.2));
    Start start = Start.at(new double[n]);
    Result searched =
        Minimizer.minimize(grid, logistic, start, new Budget(CostUnit.GRADIENTS, 3000, 1).stop());
    Result descended =
        Minimizer.minimize(adam, logistic, start, new Budget(CostUnit.GRADIENTS, 3000, 1).stop());
    assertThat(descended.value()).isLessThan(0.9 * searched.value());
    double[] coefficients = Arrays.copyOfRange(descended.point(), n, 2 * n + 1);
    assertThat(selection.loss(coefficients, inner.test()))
        .isCloseTo(descended.value(), within(1e-12));
    assertThat(PenaltySelection.accuracy(coefficients, inner.test())).isGreaterThan(0.95);
  }
}
