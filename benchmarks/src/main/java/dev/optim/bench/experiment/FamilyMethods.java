package dev.optim.bench.experiment;

import dev.optim.Objective;
import dev.optim.RankingOracle;
import dev.optim.zeroth.RankSgd;
import dev.optim.zeroth.RankingSteps;
import java.util.List;
import java.util.Map;

/**
 * The methods for families of problems that offer values or rankings. Lengths and slopes differ
 * from problem to problem by orders of magnitude, so that the ranges are wide.
 */
final class FamilyMethods {

  private static final Map<String, Range> WIDE =
      Map.of(
          "CMA-ES", Range.log("first step size", 0.03, 30),
          "NelderMead", Range.log("first edge", 0.03, 30),
          "SPSA", Range.log("gain", 1e-8, 1),
          "ZO-SGD", Range.log("step size", 1e-10, 0.1));

  private FamilyMethods() {}

  /** Methods that ask for values. */
  static List<Method<Objective>> valueMethods() {
    return DerivativeFreeTracks.valueMethods().stream()
        .map(
            method ->
                WIDE.containsKey(method.name()) ? method.with(WIDE.get(method.name())) : method)
        .toList();
  }

  /** Methods that ask for rankings. */
  static List<Method<RankingOracle>> rankingMethods() {
    return List.of(
        Method.of(
            "ZO-RankSGD",
            "rankings of 15 points, line search (Tang et al. 2024)",
            Range.log("first step size", 0.03, 30),
            stepSize -> new RankSgd(15, 15, 0.01, RankingSteps.lineSearch(stepSize, 6))));
  }
}
