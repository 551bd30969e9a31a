package dev.optim.bench.experiment;

import dev.optim.Checks;
import java.time.Duration;
import java.util.List;

/**
 * How every method is treated on every problem.
 *
 * @param seeds how many runs count, at least 1; their seeds are 1, 2, ...
 * @param studies how often the hyper-parameters are chosen anew, at least 1; the seeds take turns
 *     with the choices, so that the luck of tuning is part of the spread
 * @param trials how many settings each study tries, at least 1; 1 takes the middle of the ranges
 * @param timeLimit what a run may take; at its end the run is stopped between two iterations, and
 *     one that does not stop is given up
 * @param targets how far the value is to come down, as parts of the way from the start to the
 *     lowest value that are still to go: decreasing, each in (0, 1)
 */
public record Protocol(
    int seeds, int studies, int trials, Duration timeLimit, List<Double> targets) {

  /** Six seeds, three studies of five trials, five minutes, targets 1e-1, 1e-3 and 1e-5. */
  public static final Protocol STANDARD =
      new Protocol(6, 3, 5, Duration.ofMinutes(5), List.of(1e-1, 1e-3, 1e-5));

  /** Checks the numbers and copies the list. */
  public Protocol {
    Checks.atLeastOne("seeds", seeds);
    Checks.atLeastOne("studies", studies);
    Checks.atLeastOne("trials", trials);
    if (timeLimit.isNegative() || timeLimit.isZero()) {
      throw new IllegalArgumentException("timeLimit is " + timeLimit + ", must be more than zero");
    }
    targets = List.copyOf(targets);
    Checks.atLeastOne("targets.size", targets.size());
    double before = 1;
    for (double target : targets) {
      if (!(target > 0 && target < before)) {
        throw new IllegalArgumentException(
            "targets is " + targets + ", must decrease, each between 0 and 1");
      }
      before = target;
    }
  }

  /**
   * The same with other seeds.
   *
   * @param other how many
   * @return a new protocol
   */
  public Protocol withSeeds(int other) {
    return new Protocol(other, studies, trials, timeLimit, targets);
  }

  /**
   * The same with another tuning.
   *
   * @param otherStudies how many studies
   * @param otherTrials how many trials each
   * @return a new protocol
   */
  public Protocol withTuning(int otherStudies, int otherTrials) {
    return new Protocol(seeds, otherStudies, otherTrials, timeLimit, targets);
  }

  /**
   * The same with other targets.
   *
   * @param other parts of the way still to go, decreasing
   * @return a new protocol
   */
  public Protocol withTargets(List<Double> other) {
    return new Protocol(seeds, studies, trials, timeLimit, other);
  }
}
