package dev.optim.bench.problem.bilevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.Minimizer;
import dev.optim.Optimizer;
import dev.optim.Result;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.bilevel.AdjointSolver;
import dev.optim.bilevel.BilevelProblem;
import dev.optim.bilevel.ImplicitEquation;
import dev.optim.bilevel.ImplicitObjective;
import dev.optim.bilevel.InnerSolver;
import dev.optim.bilevel.LvHba;
import dev.optim.bilevel.PenaltyMethod;
import dev.optim.bilevel.Sigma;
import dev.optim.random.RandomStream;
import dev.optim.sgd.Sgd;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Known optima are reached from the stated start: F to 1e-2 relative (1e-3 absolute near zero),
 * constraints and lower level to 1e-3.
 */
class KnownBilevelsTest {

  private static KnownBilevel problem(String name) {
    return KnownBilevels.convex().stream()
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static double[] run(
      Optimizer<BilevelProblem> method, KnownBilevel known, int iterations) {
    Run run = method.start(known.problem(), Start.at(known.start()), RandomStream.of(0));
    for (int k = 0; k < iterations; k++) {
      assertThat(run.advance()).isEmpty();
    }
    return run.iterate().point();
  }

  private static void assertSolved(KnownBilevel known, double[] w) {
    double[] x = Arrays.copyOf(w, known.n());
    double[] y = Arrays.copyOfRange(w, known.n(), w.length);
    double tolerance = Math.abs(known.best()) < 0.1 ? 1e-3 : 1e-2 * Math.abs(known.best());
    assertThat(Math.abs(known.upper().at(x, y) - known.best())).isLessThanOrEqualTo(tolerance);
    assertThat(known.violation(w)).isLessThanOrEqualTo(1e-3);
    assertThat(known.lowerGap(w)).isLessThanOrEqualTo(1e-3);
  }

  @ParameterizedTest
  @CsvSource({
    "Bard1988Ex1, 0.05, 1, 0.3, 10, 500",
    "ClarkWesterberg1990a, 0.005, 1, 0.3, 1, 500",
    "Colson2002BIPA1, 0.005, 0.1, 0.3, 1, 500",
    "ShimizuAiyoshi1981Ex2, 0.5, 100, 0.3, 1, 2000",
    "AiyoshiShimizu1984Ex2, 0.5, 0.1, 0.3, 10, 500",
    "LamparielloSagratella2017Ex31, 0.005, 0.1, 0.3, 1, 500",
    "LamparielloSagratella2017Ex32, 0.05, 10, 0.49, 1, 500",
    "LamparielloSagratella2017Ex33, 0.005, 0.1, 0.3, 1, 500",
    "HenrionSurowiec2011, 0.5, 100, 0.3, 1, 5000",
    "MacalHurter1997, 0.0005, 10, 0.3, 1, 500",
    "FalkLiu1995, 0.5, 100, 0.3, 1, 500",
    "Outrata1990Ex1a, 0.05, 1, 0.49, 10, 20000",
    "BialasKarwan1984b, 0.05, 0.5, 0.3, 10, 10000",
    "TuyEtal2007, 0.5, 10, 0.3, 1, 500",
    "AllendeStill2013, 0.5, 10, 0.49, 10, 500",
    "HendersonQuandt1958, 0.5, 100, 0.3, 1, 20000",
    "HatzEtal2013, 0.5, 100, 0.3, 1, 2000",
    "Bard1984a, 0.05, 10, 0.3, 1, 500",
    "Yezza1996Ex31, 0.05, 10, 0.3, 10, 500"
  })
  void lvHba(
      String name, double alpha, double penalty, double exponent, double gamma1, int iterations) {
    KnownBilevel known = problem(name);
    LvHba method =
        LvHba.defaults()
            .withSteps(alpha, 0.05, LvHba.AUTOMATIC)
            .withPenalty(penalty, exponent)
            .withProximal(gamma1, 1);
    assertSolved(known, run(method, known, iterations));
  }

  @ParameterizedTest
  @CsvSource({
    "ShimizuAiyoshi1981Ex2, 0.02, 0.02, 0.01, 500",
    "LamparielloSagratella2017Ex32, 0.02, 0.02, 0.01, 500",
    "HenrionSurowiec2011, 0.02, 0.02, 0.01, 500",
    "FalkLiu1995, 0.02, 0.02, 0.01, 500",
    "AllendeStill2013, 0.002, 0.02, 0.01, 500",
    "HendersonQuandt1958, 0.02, 0.2, 0.01, 500",
    "HatzEtal2013, 0.02, 0.02, 0.01, 500",
    "Yezza1996Ex31, 0.002, 0.2, 1, 500"
  })
  void penalty(String name, double alpha, double gamma, double sigma, int iterations) {
    KnownBilevel known = problem(name);
    PenaltyMethod method = PenaltyMethod.doubleLoop(alpha, gamma, Sigma.decreasing(sigma, 0.5));
    assertSolved(known, run(method, known, iterations));
  }

  @ParameterizedTest
  @CsvSource({
    "LamparielloSagratella2017Ex32, 0.2",
    "HenrionSurowiec2011, 0.2",
    "MacalHurter1997, 0.0001"
  })
  void implicitDifferentiation(String name, double stepSize) {
    KnownBilevel known = problem(name);
    BilevelProblem problem = known.problem();
    ImplicitObjective objective =
        new ImplicitObjective(
            problem,
            ImplicitEquation.optimality(problem),
            InnerSolver.newton(problem, 1e-7, 50),
            AdjointSolver.cg(1e-6, 20),
            new double[known.m()],
            1e-3);
    Result result =
        Minimizer.minimize(
                Sgd.of(stepSize),
                objective,
                Start.at(Arrays.copyOf(known.start(), known.n())),
                Stop.iterations(20))
            .orThrow();
    double[] w = Arrays.copyOf(result.point(), known.start().length);
    objective.value(result.point());
    System.arraycopy(objective.lowerPoint(), 0, w, known.n(), known.m());
    assertSolved(known, w);
  }
}
