package dev.optim.zeroth;

import dev.optim.Checks;
import dev.optim.Optimizer;
import dev.optim.Start;
import dev.optim.geometry.ConvexSet;
import dev.optim.random.RandomStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The simplex method of Nelder and Mead with coefficients that depend on the dimension n, without
 * which it stalls from about ten dimensions on: reflection 1, expansion 1 + 2/n, contraction 3/4 -
 * 1/(2n), shrinkage 1 - 1/n (the classical 1, 2, 1/2, 1/2 for n = 1).
 *
 * <p>A local method for smooth and slightly noisy functions of up to some twenty variables, and the
 * polish after a global one. An iteration transforms the simplex once: one or two evaluations, n
 * for a shrink; O(n^2) operations, additions for the most part. Ends with {@code CONVERGED} when
 * all vertices are within {@code tolerance (1 + |x|)} of the best one x, in the maximum norm, and
 * with {@code NON_FINITE} if the value fails at every vertex of the first simplex.
 *
 * <p>Within a set, the start is projected onto it, and an edge that the set shortens goes the other
 * way if it is longer there. Only along an axis on which all points of the set agree is there no
 * edge.
 *
 * <p>References: J. A. Nelder and R. Mead, A simplex method for function minimization, Computer
 * Journal 7 (1965); F. Gao and L. Han, Implementing the Nelder-Mead simplex algorithm with adaptive
 * parameters, Computational Optimization and Applications 51 (2012).
 *
 * @param size the edges of the first simplex, which has the start and a step along each axis for
 *     vertices; greater than 0
 * @param tolerance of convergence, at least 0; 0 for never
 * @param within points are projected onto this set; null for none
 */
public record NelderMead(double size, double tolerance, @Nullable ConvexSet within)
    implements ValueMethod {

  /** Checks the ranges. */
  public NelderMead {
    Checks.positive("size", size);
    Checks.nonNegative("tolerance", tolerance);
  }

  /**
   * A simplex of a size, tolerance 1e-10, no constraints.
   *
   * @param size the edges of the first simplex, greater than 0
   * @return the method
   */
  public static NelderMead ofSize(double size) {
    return new NelderMead(size, 1e-10, null);
  }

  @Override
  public AskTell open(Start start, RandomStream random) {
    double[] x = start.sample(Optimizer.startStream(random));
    if (within != null) {
      within.project(x);
    }
    double[][] simplex = new double[x.length + 1][];
    simplex[0] = x;
    for (int k = 0; k < x.length; k++) {
      simplex[k + 1] = edge(x, k);
    }
    return new AskTell(toString(), new NelderMeadEngine(this, simplex));
  }

  /**
   * The end of the edge along an axis, of the two directions the one that the set leaves longer.
   */
  private double[] edge(double[] x, int axis) {
    double[] forth = x.clone();
    forth[axis] += size;
    if (within == null) {
      return forth;
    }
    double[] free = forth.clone();
    within.project(forth);
    if (Arrays.equals(forth, free)) {
      return forth;
    }
    double[] back = x.clone();
    back[axis] -= size;
    within.project(back);
    return squaredDistance(back, x) > squaredDistance(forth, x) ? back : forth;
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return sum;
  }
}
