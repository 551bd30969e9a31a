package dev.optim.bilevel;

import static dev.optim.bilevel.GoldenMath.assertClose;
import static dev.optim.bilevel.GoldenMath.filled;
import static dev.optim.bilevel.GoldenMath.join;
import static dev.optim.bilevel.GoldenMath.matrix;
import static dev.optim.bilevel.GoldenMath.times;
import static dev.optim.bilevel.GoldenMath.transposedTimes;
import static dev.optim.bilevel.GoldenMath.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.geometry.ConvexSet;
import dev.optim.random.RandomStream;
import java.util.Arrays;

/** The traces of LV-HBA. */
final class LvHbaGolden {

  private LvHbaGolden() {}

  /** "c*(k+1)^p". */
  private static LvHba method(JsonNode params, double r) {
    String[] c = params.get("c_k").asText().split(",")[0].split("\\*?\\(k\\+1\\)\\^");
    double penalty = c[0].isEmpty() ? 1 : Double.parseDouble(c[0]);
    return new LvHba(
        params.get("alpha").asDouble(),
        params.get("beta").asDouble(),
        params.get("eta").asDouble(),
        params.get("gamma1").asDouble(),
        params.get("gamma2").asDouble(),
        penalty,
        Double.parseDouble(c[1].trim()),
        r,
        false);
  }

  private static Run run(LvHba method, BilevelProblem problem, double[] start) {
    return method.start(problem, Start.at(start), RandomStream.of(0));
  }

  private static double[] state(Run run) {
    return run.checkpoint().doubles("state");
  }

  static void llc(JsonNode json) {
    int n = json.get("problem").get("n").asInt();
    JsonNode params = json.get("params");
    LvHba method = method(params, params.get("u").asDouble());
    double[] start =
        ToyProblems.llcStart(
            n,
            params.get("start").asDouble(),
            params.get("lambda0").asDouble(),
            params.get("z0").asDouble());
    Run run = run(method, ToyProblems.llc(n), start);
    for (JsonNode iterate : json.get("iterates_after_update")) {
      run.advance();
      double[] s = state(run);
      double[] v = vector(iterate);
      double[] expected =
          join(
              filled(n, v[3]),
              filled(n, v[4]),
              filled(n, v[5]),
              filled(n, v[0]),
              filled(n, v[1]),
              new double[] {v[2], v[6]});
      assertClose("iterate " + run.iterate().iteration(), s, expected);
    }
    double[] optimum = filled(n, -0.3);
    JsonNode errors = json.get("rel_err_x");
    boolean convergent = method.gamma2() < 1;
    for (int k = 51; k <= (convergent ? json.get("final").get("iterations").asInt() : 100); k++) {
      run.advance();
      if (errors.has("" + k)) {
        double error = GoldenMath.relativeError(Arrays.copyOf(state(run), n), optimum);
        assertThat(error).isCloseTo(errors.get("" + k).asDouble(), within(1e-5));
      }
    }
    assertThat(run.iterate().metric(BilevelMetrics.INFEASIBILITY)).isLessThan(1e-10 * n);
    if (convergent) {
      assertThat(run.iterate().metric(BilevelMetrics.UPPER_VALUE))
          .isCloseTo(json.get("final").get("F").asDouble(), within(1e-6 * n));
      assertThat(run.iterate().metric(BilevelMetrics.GAP)).isBetween(-1e-6 * n, 1e-3 * n);
    }
  }

  static void inequality(JsonNode json) {
    JsonNode p = json.get("problem");
    JsonNode params = json.get("params");
    double[][] q = matrix(p.get("Q"));
    double[][] cross = matrix(p.get("M"));
    double[] linear = vector(p.get("q"));
    double[] a = vector(p.get("a"));
    double[] b = vector(p.get("b"));
    double[] xBox = vector(p.get("X"));
    double[] yBox = vector(p.get("Y"));
    int n = a.length;
    int m = b.length;
    BilevelProblem problem =
        BilevelProblem.of(n, m)
            .upper(Quadratics.squaredDistance(a, 1, b))
            .lower(Quadratics.of(q, cross, linear))
            .upperBox(filled(n, xBox[0]), filled(n, xBox[1]))
            .lowerBox(filled(m, yBox[0]), filled(m, yBox[1]))
            .coupling(
                LinearCoupling.atMost(matrix(p.get("Gx")), matrix(p.get("Gy")), vector(p.get("h"))))
            .checkGradients(filled(n, 0.3), filled(m, -0.2), 1e-6)
            .build();
    LvHba method = method(params, params.get("r").asDouble());
    Run run = run(method, problem, new double[n + m]);
    for (JsonNode iterate : json.get("iterates_after_update")) {
      run.advance();
      double[] expected = new double[0];
      for (String block : new String[] {"x", "y", "theta", "lam", "z"}) {
        expected = join(expected, vector(iterate.get(block)));
      }
      assertClose("iterate " + run.iterate().iteration(), state(run), expected);
    }
    int last = json.get("final").get("k").asInt();
    while (run.iterate().iteration() < last) {
      run.advance();
    }
    JsonNode end = json.get("final");
    double[] expected = join(vector(end.get("x")), vector(end.get("y")));
    assertClose("final", run.iterate().point(), expected, 1e-7);
    JsonNode best = json.get("optimum");
    double[] optimum = join(vector(best.get("x")), vector(best.get("y")));
    assertThat(GoldenMath.relativeError(run.iterate().point(), optimum)).isLessThan(0.011);
    assertThat(run.iterate().metric(BilevelMetrics.INFEASIBILITY)).isLessThan(1e-10);
  }

  static void llsc(JsonNode json) {
    JsonNode p = json.get("problem");
    int n = p.get("n").asInt();
    int rows = p.get("p").asInt();
    double[][] a = matrix(vector(p.get("A")), rows);
    double[][] h = matrix(vector(p.get("H")), rows);
    double[][] b = matrix(vector(p.get("B")), p.get("B_rows").asInt());
    double[] c = vector(p.get("c"));
    double[] d = vector(p.get("d"));
    double[][] inverse = GoldenMath.pseudoInverse(a);

    double[][] joint = new double[rows + b.length][2 * n];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(h[i], 0, joint[i], 0, n);
      System.arraycopy(a[i], 0, joint[i], n, n);
    }
    for (int i = 0; i < b.length; i++) {
      System.arraycopy(b[i], 0, joint[rows + i], 0, n);
    }
    double[][] minusInverseH = new double[n][n];
    for (int i = 0; i < n; i++) {
      double[] row = transposedTimes(h, inverse[i]);
      for (int j = 0; j < n; j++) {
        minusInverseH[i][j] = -row[j];
      }
    }
    LevelObjective upper = Quadratics.sineAndLogarithm(c, d);
    BilevelProblem problem =
        BilevelProblem.of(n, n)
            .upper(firstGradientThrough(upper, minusInverseH))
            .lower(Quadratics.halfSquaredDifference())
            .coupling(LinearCoupling.equal(h, a, new double[rows]))
            .jointSet(ConvexSet.affine(joint, new double[joint.length]))
            .innerProjection(
                (x, theta) -> {
                  double[] residual = times(a, theta);
                  double[] hx = times(h, x);
                  for (int i = 0; i < rows; i++) {
                    residual[i] += hx[i];
                  }
                  double[] correction = times(inverse, residual);
                  for (int i = 0; i < n; i++) {
                    theta[i] -= correction[i];
                  }
                })
            .build();
    JsonNode init = json.get("init");
    double[] zero = new double[rows];
    double[] start =
        join(vector(init.get("x")), vector(init.get("y")), vector(init.get("theta")), zero, zero);
    LvHba method = method(json.get("params"), Double.POSITIVE_INFINITY).withFeasibleTheta();
    Run run = run(method, problem, start);
    JsonNode iterates = json.get("iterates");
    JsonNode values = json.get("F_per_iteration_1_to_60");
    for (int k = 1; k <= 60; k++) {
      run.advance();
      if (iterates.has("" + k)) {
        JsonNode iterate = iterates.get("" + k);
        double[] s = state(run);
        int at = 0;
        for (String name : new String[] {"x", "y", "theta", "lam", "z"}) {
          double[] expected = vector(iterate.get(name));
          double[] actual = Arrays.copyOfRange(s, at, at + expected.length);
          assertClose(name + " of iterate " + k, actual, expected);
          at += expected.length;
        }
      }
      assertThat(run.iterate().metric(BilevelMetrics.UPPER_VALUE))
          .isCloseTo(values.get(k - 1).asDouble(), within(1e-10));
    }
  }

  /**
   * The authors' code lets automatic differentiation run through y0 = P(x0) in its first iteration:
   * its first gradient with respect to x has the extra term dy0/dx' F_y.
   */
  private static LevelObjective firstGradientThrough(LevelObjective upper, double[][] derivative) {
    boolean[] first = {true};
    return LevelObjective.of(
        upper::value,
        (x, y, out) -> {
          upper.gradientX(x, y, out);
          if (first[0]) {
            first[0] = false;
            double[] gy = new double[y.length];
            upper.gradientY(x, y, gy);
            double[] extra = transposedTimes(derivative, gy);
            for (int i = 0; i < extra.length; i++) {
              out[i] += extra[i];
            }
          }
        },
        upper::gradientY);
  }
}
