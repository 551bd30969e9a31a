package dev.optim.bench.experiment;

import dev.optim.Objective;
import dev.optim.Optimizer;
import dev.optim.RankingOracle;
import dev.optim.zeroth.Cbo;
import dev.optim.zeroth.CmaEs;
import dev.optim.zeroth.NelderMead;
import dev.optim.zeroth.RankSgd;
import dev.optim.zeroth.RankingSteps;
import dev.optim.zeroth.Spsa;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/**
 * The methods for families of problems that offer values or rankings. Lengths differ from problem
 * to problem, so that their ranges are wide.
 */
final class FamilyMethods {

  private static final double[] LENGTHS = {0.03, 0.1, 0.3, 1, 3, 10, 30};

  private FamilyMethods() {}

  /** Methods that ask for values. */
  static List<Method<Objective>> valueMethods() {
    return List.of(
        method(
            "CMA-ES",
            "covariance matrix adaptation (Hansen 2016)",
            "first step size",
            LENGTHS,
            CmaEs::standard),
        method(
            "Nelder-Mead",
            "simplex with adaptive parameters (Gao and Han 2012)",
            "simplex of size",
            LENGTHS,
            NelderMead::ofSize),
        method(
            "CBO",
            "consensus-based optimization, anisotropic (Carrillo et al. 2021)",
            "particles",
            new double[] {10, 20, 40, 80, 160, 320, 640},
            particles -> Cbo.standard().withParticles((int) particles)),
        method(
            "SPSA",
            "simultaneous perturbation, perturbations of 0.01 (Spall 1998)",
            "gain",
            new double[] {1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1},
            gain -> new Spsa(gain, 0.01, 100, null)));
  }

  /** Methods that ask for rankings. */
  static List<Method<RankingOracle>> rankingMethods() {
    return List.of(
        method(
            "ZO-RankSGD",
            "descent from rankings of 15 points, with a line search (Tang et al. 2024)",
            "first step size",
            LENGTHS,
            stepSize -> new RankSgd(15, 15, 0.01, RankingSteps.lineSearch(stepSize, 6))));
  }

  private static <P> Method<P> method(
      String name,
      String summary,
      String tuned,
      double[] values,
      DoubleFunction<Optimizer<? super P>> of) {
    return new Method<>(
        name,
        summary,
        DoubleStream.of(values)
            .mapToObj(value -> new Method.Candidate<P>(tuned + " " + value, of.apply(value)))
            .toList());
  }
}
