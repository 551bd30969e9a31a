package dev.optim.bench.problem.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.optim.bench.data.DataSets;
import dev.optim.bench.data.TrainTest;
import dev.optim.bilevel.AdjointSolver;
import dev.optim.bilevel.BilevelProblem;
import dev.optim.bilevel.ImplicitEquation;
import dev.optim.bilevel.ImplicitGradient;
import dev.optim.bilevel.InnerSolver;
import dev.optim.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The support vector machine in its two forms. */
class MarginSelectionTest {

  private static final TrainTest PARTS =
      TrainTest.split(TrainTest.split(DataSets.breastCancer(), 60, 1).train(), 30, 2)
          .standardized();
  private static final MarginSelection MARGINS = new MarginSelection(PARTS.train(), PARTS.test());
  private static final BilevelProblem STATED = MARGINS.constrained();
  private static final BilevelProblem REDUCED = MARGINS.reduced();
  private static final int N = STATED.upperDimension();

  private static double[] costs() {
    double[] x = new double[N];
    RandomStream.of(4).fillGaussian(x);
    for (int i = 0; i < N; i++) {
      x[i] -= 3;
    }
    return x;
  }

  @Test
  void gradientsAreRight() {
    for (BilevelProblem problem : new BilevelProblem[] {STATED, REDUCED}) {
      double[] y = new double[problem.lowerDimension()];
      RandomStream.of(5).fillGaussian(y);
      BilevelProblem.of(N, y.length)
          .upper(problem.upper())
          .lower(problem.lower())
          .checkGradients(costs(), y, 1e-6);
    }
  }

  @Test
  void theFormsAgreeOnTheSolutionOfTheLowerLevel() {
    double[] x = costs();
    double[] y = new double[REDUCED.lowerDimension()];
    InnerSolver.newton(REDUCED, 1e-12, 100).solve(x, y);
    double[] whole = MARGINS.withSlack(y);
    double[] g = new double[N];
    STATED.coupling().value(x, whole, g);
    for (double row : g) {
      assertThat(row).isLessThan(1e-12);
    }
    assertThat(STATED.lower().value(x, whole))
        .isCloseTo(REDUCED.lower().value(x, y), within(1e-12));
    assertThat(STATED.upper().value(x, whole)).isEqualTo(REDUCED.upper().value(x, y));
    // stationary: w = sum_i t_i a_i mu_i and 0 = sum_i t_i mu_i with mu_i = exp(x_i) xi_i
    double[] gradient = new double[whole.length];
    STATED.lower().gradientY(x, whole, gradient);
    double[] multipliers = Arrays.copyOfRange(gradient, y.length, whole.length);
    double[] pull = new double[whole.length];
    STATED.coupling().transposedY(x, whole, multipliers, pull);
    for (int j = 0; j < whole.length; j++) {
      assertThat(gradient[j] + pull[j]).isCloseTo(0, within(1e-10));
    }
  }

  @Test
  void theHypergradientAgreesWithDifferences() {
    double[] x = costs();
    double[] y = new double[REDUCED.lowerDimension()];
    InnerSolver solver = InnerSolver.newton(REDUCED, 1e-13, 100);
    solver.solve(x, y);
    double[] gradient =
        ImplicitGradient.at(
                REDUCED.upper(),
                ImplicitEquation.optimality(REDUCED),
                AdjointSolver.cg(1e-13, 200),
                x,
                y,
                new double[y.length])
            .gradient();
    double h = 1e-5;
    for (int i = 0; i < 5; i++) {
      double[] moved = x.clone();
      moved[i] += h;
      solver.solve(moved, y);
      double ahead = REDUCED.upper().value(moved, y);
      moved[i] -= 2 * h;
      solver.solve(moved, y);
      double behind = REDUCED.upper().value(moved, y);
      assertThat(gradient[i]).isCloseTo((ahead - behind) / (2 * h), within(1e-8));
    }
  }
}
