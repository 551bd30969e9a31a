package dev.optim.bilevel;

import static dev.optim.bilevel.GoldenMath.assertClose;
import static dev.optim.bilevel.GoldenMath.matrix;
import static dev.optim.bilevel.GoldenMath.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.optim.GradientCheck;

/** Hypergradients of hyper-parameters: ridge, logistic regression, lasso. */
final class ImplicitGolden {

  private ImplicitGolden() {}

  static void replay(JsonNode json) {
    JsonNode data = json.get("data");
    double[][] train = matrix(data.get("X_train"));
    double[][] validation = matrix(data.get("X_val"));
    ridge(
        json.get("ridge"),
        train,
        vector(data.get("y_train")),
        validation,
        vector(data.get("y_val")));
    logistic(
        json.get("logistic"),
        train,
        vector(data.get("labels_train")),
        validation,
        vector(data.get("labels_val")));
    lasso(
        json.get("lasso_fixed_point"),
        train,
        vector(data.get("y_train")),
        validation,
        vector(data.get("y_val")));
  }

  private static void ridge(
      JsonNode expected, double[][] a, double[] b, double[][] av, double[] bv) {
    BilevelProblem problem = Regressions.ridge(a, b, av, bv);
    int m = a[0].length;
    ImplicitEquation equation = ImplicitEquation.optimality(problem);
    double[] theta = vector(expected.get("theta"));
    double[] w = new double[m];
    InnerSolver.newton(problem, 1e-14, 50).solve(theta, w);
    assertClose("w", w, vector(expected.get("w")));
    assertThat(problem.upper().value(theta, w))
        .isCloseTo(expected.get("outer_value").asDouble(), within(1e-12));

    double[] hypergradient = vector(expected.get("hypergradient"));
    for (AdjointSolver solver :
        new AdjointSolver[] {
          AdjointSolver.cg(1e-14, 50),
          AdjointSolver.minres(1e-14, 50),
          AdjointSolver.gmres(1e-14, 50),
          AdjointSolver.neumann(0.3, 400)
        }) {
      ImplicitGradient result =
          ImplicitGradient.at(problem.upper(), equation, solver, theta, w, new double[m]);
      assertClose("adjoint by " + solver, result.adjoint(), vector(expected.get("adjoint")));
      assertClose("hypergradient by " + solver, result.gradient(), hypergradient);
      assertThat(result.innerResidual()).isLessThan(1e-12);
      assertThat(result.adjointResidual()).isLessThan(1e-12);
    }

    double[] right = new double[m];
    problem.upper().gradientY(theta, w, right);
    double size = GoldenMath.distance(right, new double[m]);
    int steps = 0;
    for (JsonNode step : expected.get("cg_from_zero")) {
      ImplicitGradient result =
          ImplicitGradient.at(
              problem.upper(), equation, AdjointSolver.cg(0, ++steps), theta, w, new double[m]);
      assertClose("after " + steps, result.gradient(), vector(step.get("hypergrad")));
      assertThat(result.adjointResidual() * size)
          .isCloseTo(step.get("residual").asDouble(), within(1e-10));
    }
    BilevelProblem withoutCurvature =
        BilevelProblem.of(m, m).upper(problem.upper()).lower(problem.lower()).build();
    ImplicitGradient differences =
        ImplicitGradient.at(
            problem.upper(),
            ImplicitEquation.optimality(withoutCurvature),
            AdjointSolver.cg(1e-12, 50),
            theta,
            w,
            new double[m]);
    assertClose("by differences", differences.gradient(), hypergradient, 1e-8);
  }

  private static void logistic(
      JsonNode expected, double[][] a, double[] l, double[][] av, double[] lv) {
    BilevelProblem problem = Regressions.logistic(a, l, av, lv);
    int m = a[0].length;
    ImplicitObjective objective =
        new ImplicitObjective(
            problem,
            ImplicitEquation.optimality(problem),
            InnerSolver.newton(problem, 1e-14, 100),
            AdjointSolver.cg(1e-14, 100),
            new double[m],
            1e-9);
    double[] t = {expected.get("t").asDouble()};
    double[] gradient = new double[1];
    double value = objective.valueAndGradient(t, gradient);
    assertThat(value).isCloseTo(expected.get("outer_value").asDouble(), within(1e-12));
    assertClose("w", objective.lowerPoint(), vector(expected.get("w")));
    assertThat(gradient[0]).isCloseTo(expected.get("hypergradient").asDouble(), within(1e-8));
    GradientCheck.at(objective, t).orThrow(1e-8);
  }

  private static void lasso(
      JsonNode expected, double[][] a, double[] b, double[][] av, double[] bv) {
    Regressions.Lasso lasso = new Regressions.Lasso(a, b);
    int m = a[0].length;
    LevelObjective outer = Regressions.leastSquares(av, bv);
    double[] lambda = {expected.get("lam").asDouble()};
    double[] w = new double[m];
    InnerSolver.iterate(lasso, 1e-15, 100_000).solve(lambda, w);
    assertClose("w", w, vector(expected.get("w")));
    assertThat(outer.value(lambda, w))
        .isCloseTo(expected.get("outer_value").asDouble(), within(1e-12));
    double hypergradient = expected.get("hypergradient_wrt_lam").asDouble();
    for (AdjointSolver solver :
        new AdjointSolver[] {AdjointSolver.gmres(1e-14, 50), AdjointSolver.neumann(1, 2000)}) {
      ImplicitGradient result =
          ImplicitGradient.at(
              outer, ImplicitEquation.fixedPoint(lasso), solver, lambda, w, new double[m]);
      assertThat(result.gradient()[0]).isCloseTo(hypergradient, within(1e-9));
    }
  }
}
