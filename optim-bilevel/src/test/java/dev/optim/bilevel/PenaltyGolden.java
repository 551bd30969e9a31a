package dev.optim.bilevel;

import static dev.optim.bilevel.GoldenMath.assertClose;
import static dev.optim.bilevel.GoldenMath.distance;
import static dev.optim.bilevel.GoldenMath.filled;
import static dev.optim.bilevel.GoldenMath.matrix;
import static dev.optim.bilevel.GoldenMath.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.random.RandomStream;
import dev.optim.schedule.Schedule;
import java.util.Arrays;

/** The traces and closed forms of the first-order penalty method. */
final class PenaltyGolden {

  private final JsonNode json;
  private final double[][] a;
  private final double[][] b;
  private final double[] upperX;
  private final double[] upperY;
  private final double weight;
  private final double[] optimum;
  private final BilevelProblem problem;
  private final int n;
  private final int m;

  private PenaltyGolden(JsonNode json) {
    this.json = json;
    JsonNode p = json.get("problem");
    a = matrix(p.get("A"));
    b = matrix(p.get("B"));
    upperX = vector(p.get("a"));
    upperY = vector(p.get("b"));
    weight = p.get("rho_x").asDouble();
    n = upperX.length;
    m = upperY.length;
    double[] box = vector(p.get("X"));
    optimum = vector(json.get("optimum").get("x"));
    problem =
        BilevelProblem.of(n, m)
            .upper(Quadratics.squaredDistance(upperX, weight, upperY))
            .lower(Quadratics.leastSquares(a, b))
            .upperBox(filled(n, box[0]), filled(n, box[1]))
            .checkGradients(filled(n, 0.3), filled(m, -0.2), 1e-6)
            .build();
  }

  static void replay(JsonNode json) {
    PenaltyGolden golden = new PenaltyGolden(json);
    JsonNode fixed = json.get("double_loop_fixed_sigma");
    golden.loop(fixed, Sigma.fixed(fixed.get("sigma0").asDouble()));
    JsonNode decreasing = json.get("double_loop_decreasing_sigma");
    golden.loop(decreasing, Sigma.decreasing(decreasing.get("sigma0").asDouble(), 1.0 / 3));
    JsonNode single = json.get("single_loop_fixed_sigma");
    golden.loop(single, Sigma.fixed(single.get("sigma0").asDouble()));
    golden.multiplier(json.get("f2sa_multiplier_form"));
    golden.momentum(json.get("single_loop_momentum_stored_noise"));
    golden.sigmaLaw(json.get("sigma_table"));
  }

  private Run run(PenaltyMethod method) {
    return method.start(problem, Start.at(new double[n]), RandomStream.of(0));
  }

  private void loop(JsonNode expected, Schedule sigma) {
    PenaltyMethod method =
        PenaltyMethod.doubleLoop(
                expected.get("alpha").asDouble(), expected.get("gamma").asDouble(), sigma)
            .withInnerSteps(expected.get("T").asInt());
    PenaltyRun run = (PenaltyRun) run(method);
    for (JsonNode iterate : expected.get("iterates")) {
      run.advance();
      check(run, iterate);
    }
    JsonNode errors = expected.get("rel_err_x");
    for (int k = 51; k <= 2000; k++) {
      run.advance();
      if (errors.has("" + k)) {
        double distance = distance(Arrays.copyOf(run.point(), n), optimum);
        double error = distance / Math.max(1, distance(optimum, new double[n]));
        assertThat(error).isCloseTo(errors.get("" + k).asDouble(), within(1e-8));
      }
    }
  }

  private void check(PenaltyRun run, JsonNode iterate) {
    String at = " of iterate " + run.iteration();
    double[] point = run.point();
    assertClose("x" + at, Arrays.copyOf(point, n), vector(iterate.get("x")));
    assertClose("y" + at, Arrays.copyOfRange(point, n, n + m), vector(iterate.get("y")));
    assertClose("z" + at, run.lowerPoint(), vector(iterate.get("z")));
  }

  private void multiplier(JsonNode expected) {
    PenaltyMethod method =
        PenaltyMethod.f2sa(
                expected.get("xi_alpha_x").asDouble(),
                expected.get("gamma").asDouble(),
                expected.get("lambda0").asDouble(),
                expected.get("delta").asDouble())
            .withInnerSteps(expected.get("T").asInt());
    PenaltyRun run = (PenaltyRun) run(method);
    for (JsonNode iterate : expected.get("iterates")) {
      run.advance();
      check(run, iterate);
    }
  }

  /** The noise of iteration k is what a batch with the index k adds to the gradients. */
  private void momentum(JsonNode expected) {
    double[][][] noise = new double[expected.get("noise").size()][][];
    for (int k = 0; k < noise.length; k++) {
      noise[k] = matrix(expected.get("noise").get(k));
    }
    BilevelProblem noisy =
        BilevelProblem.of(n, m)
            .upper(new Noisy(problem.upper(), noise, 2, 1))
            .lower(new Noisy(problem.lower(), noise, -1, 0))
            .upperBox(filled(n, -5), filled(n, 5))
            .build();
    PenaltyMethod method =
        PenaltyMethod.singleLoop(
            expected.get("alpha").asDouble(),
            expected.get("gamma").asDouble(),
            Sigma.fixed(expected.get("sigma").asDouble()),
            expected.get("eta").asDouble());
    Batches inOrder = k -> new int[] {(int) k};
    PenaltyRun run = new PenaltyRun(method, noisy, new double[n], inOrder, inOrder);
    for (JsonNode iterate : expected.get("iterates")) {
      run.advance();
      check(run, iterate);
    }
  }

  /** Where the method with fixed sigma comes to rest is the closed form's x_sigma. */
  private void sigmaLaw(JsonNode table) {
    double[] logs = new double[table.size()];
    double[] distances = new double[table.size()];
    for (int i = 0; i < table.size(); i++) {
      JsonNode row = table.get(i);
      double sigma = row.get("sigma").asDouble();
      logs[i] = StrictMath.log(sigma);
      distances[i] = StrictMath.log(row.get("dist_to_x_opt").asDouble());
      assertThat(row.get("psi_sigma").asDouble())
          .isLessThanOrEqualTo(row.get("psi_at_same_x").asDouble());
      if (sigma >= 0.1 && m == 8) {
        // slow for small sigma: the steps of x are of the order of sigma
        PenaltyMethod method =
            PenaltyMethod.doubleLoop(0.05, 0.1, Sigma.fixed(sigma)).withInnerSteps(20);
        Run run = run(method);
        for (int k = 0; k < 4000; k++) {
          run.advance();
        }
        double[] x = Arrays.copyOf(run.iterate().point(), n);
        assertClose("x_sigma of " + sigma, x, vector(row.get("x_sigma")), 1e-8);
      }
    }
    int last = table.size() - 1;
    double slope = (distances[last] - distances[last - 1]) / (logs[last] - logs[last - 1]);
    assertThat(slope).isCloseTo(1, within(0.05));
  }

  /** A level whose gradients over the batch {k} carry the noise of iteration k. */
  private record Noisy(LevelObjective exact, double[][][] noise, int rowX, int rowY)
      implements LevelSum {

    @Override
    public int terms() {
      return noise.length;
    }

    @Override
    public double value(double[] x, double[] y) {
      return exact.value(x, y);
    }

    @Override
    public void gradientX(double[] x, double[] y, double[] out) {
      exact.gradientX(x, y, out);
    }

    @Override
    public void gradientY(double[] x, double[] y, double[] out) {
      exact.gradientY(x, y, out);
    }

    @Override
    public void gradientX(double[] x, double[] y, int[] batch, double[] out) {
      exact.gradientX(x, y, out);
      add(rowX, batch, out);
    }

    @Override
    public void gradientY(double[] x, double[] y, int[] batch, double[] out) {
      exact.gradientY(x, y, out);
      add(rowY, batch, out);
    }

    private void add(int row, int[] batch, double[] out) {
      for (int i = 0; i < out.length && row >= 0; i++) {
        out[i] += noise[batch[0]][row][i];
      }
    }
  }
}
