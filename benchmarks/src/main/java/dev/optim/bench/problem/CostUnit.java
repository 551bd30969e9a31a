package dev.optim.bench.problem;

import dev.optim.Evaluations;
import java.util.function.ToLongFunction;

/** What a budget counts. Methods are compared after the same count, whatever their steps are. */
public enum CostUnit {
  /** Gradients of single terms of a finite sum: n of them are one epoch. */
  SAMPLE_GRADIENTS("sample gradients", Evaluations.Counts::terms),
  /** Whole gradients. */
  GRADIENTS("gradient evaluations", Evaluations.Counts::gradients),
  /** Values of the objective. */
  VALUES("function evaluations", Evaluations.Counts::values),
  /** Values and gradients of the objective, each as one. */
  CALLS("function and gradient evaluations", counts -> counts.values() + counts.gradients()),
  /** Questions to a ranking oracle. */
  RANKINGS("rankings", Evaluations.Counts::rankings);

  private final String plural;
  private final ToLongFunction<Evaluations.Counts> count;

  CostUnit(String plural, ToLongFunction<Evaluations.Counts> count) {
    this.plural = plural;
    this.count = count;
  }

  /**
   * What has been spent of this unit.
   *
   * @param counts how often a run has asked its problem
   * @return the number of units
   */
  public long of(Evaluations.Counts counts) {
    return count.applyAsLong(counts);
  }

  /** The unit in the plural, e.g. "sample gradients". */
  @Override
  public String toString() {
    return plural;
  }
}
