package dev.optim.bench.experiment;

import dev.optim.DifferentiableObjective;
import dev.optim.Objective;
import dev.optim.Optimizer;
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
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;

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
        List.of(
            method(
                "CBO",
                "consensus-based optimisation, 40 particles, anisotropic (Carrillo et al. 2021)",
                "sigma",
                sigma -> Cbo.standard().withNoise(Noise.anisotropic(sigma)),
                1,
                2,
                3.5,
                5,
                7,
                8.5,
                10.1),
            method(
                "CMA-ES",
                "covariance matrix adaptation, restarts with doubled populations (Hansen 2016)",
                "first step size",
                sigma -> new Restarts(CmaEs.standard(sigma), null, 100, 1e-6).withGrowth(2),
                0.1,
                0.3,
                0.5,
                1,
                2,
                3,
                5),
            method(
                "NelderMead",
                "adaptive simplex, restarted (Gao and Han 2012)",
                "first edge",
                size -> new Restarts(NelderMead.ofSize(size), null, 2000, 1e-6),
                0.1,
                0.3,
                0.5,
                1,
                2,
                3,
                5),
            method(
                "SPSA",
                "simultaneous perturbation, c = 0.1, A = 1000 (Spall 1998)",
                "gain",
                gain -> new Spsa(gain, 0.1, 1000, null),
                0.003,
                0.01,
                0.03,
                0.1,
                0.3,
                1,
                3),
            method(
                "ZO-SGD",
                "forward differences along 15 directions (Nesterov and Spokoiny 2017)",
                "step size",
                stepSize -> new ZoSgd(15, 0.01, stepSize),
                1e-5,
                1e-4,
                1e-3,
                3e-3,
                0.01,
                0.03,
                0.1),
            method(
                "GLD-Fast",
                "gradientless descent by comparisons, condition 4 (Golovin et al. 2020)",
                "radius",
                radius -> new GldFast(radius, 4),
                0.3,
                1,
                3,
                5,
                10,
                20,
                30),
            method(
                "ZO-RankSGD",
                "rankings of 15 points, line search (Tang et al. 2024)",
                "first step size",
                eta ->
                    new RankSgdOnValues(new RankSgd(15, 15, 0.1, RankingSteps.lineSearch(eta, 6))),
                0.03,
                0.1,
                0.3,
                1,
                2,
                3,
                5)));
  }

  private static Track<DifferentiableObjective> barriers() {
    return new Track<>(
        List.of(Rugged.barriersProblem()),
        List.of(
            method(
                "SGD",
                "gradient descent",
                "step size",
                Sgd::of,
                1e-5,
                3e-5,
                1e-4,
                3e-4,
                1e-3,
                3e-3,
                1e-2),
            method(
                "Hopping",
                "consensus hopping, 40 particles, alpha = 5 (Riedl et al. 2023)",
                "sigma",
                sigma -> ConsensusHopping.of(40, 5, sigma).withCooling(0.98, 10),
                0.03,
                0.1,
                0.2,
                0.3,
                0.5,
                0.7,
                1),
            method(
                "CBO",
                "consensus-based optimisation, 40 particles, anisotropic (Carrillo et al. 2021)",
                "sigma",
                sigma -> Cbo.standard().withNoise(Noise.anisotropic(sigma)),
                1,
                2,
                3.5,
                5,
                7,
                8.5,
                10.1),
            method(
                "CBO+grad",
                "consensus-based optimisation with gradients, 20 particles, sigma 7 (Riedl 2024)",
                "gamma",
                gamma ->
                    new GradientCbo(
                        Cbo.standard().withParticles(20).withNoise(Noise.anisotropic(7)), gamma),
                0.01,
                0.03,
                0.1,
                0.2,
                0.3,
                0.5,
                1)));
  }

  private static <P> Method<P> method(
      String name,
      String summary,
      String tuned,
      DoubleFunction<Optimizer<? super P>> of,
      double... settings) {
    return new Method<>(
        name,
        summary,
        Arrays.stream(settings)
            .mapToObj(setting -> new Method.Candidate<P>(tuned + " " + setting, of.apply(setting)))
            .toList());
  }
}
