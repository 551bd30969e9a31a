package dev.optim.zeroth;

import dev.optim.Checks;

/**
 * Only some particles are evaluated and make the consensus of a step: the next ones of a random
 * permutation, drawn anew when fewer than a batch are left. On Rastrigin's function, moving all
 * particles with the values of half of them finds less than moving that half.
 *
 * @param size particles a step, at least 1
 * @param moveAll whether all particles then move, or the batch alone
 */
public record MiniBatch(int size, boolean moveAll) {

  /** Checks the range. */
  public MiniBatch {
    Checks.atLeastOne("size", size);
  }
}
