package dev.optim.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.Start;
import dev.optim.geometry.ConvexSet;
import dev.optim.random.RandomStream;
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

  @Test
  void aNonlinearSetIsProjectedOntoByCuts() {
    // the unit disc in (x, y), whose projection is known
    Coupling disc =
        new Coupling() {
          @Override
          public int rows() {
            return 1;
          }

          @Override
          public boolean equality() {
            return false;
          }

          @Override
          public void value(double[] x, double[] y, double[] out) {
            out[0] = x[0] * x[0] + y[0] * y[0] - 1;
          }

          @Override
          public void transposedX(double[] x, double[] y, double[] mu, double[] out) {
            out[0] = 2 * x[0] * mu[0];
          }

          @Override
          public void transposedY(double[] x, double[] y, double[] mu, double[] out) {
            out[0] = 2 * y[0] * mu[0];
          }
        };
    BilevelProblem problem = ToyProblems.line().coupling(disc).build();
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
                  public boolean equality() {
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
