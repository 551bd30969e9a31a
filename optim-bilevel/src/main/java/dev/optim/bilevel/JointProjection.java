package dev.optim.bilevel;

/**
 * A projection onto the joint set {@code C = {(x, y) in X x Y : g(x, y) <= 0}}, with whatever it
 * remembers from one call to the next. It belongs to one run.
 */
interface JointProjection {

  /** Replaces w = (x, y) by the nearest point of C; leaves it alone if it is not finite. */
  void project(double[] w);

  /** The same on x and y apart, with scratch for both together. */
  default void project(double[] x, double[] y, double[] w) {
    System.arraycopy(x, 0, w, 0, x.length);
    System.arraycopy(y, 0, w, x.length, y.length);
    project(w);
    System.arraycopy(w, 0, x, 0, x.length);
    System.arraycopy(w, x.length, y, 0, y.length);
  }

  /** What is remembered, to go into a checkpoint. */
  default int[] memory() {
    return new int[0];
  }

  /** Takes over what was remembered. */
  default void remember(int[] memory) {}
}
