package dev.optim.update;

/** How the units of one step reach their numbers. */
interface Pass {

  /** The largest magnitude of the gradient of a unit, NaN if any element is. */
  double largest(int unit, int worker);

  /** Makes one pass of the step of a unit. */
  void apply(int pass, int unit, int worker);
}
