package dev.optim.bench.problem.bilevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.Run;
import dev.optim.Start;
import dev.optim.bench.data.DataSets;
import dev.optim.bench.data.Samples;
import dev.optim.bench.data.TrainTest;
import dev.optim.bilevel.AdjointSolver;
import dev.optim.bilevel.BilevelProblem;
import dev.optim.bilevel.ImplicitEquation;
import dev.optim.bilevel.ImplicitGradient;
import dev.optim.bilevel.InnerSolver;
import dev.optim.bilevel.PenaltyMethod;
import dev.optim.bilevel.Sigma;
import dev.optim.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The digits with 30 % of the training labels corrupted. */
class HyperCleaningTest {

  private static final TrainTest DIGITS = TrainTest.split(DataSets.digits(), 900, 1);
  private static final TrainTest PARTS = TrainTest.split(DIGITS.train(), 600, 2);
  private static final Samples TRAIN = unit(PARTS.train());
  private static final Samples VALIDATION = unit(PARTS.test());
  private static final Samples TEST = unit(DIGITS.test());

  private static Samples unit(Samples samples) {
    double[] shift = new double[samples.features()];
    double[] scale = new double[samples.features()];
    Arrays.fill(scale, 16);
    return samples.scaled(shift, scale);
  }

  @Test
  void gradientsAndProductsAreRight() {
    Samples few = TrainTest.split(TRAIN, 6, 3).train();
    HyperCleaning small = new HyperCleaning(few, few, 10, 0.3, 1e-2, RandomStream.of(3));
    BilevelProblem problem = small.problem();
    double[] x = new double[6];
    double[] y = new double[small.lowerDimension()];
    RandomStream.of(9).fillGaussian(x);
    RandomStream.of(10).fillGaussian(y);
    BilevelProblem.of(x.length, y.length)
        .upper(problem.upper())
        .lower(problem.lower())
        .checkGradients(x, y, 1e-6);
    BilevelProblem byDifferences =
        BilevelProblem.of(x.length, y.length).upper(problem.upper()).lower(problem.lower()).build();
    double[] exact = hypergradient(problem, x, y);
    double[] approximate = hypergradient(byDifferences, x, y);
    for (int i = 0; i < x.length; i++) {
      assertThat(Math.abs(exact[i] - approximate[i])).isLessThan(1e-6);
    }
  }

  private static double[] hypergradient(BilevelProblem problem, double[] x, double[] y) {
    return ImplicitGradient.at(
            problem.upper(),
            ImplicitEquation.optimality(problem),
            AdjointSolver.cg(1e-10, 500),
            x,
            y,
            new double[y.length])
        .gradient();
  }

  @Test
  void thePenaltyMethodFindsTheWrongLabels() {
    HyperCleaning cleaning =
        new HyperCleaning(TRAIN, VALIDATION, 10, 0.3, 1e-3, RandomStream.of(3));
    BilevelProblem problem = cleaning.problem();
    int n = TRAIN.size();
    double[] start = new double[n + cleaning.lowerDimension()];
    Arrays.fill(start, 0, n, 3);
    double[] plain = new double[cleaning.lowerDimension()];
    InnerSolver.newton(problem, 1e-6, 50).solve(Arrays.copyOf(start, n), plain);
    System.arraycopy(plain, 0, start, n, plain.length);

    PenaltyMethod method = PenaltyMethod.singleLoop(100, 0.3, Sigma.fixed(0.1), 1);
    Run run = method.start(problem, Start.at(start), RandomStream.of(0));
    for (int k = 0; k < 600; k++) {
      assertThat(run.advance()).isEmpty();
    }
    double[] w = run.iterate().point();
    boolean[] corrupted = cleaning.corrupted();
    int found = 0;
    int lost = 0;
    for (int i = 0; i < n; i++) {
      found += corrupted[i] && w[i] < 0 ? 1 : 0;
      lost += !corrupted[i] && w[i] < 0 ? 1 : 0;
    }
    assertThat(found).isGreaterThan(150); // of 180
    assertThat(lost).isLessThan(10); // of 420
    double without = cleaning.accuracy(plain, TEST);
    double with = cleaning.accuracy(Arrays.copyOfRange(w, n, w.length), TEST);
    assertThat(without).isBetween(0.8, 0.9);
    assertThat(with).isGreaterThan(0.93);
  }
}
