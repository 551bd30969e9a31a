package dev.optim.bench.experiment;

import dev.optim.DifferentiableObjective;
import dev.optim.Objective;
import dev.optim.bench.problem.Rugged;
import dev.optim.sgd.Sgd;
import dev.optim.zeroth.Cbo;
import dev.optim.zeroth.CmaEs;
import dev.optim.zeroth.ConsensusHopping;
import dev.optim.zeroth.GldFast;
import dev.optim.zeroth.GradientCbo;
import dev.optim.zeroth.NelderMead;
import dev.optim.zeroth.Noise;
import dev.optim.zeroth.RankSgd;
import dev.optim.zeroth.RankSgdOnValues;
import dev.optim.zeroth.RankingSteps;
import dev.optim.zeroth.Restarts;
import dev.optim.zeroth.Spsa;
import dev.optim.zeroth.ZoSgd;
import java.util.List;

/** Methods without gradients: under equal numbers of values, and beside gradient descent. */
final class DerivativeFreeTracks {

  private DerivativeFreeTracks() {}

  static List<Track<?>> tracks() {
    return List.of(values(), barriers());
  }

  private static Track<Objective> values() {
    return new Track<>(
        List.of(
            Rugged.rastriginProblem(),
            Rugged.ackleyProblem(),
            Rugged.griewankProblem(),
            Rugged.valleyProblem()),
        valueMethods());
  }

  /** Methods that ask for values. */
  static List<Method<Objective>> valueMethods() {
    return List.of(
        cbo(),
        Method.of(
            "CMA-ES",
            "covariance matrix adaptation, restarts with doubled populations (Hansen 2016)",
            Range.log("first step size", 0.1, 5),
            sigma -> new Restarts(CmaEs.standard(sigma), null, 100, 1e-6).withGrowth(2)),
        Method.of(
            "NelderMead",
            "adaptive simplex, restarted (Gao and Han 2012)",
            Range.log("first edge", 0.1, 5),
            size -> new Restarts(NelderMead.ofSize(size), null, 2000, 1e-6)),
        Method.of(
            "SPSA",
            "simultaneous perturbation, c = 0.1, A = 1000 (Spall 1998)",
            Range.log("gain", 0.003, 3),
            gain -> new Spsa(gain, 0.1, 1000, null)),
        Method.of(
            "ZO-SGD",
            "forward differences along 15 directions (Nesterov and Spokoiny 2017)",
            Range.log("step size", 1e-5, 0.1),
            stepSize -> new ZoSgd(15, 0.01, stepSize)),
        Method.of(
            "GLD-Fast",
            "gradientless descent by comparisons, condition 4 (Golovin et al. 2020)",
            Range.log("radius", 0.3, 30),
            radius -> new GldFast(radius, 4)),
        Method.of(
            "ZO-RankSGD",
            "rankings of 15 points, line search (Tang et al. 2024)",
            Range.log("first step size", 0.03, 5),
            eta -> new RankSgdOnValues(new RankSgd(15, 15, 0.1, RankingSteps.lineSearch(eta, 6)))));
  }

  /** For any problem that offers values, among others. */
  private static <P extends Objective> Method<P> cbo() {
    return Method.of(
        "CBO",
        "consensus-based optimisation, 40 particles, anisotropic (Carrillo et al. 2021)",
        Range.linear("sigma", 1, 10.1),
        sigma -> Cbo.standard().withNoise(Noise.anisotropic(sigma)));
  }

  private static Track<DifferentiableObjective> barriers() {
    return new Track<>(
        List.of(Rugged.barriersProblem()),
        List.of(
            Method.of("SGD", "gradient descent", Range.log("step size", 1e-5, 1e-2), Sgd::of),
            Method.of(
                "Hopping",
                "consensus hopping, 40 particles, alpha = 5 (Riedl et al. 2023)",
                Range.log("sigma", 0.03, 1),
                sigma -> ConsensusHopping.of(40, 5, sigma).withCooling(0.98, 10)),
            cbo(),
            Method.of(
                "CBO+grad",
                "consensus-based optimisation with gradients, 20 particles, sigma 7 (Riedl 2024)",
                Range.log("gamma", 0.01, 1),
                gamma ->
                    new GradientCbo(
                        Cbo.standard().withParticles(20).withNoise(Noise.anisotropic(7)), gamma))));
  }
}
