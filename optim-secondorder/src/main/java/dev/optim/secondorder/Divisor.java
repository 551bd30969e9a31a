package dev.optim.secondorder;

/** By what the sum of outer products in the Fisher matrix of a window is divided. */
public enum Divisor {
  /** The size of the window from the first gradient on, as in the authors' code. */
  WINDOW,
  /**
   * The number of gradients in the window, a mean from the first gradient on. Until the window is
   * full every gradient costs a factorisation, O(m^3).
   */
  COUNT
}
