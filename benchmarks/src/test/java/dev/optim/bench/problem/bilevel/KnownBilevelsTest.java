package dev.optim.bench.problem.bilevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.Minimizer;
import dev.optim.Optimizer;
import dev.optim.Result;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.bilevel.AdjointSolver;
import dev.optim.bilevel.BicGaffa;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Known optima are reached from the stated start: F to 1e-2 relative (1e-3 absolute near zero),
 * constraints and lower level to 1e-3.
 */
class KnownBilevelsTest {

  private static double[] run(
      Optimizer<BilevelProblem> method, KnownBilevel known, int iterations) {
    Run run = method.start(known.problem(), Start.at(known.start()), RandomStream.of(0));
    for (int k = 0; k < iterations; k++) {
      assertThat(run.advance()).isEmpty();
    }
    return run.iterate().point();
  }

  private static void assertSolved(KnownBilevel known, double[] w) {
    assertThat(known.isSolvedBy(w)).as("%s solved by %s", known, Arrays.toString(w)).isTrue();
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
    "Bard1984a, 0.05, 10, 0.3, 1, 500"
  })
  void lvHba(
      String name, double alpha, double penalty, double exponent, double gamma1, int iterations) {
    KnownBilevel known = KnownBilevels.named(name);
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
    KnownBilevel known = KnownBilevels.named(name);
    PenaltyMethod method = PenaltyMethod.doubleLoop(alpha, gamma, Sigma.decreasing(sigma, 0.5));
    assertSolved(known, run(method, known, iterations));
  }

  @ParameterizedTest
  @CsvSource({
    "LamparielloSagratella2017Ex31, 0.05, 0.1, 0.3, 1, 200",
    "LamparielloSagratella2017Ex33, 0.5, 100, 0.49, 10, 2000",
    "Bard1984a, 0.05, 100, 0.49, 10, 200",
    "HatzEtal2013, 0.5, 100, 0.3, 1, 1000"
  })
  void bicGaffa(
      String name, double alpha, double penalty, double exponent, double gamma1, int iterations) {
    KnownBilevel known = KnownBilevels.named(name);
    BicGaffa method =
        BicGaffa.defaults()
            .withSteps(alpha, BicGaffa.AUTOMATIC)
            .withPenalty(penalty, exponent)
            .withProximal(gamma1, 1);
    assertSolved(known, run(method, known, iterations));
  }

  @Test
  void everyProblemWithinTheAssumptionsIsReachedBySomeMethodAbove() {
    List<String> reached =
        Arrays.stream(KnownBilevelsTest.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(CsvSource.class))
            .flatMap(method -> Arrays.stream(method.getAnnotation(CsvSource.class).value()))
            .map(line -> line.substring(0, line.indexOf(',')))
            .toList();
    assertThat(reached)
        .containsAll(KnownBilevels.regular().stream().map(KnownBilevel::name).toList());
  }

  @Test
  void theStatedSolutionsAreSolutions() {
    // what a grid finds is not lower than the optimum, and the optimum is not out of reach
    assertThat(KnownBilevels.named("Dempe1992b").isSolvedBy(new double[] {0, 0})).isTrue();
    assertThat(KnownBilevels.named("Dempe1992b").isSolvedBy(new double[] {1, 1})).isFalse();
    assertThat(KnownBilevels.named("FalkLiu1995").isSolvedBy(new double[] {.75, .75, .75, .75}))
        .isTrue();
    assertThat(
            KnownBilevels.named("AiyoshiShimizu1984Ex2").isSolvedBy(new double[] {25, 30, 5, 10}))
        .isFalse();
    assertThat(
            KnownBilevels.named("AiyoshiShimizu1984Ex2").isSolvedBy(new double[] {0, 30, -10, 10}))
        .isTrue();
    assertThat(KnownBilevels.named("MitsosBarton2006Ex310").isSolvedBy(new double[] {.5, .5}))
        .isTrue();
    assertThat(KnownBilevels.named("MitsosBarton2006Ex313").isSolvedBy(new double[] {0, 1}))
        .isTrue();
    assertThat(KnownBilevels.named("MitsosBarton2006Ex314").isSolvedBy(new double[] {.25, .5}))
        .isTrue();
    assertThat(KnownBilevels.named("MitsosBarton2006Ex317").isSolvedBy(new double[] {-.25, .5}))
        .isTrue();
    assertThat(KnownBilevels.named("Mirrlees1999").isSolvedBy(new double[] {1, 0.95753})).isTrue();
    assertThat(KnownBilevels.named("YeZhu2010Ex42").isSolvedBy(new double[] {1, 1})).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "LamparielloSagratella2017Ex32, 0.2",
    "HenrionSurowiec2011, 0.2",
    "MacalHurter1997, 0.0001"
  })
  void implicitDifferentiation(String name, double stepSize) {
    KnownBilevel known = KnownBilevels.named(name);
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
