package dev.optim.bilevel;

import static java.util.Objects.requireNonNull;

import dev.optim.geometry.ConvexSet;
import java.util.Arrays;

/** Chooses the projection onto the joint set C by what is known of it. */
final class JointProjections {

  private JointProjections() {}

  static JointProjection of(BilevelProblem problem, Oracle oracle) {
    Coupling coupling = problem.coupling();
    BilevelProblem.Block x = problem.upperBlock();
    BilevelProblem.Block y = problem.lowerBlock();
    LinearCoupling upper = problem.upperConstraints();
    if (coupling == null && upper == null) {
      return apart(problem);
    }
    if (!x.isBox() || !y.isBox()) {
      throw new IllegalArgumentException(
          "with constraints on x and y together X and Y must be boxes or the whole space"
              + " (upperBox, lowerBox), or jointSet must be given");
    }
    if (coupling != null && !(coupling instanceof LinearCoupling)) {
      Polyhedron polyhedron = polyhedron(problem);
      if (upper != null) {
        polyhedron.add(upper);
      }
      return new CuttingPlanes(problem, coupling, oracle, polyhedron);
    }
    LinearCoupling rows = upper;
    if (coupling instanceof LinearCoupling linear) {
      rows = upper == null ? linear : upper.and(linear);
    }
    return linear(problem, requireNonNull(rows));
  }

  private static JointProjection linear(BilevelProblem problem, LinearCoupling rows) {
    if (problem.upperBlock().isWhole() && problem.lowerBlock().isWhole()) {
      if (rows.rows() == 1 && rows.hasDirection()) {
        return new RowProjection(rows);
      }
      if (rows.isAffine()) {
        return ConvexSet.affine(rows.jointRows(), rows.right())::project;
      }
    }
    Polyhedron polyhedron = polyhedron(problem);
    polyhedron.add(rows);
    return polyhedron;
  }

  /** X and Y, whatever couples them. */
  static JointProjection apart(BilevelProblem problem) {
    return new Apart(
        problem.upperBlock(),
        problem.lowerBlock(),
        problem.upperDimension(),
        problem.lowerDimension());
  }

  /** X x Y, without rows yet. */
  private static Polyhedron polyhedron(BilevelProblem problem) {
    int n = problem.upperDimension();
    int m = problem.lowerDimension();
    double[] below = new double[n + m];
    double[] above = new double[n + m];
    Arrays.fill(below, Double.NEGATIVE_INFINITY);
    Arrays.fill(above, Double.POSITIVE_INFINITY);
    bounds(problem.upperBlock(), below, above, 0);
    bounds(problem.lowerBlock(), below, above, n);
    return new Polyhedron(below, above);
  }

  private static void bounds(
      BilevelProblem.Block block, double[] below, double[] above, int offset) {
    double[] low = block.boundsBelow();
    double[] high = block.boundsAbove();
    if (low != null && high != null) {
      System.arraycopy(low, 0, below, offset, low.length);
      System.arraycopy(high, 0, above, offset, high.length);
    }
  }

  /** X and Y one after the other. */
  private static final class Apart implements JointProjection {

    private final BilevelProblem.Block upper;
    private final BilevelProblem.Block lower;
    private final double[] x;
    private final double[] y;

    Apart(BilevelProblem.Block upper, BilevelProblem.Block lower, int n, int m) {
      this.upper = upper;
      this.lower = lower;
      x = new double[n];
      y = new double[m];
    }

    @Override
    public void project(double[] w) {
      project(upper, x, w, 0);
      project(lower, y, w, x.length);
    }

    @Override
    public void project(double[] atX, double[] atY, double[] w) {
      upper.project(atX);
      lower.project(atY);
    }

    private static void project(
        BilevelProblem.Block block, double[] scratch, double[] w, int offset) {
      if (!block.isWhole()) {
        System.arraycopy(w, offset, scratch, 0, scratch.length);
        block.project(scratch);
        System.arraycopy(scratch, 0, w, offset, scratch.length);
      }
    }
  }
}
