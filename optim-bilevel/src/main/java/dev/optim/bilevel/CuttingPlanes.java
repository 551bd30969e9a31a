package dev.optim.bilevel;

import dev.optim.kernel.Kernels;
import java.util.Arrays;

/**
 * Projection onto {@code {w in a box : g(w) <= 0}} for smooth convex g that is not linear. Every
 * linearisation of a convex g contains the set, so the point is projected onto the polyhedron of
 * all linearisations made so far, g is linearised anew where it is violated, and so on until it is
 * violated nowhere by more than 1e-10 (where g curves, the point is then within about 1e-5 of the
 * projection). It converges to the projection (Y. Haugazeau's outer approximation; see H. H.
 * Bauschke, P. L. Combettes, Convex Analysis, section 30.3).
 *
 * <p>It throws where 60 rounds do not do, which ends a run with {@link
 * dev.optim.StopReason#METHOD_FAILED}: as a rule g is not convex.
 *
 * <p>Cost a round: one value of g and two transposed products for each violated row.
 */
final class CuttingPlanes implements JointProjection {

  private static final int ROUNDS = 60;
  private static final double TOLERANCE = 1e-10;

  private final Coupling coupling;
  private final Oracle oracle;
  private final Polyhedron cuts;
  private final double[] x;
  private final double[] y;
  private final double[] w;
  private final double[] g;
  private final double[] unit;
  private final double[] gx;
  private final double[] gy;

  CuttingPlanes(BilevelProblem problem, Coupling coupling, Oracle oracle, Polyhedron box) {
    this.coupling = coupling;
    this.oracle = oracle;
    cuts = box;
    x = new double[problem.upperDimension()];
    y = new double[problem.lowerDimension()];
    w = new double[x.length + y.length];
    g = new double[coupling.rows()];
    unit = new double[coupling.rows()];
    gx = new double[x.length];
    gy = new double[y.length];
  }

  @Override
  public void project(double[] point) {
    if (!Kernels.allFinite(point, 0, point.length)) {
      return;
    }
    cuts.clear();
    int round = 0;
    do {
      if (round++ == ROUNDS) {
        throw new IllegalStateException(
            "no point with g <= %s was found by %d cutting planes a row; is g convex?"
                .formatted(TOLERANCE, ROUNDS));
      }
      System.arraycopy(point, 0, w, 0, w.length);
      cuts.project(w);
    } while (cut());
    System.arraycopy(w, 0, point, 0, w.length);
  }

  /** Cuts w off where it violates g; whether it does. */
  private boolean cut() {
    System.arraycopy(w, 0, x, 0, x.length);
    System.arraycopy(w, x.length, y, 0, y.length);
    oracle.coupling(coupling, x, y, g);
    boolean violated = false;
    for (int i = 0; i < g.length; i++) {
      if (g[i] > TOLERANCE) {
        violated = true;
        Arrays.fill(unit, 0);
        unit[i] = 1;
        oracle.transposedX(coupling, x, y, unit, gx);
        oracle.transposedY(coupling, x, y, unit, gy);
        double[] row = Arrays.copyOf(gx, w.length);
        System.arraycopy(gy, 0, row, x.length, gy.length);
        if (!Kernels.allFinite(row, 0, row.length)) {
          return false;
        }
        cuts.add(row, Kernels.dot(row, w) - g[i], false);
      }
    }
    return violated;
  }
}
