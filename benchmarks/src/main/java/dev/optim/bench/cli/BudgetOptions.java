package dev.optim.bench.cli;

import dev.optim.Checks;
import dev.optim.bench.problem.CostUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a run may spend, for each unit that problems are counted in. */
final class BudgetOptions {

  @Option(
      names = "--evaluations",
      paramLabel = "N",
      description =
          "What a run may spend on problems counted in evaluations of the function; each problem's"
              + " own budget unless given.")
  private Optional<Integer> evaluations = Optional.empty();

  @Option(
      names = "--gradients",
      paramLabel = "N",
      description = "Likewise on problems counted in gradients.")
  private Optional<Integer> gradients = Optional.empty();

  @Option(
      names = "--sample-gradients",
      paramLabel = "N",
      description = "Likewise on problems counted in gradients of single samples.")
  private Optional<Integer> sampleGradients = Optional.empty();

  @Option(
      names = "--rankings",
      paramLabel = "N",
      description = "Likewise on problems counted in rankings.")
  private Optional<Integer> rankings = Optional.empty();

  @Option(
      names = "--calls",
      paramLabel = "N",
      description = "Likewise on problems counted in evaluations and gradients together.")
  private Optional<Integer> calls = Optional.empty();

  /**
   * The budgets asked for, times the number of parts they are going to be cut into: what somebody
   * asks for is what a run gets.
   *
   * @throws IllegalArgumentException if one is less than 1
   */
  Map<CostUnit, Long> asked(int parts) {
    Map<CostUnit, Long> asked = new EnumMap<>(CostUnit.class);
    evaluations.ifPresent(n -> asked.put(CostUnit.VALUES, whole("--evaluations", n, parts)));
    gradients.ifPresent(n -> asked.put(CostUnit.GRADIENTS, whole("--gradients", n, parts)));
    sampleGradients.ifPresent(
        n -> asked.put(CostUnit.SAMPLE_GRADIENTS, whole("--sample-gradients", n, parts)));
    rankings.ifPresent(n -> asked.put(CostUnit.RANKINGS, whole("--rankings", n, parts)));
    calls.ifPresent(n -> asked.put(CostUnit.CALLS, whole("--calls", n, parts)));
    return asked;
  }

  private static long whole(String option, int number, int parts) {
    return Checks.atLeastOne(option, number) * parts;
  }
}
