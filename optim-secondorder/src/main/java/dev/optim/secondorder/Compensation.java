package dev.optim.secondorder;

/** How the weights that stay make up for those that are pruned together. */
public enum Compensation {
  /**
   * The sum of the optimal moves for each pruned weight alone, as in the authors' code: {@code F^-1
   * t} with t_i = -w_i / (F^-1)_ii on the pruned weights.
   */
  INDEPENDENT,
  /**
   * The optimal move for all pruned weights Q at once, the minimum of d'F d / 2 subject to d_Q =
   * -w_Q: {@code F_RR^-1 F_RQ w_Q} on the remaining weights R. It costs one more factorisation.
   */
  JOINT
}
