package dev.optim.bilevel;

/**
 * A projection onto the joint set {@code C = {(x, y) in X x Y : g(x, y) <= 0}}, with whatever it
 * remembers from one call to the next. It belongs to one run.
 */
interface JointProjection {

  /** Replaces w = (x, y) by the nearest point of C; leaves it alone if it is not finite. */
  void project(double[] w);

  /** What is remembered, to go into a checkpoint. */
  default int[] memory() {
    return new int[0];
  }

  /** Takes over what was remembered. */
  default void remember(int[] memory) {}
}
