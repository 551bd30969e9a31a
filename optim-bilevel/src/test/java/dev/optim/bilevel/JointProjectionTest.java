package dev.optim.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.Start;
import dev.optim.geometry.ConvexSet;
import dev.optim.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The projections onto C: against the quadratic program, closed forms and the definition. */
class JointProjectionTest {

  private static final RandomStream RANDOM = RandomStream.of(5);

  private static double[] gaussian(int n, double scale) {
    double[] a = new double[n];
    RANDOM.fillGaussian(a);
    for (int i = 0; i < n; i++) {
      a[i] *= scale;
    }
    return a;
  }

  @Test
  void aPolyhedronAgreesWithTheQuadraticProgramFromAnyActiveSet() {
    int n = 7;
    for (int trial = 0; trial < 40; trial++) {
      double[] below = GoldenMath.filled(n, -1);
      double[] above = GoldenMath.filled(n, 1.5);
      double[][] rows = {gaussian(n, 1), gaussian(n, 1), gaussian(n, 1)};
      double[] right = {0.3, 0.1, 0.5};
      Polyhedron warm = new Polyhedron(below, above);
      List<Boolean> equality = List.of(trial % 2 == 0, false, false);
      for (int i = 0; i < 3; i++) {
        warm.add(rows[i], right[i], equality.get(i));
      }
      for (int k = 0; k < 10; k++) {
        double[] p = gaussian(n, 3);
        double[] w = p.clone();
        warm.project(w);
        double[] program =
            ProjectionProgram.solve(
                p, below, above, List.of(rows), List.of(0.3, 0.1, 0.5), equality);
        GoldenMath.assertClose("projection", w, program, 1e-6);
        double[] again = w.clone();
        warm.project(again);
        GoldenMath.assertClose("a projected point", again, w, 1e-14);

        Polyhedron cold = new Polyhedron(below, above);
        for (int i = 0; i < 3; i++) {
          cold.add(rows[i], right[i], equality.get(i));
        }
        double[] fresh = p.clone();
        cold.project(fresh);
        assertThat(fresh).isEqualTo(w);
      }
    }
  }

  /** The unit disc in (x, y), or its boundary, and perhaps x = y. */
  private record Disc(boolean boundary, boolean diagonal) implements Coupling {

    @Override
    public int rows() {
      return diagonal ? 2 : 1;
    }

    @Override
    public boolean equality(int row) {
      return row == 1 || boundary;
    }

    @Override
    public void value(double[] x, double[] y, double[] out) {
      out[0] = x[0] * x[0] + y[0] * y[0] - 1;
      if (diagonal) {
        out[1] = x[0] - y[0];
      }
    }

    @Override
    public void transposedX(double[] x, double[] y, double[] mu, double[] out) {
      out[0] = 2 * x[0] * mu[0] + (diagonal ? mu[1] : 0);
    }

    @Override
    public void transposedY(double[] x, double[] y, double[] mu, double[] out) {
      out[0] = 2 * y[0] * mu[0] - (diagonal ? mu[1] : 0);
    }
  }

  private static JointProjection onto(BilevelProblem.Builder problem) {
    BilevelProblem built = problem.build();
    return built.jointProjection(new Oracle(built));
  }

  @Test
  void oneRowHasAClosedForm() {
    for (int trial = 0; trial < 20; trial++) {
      double[] a = gaussian(3, 4);
      double[] b = gaussian(2, 4);
      double[] joint = GoldenMath.join(a, b);
      boolean equality = trial % 2 == 0;
      double[][] rowsOfA = {a};
      double[][] rowsOfB = {b};
      double[] right = gaussian(1, 1);
      RowProjection projection =
          new RowProjection(
              equality
                  ? LinearCoupling.equal(rowsOfA, rowsOfB, right)
                  : LinearCoupling.atMost(rowsOfA, rowsOfB, right));
      double[] w = gaussian(5, 3);
      double[] expected = w.clone();
      (equality ? ConvexSet.hyperplane(joint, right[0]) : ConvexSet.halfSpace(joint, right[0]))
          .project(expected);
      double[] apart = w.clone();
      double[] x = Arrays.copyOf(w, 3);
      double[] y = Arrays.copyOfRange(w, 3, 5);
      projection.project(w);
      GoldenMath.assertClose("together", w, expected, 1e-13);
      projection.project(x, y, apart);
      assertThat(GoldenMath.join(x, y)).isEqualTo(w);
      double[] bad = {0, 0, 0, 0, Double.NaN};
      projection.project(bad);
      assertThat(bad[4]).isNaN();
    }
  }

  @Test
  void rowsOfBothKindsAgreeWithTheQuadraticProgram() {
    for (int trial = 0; trial < 20; trial++) {
      double[][] a = {gaussian(3, 1), gaussian(3, 1), gaussian(3, 1)};
      double[][] b = {gaussian(3, 1), gaussian(3, 1), gaussian(3, 1)};
      LinearCoupling equal =
          LinearCoupling.equal(new double[][] {a[0]}, new double[][] {b[0]}, new double[] {0.3});
      LinearCoupling most =
          LinearCoupling.atMost(
              new double[][] {a[1], a[2]}, new double[][] {b[1], b[2]}, new double[] {0.1, 0.5});
      BilevelProblem.Builder builder =
          BilevelProblem.of(3, 3)
              .upper(Quadratics.halfSquaredDifference())
              .lower(Quadratics.halfSquaredDifference())
              .coupling(equal.and(most));
      double infinity = Double.POSITIVE_INFINITY;
      double[] p = gaussian(6, 3);
      double[] program =
          ProjectionProgram.solve(
              p,
              GoldenMath.filled(6, -infinity),
              GoldenMath.filled(6, infinity),
              List.of(equal.and(most).jointRows()),
              List.of(0.3, 0.1, 0.5),
              List.of(true, false, false));
      double[] w = p.clone();
      onto(builder).project(w);
      GoldenMath.assertClose("projection", w, program, 1e-6);
      double[] g = new double[3];
      most.and(equal).value(Arrays.copyOf(w, 3), Arrays.copyOfRange(w, 3, 6), g);
      assertThat(Math.max(g[0], g[1])).isLessThan(1e-12);
      assertThat(Math.abs(g[2])).isLessThan(1e-12);
    }
    assertThat(
            LinearCoupling.equal(new double[1][1], new double[1][1], new double[1])
                .and(LinearCoupling.atMost(new double[2][1], new double[2][1], new double[2])))
        .hasToString("LinearCoupling[rows=3, equalities=1]");
    assertThatThrownBy(
            () ->
                LinearCoupling.equal(new double[1][1], new double[1][1], new double[1])
                    .and(LinearCoupling.equal(new double[1][1], new double[1][2], new double[1])))
        .hasMessage("other: b[0] has length 2, expected 1");
  }

  @Test
  void curvedAndAffineRowsAndUpperConstraintsGoTogether() {
    JointProjection projection = onto(ToyProblems.line().coupling(new Disc(false, true)));
    double[] w = {3, 1};
    projection.project(w);
    GoldenMath.assertClose("far", w, new double[] {Math.sqrt(0.5), Math.sqrt(0.5)}, 1e-5);
    double[] near = {0.3, -0.1};
    projection.project(near);
    GoldenMath.assertClose("inside", near, new double[] {0.1, 0.1}, 1e-12);
    LinearCoupling below =
        LinearCoupling.atMost(new double[][] {{1}}, new double[][] {{0}}, new double[] {-0.6});
    double[] v = {0.5, 2};
    onto(ToyProblems.line().coupling(new Disc(false, false)).upperConstraints(below)).project(v);
    GoldenMath.assertClose("x <= -0.6", v, new double[] {-0.6, 0.8}, 1e-5);
  }

  @Test
  void anEqualityThatCurvesIsRefused() {
    JointProjection circle = onto(ToyProblems.line().coupling(new Disc(true, false)));
    assertThatThrownBy(() -> circle.project(new double[] {3, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 0 of the coupling is an equality that is not affine");
  }

  @Test
  void aRowWithoutADirectionHoldsOrLeavesNoPoint() {
    double[][] zero = new double[1][1];
    double[] w = {2, 3};
    onto(ToyProblems.line().coupling(LinearCoupling.atMost(zero, zero, new double[] {1})))
        .project(w);
    assertThat(w).containsExactly(2, 3);
    JointProjection none =
        onto(ToyProblems.line().coupling(LinearCoupling.atMost(zero, zero, new double[] {-1})));
    assertThatThrownBy(() -> none.project(w))
        .hasMessageContaining("the constraints leave no point");
  }

  @Test
  void aNonlinearSetIsProjectedOntoByCuts() {
    // the projection onto the disc is known
    BilevelProblem problem = ToyProblems.line().coupling(new Disc(false, false)).build();
    JointProjection projection = problem.jointProjection(new Oracle(problem));
    for (int k = 0; k < 20; k++) {
      double[] w = gaussian(2, 3);
      double[] expected = w.clone();
      ConvexSet.l2Ball(1).project(expected);
      projection.project(w);
      GoldenMath.assertClose("projection", w, expected, 1e-4);
      assertThat(w[0] * w[0] + w[1] * w[1]).isLessThanOrEqualTo(1 + 1e-9);
    }
  }

  @Test
  void aSetThatIsNotConvexIsATypedOutcome() {
    // outside of the open unit disc: its linearisations cut the set itself away
    BilevelProblem problem =
        ToyProblems.line()
            .coupling(
                new Coupling() {
                  @Override
                  public int rows() {
                    return 1;
                  }

                  @Override
                  public boolean equality(int row) {
                    return false;
                  }

                  @Override
                  public void value(double[] x, double[] y, double[] out) {
                    out[0] = 1 + StrictMath.sin(x[0]) * StrictMath.sin(x[0]);
                  }

                  @Override
                  public void transposedX(double[] x, double[] y, double[] mu, double[] out) {
                    out[0] = 2 * StrictMath.sin(x[0]) * StrictMath.cos(x[0]) * mu[0];
                  }

                  @Override
                  public void transposedY(double[] x, double[] y, double[] mu, double[] out) {
                    out[0] = 0;
                  }
                })
            .build();
    assertThatThrownBy(
            () -> problem.jointProjection(new Oracle(problem)).project(new double[] {1, 1}))
        .isInstanceOfAny(IllegalStateException.class, IllegalArgumentException.class);
  }

  @Test
  void ofParallelRowsTheTightestCounts() {
    double infinity = Double.POSITIVE_INFINITY;
    Polyhedron strip =
        new Polyhedron(GoldenMath.filled(2, -infinity), GoldenMath.filled(2, infinity));
    double[] w = {0, 0};
    for (double right : new double[] {4, 3.5, 3, 2.5, 2}) {
      strip.add(new double[] {1, 1}, right, false);
      w = new double[] {5, 4};
      strip.project(w);
      GoldenMath.assertClose(
          "x + y <= " + right, w, new double[] {(right + 1) / 2, (right - 1) / 2}, 1e-14);
    }
    strip.add(new double[] {1, 0}, 1, true);
    strip.project(w);
    GoldenMath.assertClose("x = 1", w, new double[] {1, 0.5}, 1e-14);
  }

  @Test
  void anEmptySetIsRefused() {
    Polyhedron empty = new Polyhedron(GoldenMath.filled(2, 0), GoldenMath.filled(2, 1));
    empty.add(new double[] {1, 1}, -1, false);
    assertThatThrownBy(() -> empty.project(new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the constraints leave no point");
  }

  @Test
  void whatCannotBeProjectedOntoIsRefusedAtTheStart() {
    LinearCoupling row =
        LinearCoupling.atMost(new double[][] {{1}}, new double[][] {{1}}, new double[] {1});
    BilevelProblem problem = ToyProblems.line().upperSet(ConvexSet.l2Ball(1)).coupling(row).build();
    assertThatThrownBy(() -> problem.jointProjection(new Oracle(problem)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("upperBox");
  }

  @Test
  void aBadNumberIsLeftAlone() {
    Polyhedron half = new Polyhedron(GoldenMath.filled(2, 0), GoldenMath.filled(2, 1));
    double[] w = {Double.NaN, 7};
    half.project(w);
    assertThat(w).containsExactly(Double.NaN, 7);
  }

  @Test
  void upperConstraintsNarrowTheJointSetOnly() {
    LinearCoupling row =
        LinearCoupling.atMost(new double[][] {{1}}, new double[][] {{-1}}, new double[] {-1});
    BilevelProblem problem = ToyProblems.line().upperConstraints(row).build();
    double[] w = {0, 0};
    problem.jointProjection(new Oracle(problem)).project(w);
    GoldenMath.assertClose("x + 1 <= y", w, new double[] {-0.5, 0.5}, 1e-12);
    assertThat(problem.coupling()).isNull();
    assertThatThrownBy(
            () -> PenaltyMethod.f2sa(1, 1, 1, 0).start(problem, Start.at(0, 0), RandomStream.of(0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPolyhedronIsAConvexSet() {
    double[] below = GoldenMath.filled(2, 0);
    double[] above = GoldenMath.filled(2, Double.POSITIVE_INFINITY);
    ConvexSet set = Polyhedra.atMost(new double[][] {{1, 1}}, new double[] {1}, below, above);
    double[] w = {2, 1};
    set.project(w);
    GoldenMath.assertClose("projection", w, new double[] {1, 0}, 1e-12);
    assertThat(set.contains(w, 0)).isTrue();
    assertThatThrownBy(
            () -> Polyhedra.atMost(new double[][] {{1, 1}}, new double[] {-1}, below, above))
        .hasMessageContaining("the constraints leave no point");
    assertThatThrownBy(() -> Polyhedra.atMost(new double[][] {{1}}, new double[] {1}, below, above))
        .hasMessage("a[0] has length 1, expected 2");
  }
}
