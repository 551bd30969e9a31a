package dev.optim.zeroth;

import static dev.optim.zeroth.Golden.close;
import static dev.optim.zeroth.Golden.indices;
import static dev.optim.zeroth.Golden.number;
import static dev.optim.zeroth.Golden.rows;
import static dev.optim.zeroth.Golden.vector;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Replays of ZO-RankSGD: the paper's recursion and the authors' code. */
final class RankReplays {

  private RankReplays() {}

  static void estimator(JsonNode file) {
    for (JsonNode c : file.get("cases")) {
      int m = c.get("m").asInt();
      int k = c.get("k").asInt();
      int[] best = indices(c.get("top_k"));
      int[][] levels = RankingEstimate.levels(best);
      double[] weights =
          Arrays.stream(RankingEstimate.weights(levels, m)).asDoubleStream().toArray();
      assertThat(weights).isEqualTo(vector(c.get("node_weights_in_minus_out")));
      assertThat(RankingEstimate.edges(levels, m)).isEqualTo(number(c.get("num_edges")));

      Recorded recorded = new Recorded(rows(c.get("perturbations")));
      double mu = number(c.get("official_code_mu"));
      double[] origin = new double[c.get("d").asInt()];
      AskRank paper =
          new AskRank(new RankSgd(m, k, mu, RankingSteps.constant(1)), origin.clone(), recorded);
      paper.tell(best);
      close("g", paper.direction(), vector(c.get("gradient_estimate_paper")), 1e-12);

      AskRank code =
          new AskRank(
              new RankSgd(m, k, mu, RankingSteps.authorsCode(1, 1)), origin.clone(), recorded);
      code.tell(best);
      close(
          "authors' direction",
          scaled(-mu, code.direction()),
          vector(c.get("official_code_descent_direction")),
          1e-12);
    }
  }

  static void paperTraces(JsonNode file) {
    for (JsonNode c : file.get("cases")) {
      double eta = number(c.get("eta"));
      JsonNode search = c.get("line_search");
      RankingSteps steps =
          search.isNull()
              ? RankingSteps.constant(eta)
              : new RankingSteps.LineSearch(
                  eta, number(search.get("gamma")), search.get("candidates").asInt(), false);
      List<double[]> xi = new ArrayList<>();
      for (JsonNode step : c.get("steps")) {
        xi.addAll(List.of(rows(step.get("xi"))));
      }
      int k = c.get("k").asInt();
      AskRank run =
          new AskRank(
              new RankSgd(c.get("m").asInt(), k, number(c.get("mu")), steps),
              vector(c.get("x0")),
              new Recorded(xi.toArray(double[][]::new)));
      for (JsonNode step : c.get("steps")) {
        assertThat(Rankings.byValue(Functions.BY_NAME.get(objective(c))).best(run.ask(), k))
            .isEqualTo(Arrays.copyOf(indices(step.get("order")), k));
        run.tell(Arrays.copyOf(indices(step.get("order")), k));
        close("g", run.direction(), vector(step.get("g")), 1e-12);
        if (!search.isNull()) {
          run.tell(new int[] {step.get("line_search_pick").asInt()});
        }
        close("x", run.iterate().point(), vector(step.get("x_next")), 1e-12);
      }
    }
  }

  static void officialTraces(JsonNode file) {
    for (JsonNode c : file.get("cases")) {
      double mu = number(c.get("mu"));
      double[] x = vector(c.get("x0"));
      List<double[]> xi = new ArrayList<>();
      for (JsonNode round : c.get("rounds")) {
        if (round.get("mode").asText().equals("grad_est")) {
          for (double[] query : rows(round.get("query_points"))) {
            double[] perturbation = new double[x.length];
            for (int i = 0; i < x.length; i++) {
              perturbation[i] = (query[i] - x[i]) / mu;
            }
            xi.add(perturbation);
          }
        }
        x = vector(round.get("best_code_after"));
      }
      AskRank run =
          new AskRank(
              new RankSgd(
                  c.get("m").asInt(),
                  c.get("k").asInt(),
                  mu,
                  RankingSteps.authorsCode(
                      number(c.get("stepsize")), c.get("line_search_candidates").asInt())),
              vector(c.get("x0")),
              new Recorded(xi.toArray(double[][]::new)));
      for (JsonNode round : c.get("rounds")) {
        close("query", run.ask(), rows(round.get("query_points")), 1e-12);
        run.tell(indices(round.get("ranking_0based")));
        if (round.get("mode").asText().equals("grad_est")) {
          double[] direction = scaled(-mu, run.direction());
          close("direction", direction, vector(round.get("search_direction_after")), 1e-12);
        }
        close("x", run.iterate().point(), vector(round.get("best_code_after")), 1e-12);
      }
    }
  }

  private static String objective(JsonNode c) {
    return c.get("objective").get("kind").asText().equals("x^T x") ? "sphere" : "rosenbrock";
  }

  private static double[] scaled(double factor, double[] x) {
    return Arrays.stream(x).map(v -> factor * v).toArray();
  }

  private record Recorded(double[][] xi) implements Perturbations {

    @Override
    public void copy(long index, double[] out) {
      System.arraycopy(xi[(int) index], 0, out, 0, out.length);
    }

    @Override
    public void save(CheckpointBuilder builder) {}

    @Override
    public Perturbations restored(Checkpoint saved) {
      return this;
    }
  }
}
