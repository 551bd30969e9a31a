package dev.optim.bench.experiment;

import dev.optim.Objective;
import dev.optim.RankingOracle;
import dev.optim.zeroth.Cbo;
import dev.optim.zeroth.CmaEs;
import dev.optim.zeroth.NelderMead;
import dev.optim.zeroth.RankSgd;
import dev.optim.zeroth.RankingSteps;
import dev.optim.zeroth.Spsa;
import java.util.List;

/**
 * The methods for families of problems that offer values or rankings. Lengths differ from problem
 * to problem, so that their ranges are wide.
 */
final class FamilyMethods {

  private FamilyMethods() {}

  /** Methods that ask for values. */
  static List<Method<Objective>> valueMethods() {
    return List.of(
        Method.of(
            "CMA-ES",
            "covariance matrix adaptation (Hansen 2016)",
            length("first step size"),
            CmaEs::standard),
        Method.of(
            "Nelder-Mead",
            "simplex with adaptive parameters (Gao and Han 2012)",
            length("simplex size"),
            NelderMead::ofSize),
        Method.of(
            "CBO",
            "consensus-based optimization, anisotropic (Carrillo et al. 2021)",
            Range.count("particles", 10, 640),
            particles -> Cbo.standard().withParticles((int) particles)),
        Method.of(
            "SPSA",
            "simultaneous perturbation, perturbations of 0.01 (Spall 1998)",
            Range.log("gain", 1e-6, 1),
            gain -> new Spsa(gain, 0.01, 100, null)));
  }

  /** Methods that ask for rankings. */
  static List<Method<RankingOracle>> rankingMethods() {
    return List.of(
        Method.of(
            "ZO-RankSGD",
            "descent from rankings of 15 points, with a line search (Tang et al. 2024)",
            length("first step size"),
            stepSize -> new RankSgd(15, 15, 0.01, RankingSteps.lineSearch(stepSize, 6))));
  }

  private static Range length(String name) {
    return Range.log(name, 0.03, 30);
  }
}
