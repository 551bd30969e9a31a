package dev.optim.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.optim.GradientCheck;
import dev.optim.random.RandomStream;
import org.junit.jupiter.api.Test;

/** Implicit differentiation beyond its golden numbers: solvers, trust, singular lower levels. */
class ImplicitObjectiveTest {

  private static double[] gaussian(RandomStream random, int n) {
    double[] a = new double[n];
    random.fillGaussian(a);
    return a;
  }

  @Test
  void theSolversSolveRandomSystems() {
    RandomStream random = RandomStream.of(11);
    int m = 12;
    for (int trial = 0; trial < 20; trial++) {
      double[][] root = new double[m][];
      for (int i = 0; i < m; i++) {
        root[i] = gaussian(random, m);
      }
      double[] solution = gaussian(random, m);
      double[][] definite = product(root, 0.5);
      double[][] indefinite = product(root, 0);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < m; j++) {
          indefinite[i][j] = root[i][j] + root[j][i];
        }
      }
      check(AdjointSolver.cg(1e-13, 500), definite, solution);
      check(AdjointSolver.minres(1e-13, 500), definite, solution);
      check(AdjointSolver.minres(1e-13, 500), indefinite, solution);
      check(AdjointSolver.gmres(1e-13, 500), indefinite, solution);
      check(AdjointSolver.gmres(1e-13, 500), root, solution);
    }
  }

  @Test
  void tolerancesAreRelative() {
    RandomStream random = RandomStream.of(12);
    int m = 12;
    double[][] root = new double[m][];
    for (int i = 0; i < m; i++) {
      root[i] = gaussian(random, m);
    }
    double[][] a = product(root, 0.5);
    double[] b = gaussian(random, m);
    double large = 0x1p30;
    double[] times = b.clone();
    for (int i = 0; i < m; i++) {
      times[i] *= large;
    }
    AdjointSolver.Operator operator =
        (v, out) -> System.arraycopy(GoldenMath.times(a, v), 0, out, 0, m);
    for (AdjointSolver solver :
        new AdjointSolver[] {
          AdjointSolver.cg(1e-3, 500),
          AdjointSolver.minres(1e-3, 500),
          AdjointSolver.gmres(1e-3, 500)
        }) {
      double[] u = new double[m];
      double[] v = new double[m];
      solver.solve(operator, b, u);
      solver.solve(operator, times, v);
      // a power of two changes no rounding, so the steps are the same
      for (int i = 0; i < m; i++) {
        assertThat(v[i]).as(solver.toString()).isEqualTo(large * u[i]);
      }
    }
  }

  private static double[][] product(double[][] root, double ridge) {
    double[][] out = new double[root.length][];
    for (int i = 0; i < root.length; i++) {
      out[i] = GoldenMath.times(root, root[i]);
      out[i][i] += ridge;
    }
    return out;
  }

  private static void check(AdjointSolver solver, double[][] a, double[] solution) {
    double[] u = new double[solution.length];
    AdjointSolver.Operator operator =
        (v, out) -> System.arraycopy(GoldenMath.times(a, v), 0, out, 0, out.length);
    double[] b = GoldenMath.times(a, solution);
    solver.solve(operator, b, u);
    assertThat(GoldenMath.relativeError(GoldenMath.times(a, u), b))
        .as(solver.toString())
        .isLessThan(1e-9);
  }

  private static ImplicitObjective objective(BilevelProblem problem) {
    return new ImplicitObjective(
        problem,
        ImplicitEquation.optimality(problem),
        InnerSolver.newton(problem, 1e-12, 50),
        AdjointSolver.cg(1e-12, 50),
        new double[problem.lowerDimension()],
        1e-8);
  }

  @Test
  void theHypergradientAgreesWithDifferencesColdAndWarm() {
    ImplicitObjective objective = objective(ToyProblems.line().build());
    GradientCheck.at(objective, new double[] {0.3}).orThrow(1e-8);
    GradientCheck.at(objective.warm(), new double[] {0.3}).orThrow(1e-8);
    double[] gradient = new double[1];
    objective.gradient(new double[] {0.5}, gradient);
    assertThat(gradient[0]).isCloseTo(0, within(1e-9));
    assertThat(objective.lowerPoint()[0]).isCloseTo(0.5, within(1e-10));
  }

  @Test
  void aLowerLevelThatIsNotSolvedIsNotTrusted() {
    BilevelProblem problem = ToyProblems.line().build();
    ImplicitObjective truncated =
        new ImplicitObjective(
            problem,
            ImplicitEquation.optimality(problem),
            (x, y) -> {},
            AdjointSolver.cg(1e-12, 50),
            new double[1],
            1e-8);
    assertThatThrownBy(() -> truncated.gradient(new double[1], new double[1]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lower level's residual is 2.0");
  }

  @Test
  void aSingularLowerLevelIsNotTrusted() {
    LevelObjective.Partial zero = (x, y, out) -> out[0] = 0;
    BilevelProblem flat =
        ToyProblems.line().lower(LevelObjective.of((x, y) -> 0, zero, zero)).build();
    ImplicitObjective objective =
        new ImplicitObjective(
            flat,
            ImplicitEquation.optimality(flat),
            InnerSolver.newton(flat, 1e-12, 50),
            AdjointSolver.cg(1e-12, 50),
            new double[] {1},
            1e-8);
    assertThatThrownBy(() -> objective.gradient(new double[1], new double[1]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("adjoint system's relative residual is 1.0");
  }

  @Test
  void aConstrainedLowerLevelNeedsAFixedPoint() {
    BilevelProblem boxed = ToyProblems.line().lowerBox(new double[1], new double[] {1}).build();
    assertThatThrownBy(() -> ImplicitEquation.optimality(boxed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fixedPoint");
  }

  @Test
  void boundsOfTheLowerLevelAreDifferentiatedThrough() {
    BilevelProblem boxed =
        ToyProblems.line().lowerBox(new double[] {0.75}, new double[] {2}).build();
    ImplicitEquation.FixedPointMap map = ImplicitEquation.projectedGradient(boxed, 0.3);
    ImplicitObjective objective =
        new ImplicitObjective(
            boxed,
            ImplicitEquation.fixedPoint(map),
            InnerSolver.iterate(map, 1e-14, 1000),
            AdjointSolver.gmres(1e-12, 5),
            new double[1],
            1e-10);
    double[] gradient = new double[1];
    // y = max(0.75, 1 - x): F = x^2 + (1 - x)^2 to the left of 1/4, x^2 + 9/16 to its right
    objective.gradient(new double[] {0.1}, gradient);
    assertThat(gradient[0]).isCloseTo(-1.6, within(1e-8));
    objective.gradient(new double[] {0.3}, gradient);
    assertThat(gradient[0]).isCloseTo(0.6, within(1e-10));
    assertThat(objective.lowerPoint()).containsExactly(0.75);
    BilevelProblem coupled =
        ToyProblems.line()
            .coupling(
                LinearCoupling.atMost(new double[][] {{1}}, new double[][] {{1}}, new double[1]))
            .build();
    assertThatThrownBy(() -> ImplicitEquation.projectedGradient(coupled, 0.3))
        .hasMessageContaining("constraints other than a box");
    assertThatThrownBy(() -> ImplicitEquation.projectedGradient(boxed, 0))
        .hasMessageContaining("step is 0.0");
  }
}
