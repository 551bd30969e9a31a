package dev.optim.bilevel;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.geometry.ConvexSet;

/** Polyhedra as convex sets, e.g. for X or Y. */
public final class Polyhedra {

  private Polyhedra() {}

  /**
   * The points {@code below <= w <= above} with {@code A w <= b}. A projection is a handful of
   * small linear systems, or a quadratic program where those do not settle.
   *
   * @param a the matrix A by rows, l rows of n numbers; copied
   * @param b the right-hand side, l numbers; copied
   * @param below n lower bounds, copied; may be negative infinity
   * @param above n upper bounds, copied; may be positive infinity
   * @return the set, safe for several threads
   * @throws IllegalArgumentException if lengths do not fit, a number of A or b is not finite, or no
   *     point satisfies the constraints
   */
  public static ConvexSet atMost(double[][] a, double[] b, double[] below, double[] above) {
    double[] low = requireNonNull(below, "below").clone();
    double[] high = requireNonNull(above, "above").clone();
    Checks.length("above", high.length, low.length);
    Checks.length("a", a.length, b.length);
    double[] right = b.clone();
    Checks.finite("b", right);
    double[][] rows = new double[a.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = a[i].clone();
      Checks.length("a[" + i + "]", rows[i].length, low.length);
      Checks.finite("a[" + i + "]", rows[i]);
    }
    ConvexSet set =
        point -> {
          Checks.length("x", point.length, low.length);
          Polyhedron polyhedron = new Polyhedron(low, high);
          for (int i = 0; i < rows.length; i++) {
            polyhedron.add(rows[i], right[i], false);
          }
          polyhedron.project(point);
        };
    set.project(new double[low.length]);
    return set.ofDimension(low.length);
  }
}
