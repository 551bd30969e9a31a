package dev.optim.bilevel;

import dev.optim.kernel.Kernels;
import java.util.Arrays;

/**
 * Projection onto {@code {w in a polyhedron : g(w) <= 0}} for smooth convex g that is not linear,
 * with affine rows {@code g_i(w) = 0} where there are equalities, taken over once. Every
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

  /** What an affine row may be off its linearisation. */
  private static final double AFFINE = 1e-6;

  private final Coupling coupling;
  private final Oracle oracle;
  private final Polyhedron cuts;

  /**
   * The rows of the polyhedron that are no cuts; the equalities are among them from the start on.
   */
  private int fixed;

  private boolean begun;
  private final double[] x;
  private final double[] y;
  private final double[] w;
  private final double[] g;
  private final double[] unit;
  private final double[] gx;
  private final double[] gy;

  CuttingPlanes(BilevelProblem problem, Coupling coupling, Oracle oracle, Polyhedron rest) {
    this.coupling = coupling;
    this.oracle = oracle;
    cuts = rest;
    fixed = rest.rows();
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
    if (!begun) {
      takeEqualities(point);
    }
    cuts.keep(fixed);
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

  /** Adds the equalities; an affine function is its own linearisation, wherever it is made. */
  private void takeEqualities(double[] point) {
    System.arraycopy(point, 0, w, 0, w.length);
    cuts.project(w);
    evaluate();
    for (int i = 0; i < g.length; i++) {
      if (coupling.equality(i)) {
        linearise(i);
      }
    }
    fixed = cuts.rows();
    begun = true;
  }

  private void evaluate() {
    System.arraycopy(w, 0, x, 0, x.length);
    System.arraycopy(w, x.length, y, 0, y.length);
    oracle.coupling(coupling, x, y, g);
  }

  /** Cuts w off where it violates g; whether it does. */
  private boolean cut() {
    evaluate();
    boolean violated = false;
    for (int i = 0; i < g.length; i++) {
      if (coupling.equality(i)) {
        requireAffine(i);
      } else if (g[i] > TOLERANCE) {
        if (!linearise(i)) {
          return false;
        }
        violated = true;
      }
    }
    return violated;
  }

  private void requireAffine(int row) {
    if (Math.abs(g[row]) > AFFINE * (1 + Kernels.maxAbs(w, 0, w.length))) {
      throw new IllegalArgumentException(
          "row %d of the coupling is an equality that is not affine (%s where its linearisation is 0):"
                  .formatted(row, g[row])
              + " the set is not convex; give jointSet, or use BicGaffa");
    }
  }

  /** Adds the linearisation of a row at w; false if it is not finite. */
  private boolean linearise(int i) {
    Arrays.fill(unit, 0);
    unit[i] = 1;
    oracle.transposedX(coupling, x, y, unit, gx);
    oracle.transposedY(coupling, x, y, unit, gy);
    double[] row = Arrays.copyOf(gx, w.length);
    System.arraycopy(gy, 0, row, x.length, gy.length);
    boolean finite = Kernels.allFinite(row, 0, row.length);
    if (finite) {
      cuts.add(row, Kernels.dot(row, w) - g[i], coupling.equality(i));
    }
    return finite;
  }
}
