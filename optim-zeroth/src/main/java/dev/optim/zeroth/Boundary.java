package dev.optim.zeroth;

import static java.util.Objects.requireNonNull;

import dev.optim.geometry.ConvexSet;

/**
 * What becomes of a particle that leaves a set: it is projected onto it, or reflected at the point
 * where the projection puts it, and projected if that is still outside. For a box and a particle
 * that is out by less than the box's width, that is the mirror image in each coordinate. Reflected
 * particles do not pile up on the boundary.
 *
 * @param set the set to stay in
 * @param reflect whether to reflect instead of to project
 */
public record Boundary(ConvexSet set, boolean reflect) {

  /** Checks the argument. */
  public Boundary {
    requireNonNull(set, "set");
  }

  /**
   * Brings a point back.
   *
   * @param outside a copy of the point, overwritten
   */
  void hold(double[] x, double[] outside) {
    set.project(x);
    if (!reflect) {
      return;
    }
    boolean left = false;
    for (int k = 0; k < x.length; k++) {
      left |= x[k] != outside[k];
      outside[k] = 2 * x[k] - outside[k];
    }
    if (left) {
      set.project(outside);
      System.arraycopy(outside, 0, x, 0, x.length);
    }
  }
}
