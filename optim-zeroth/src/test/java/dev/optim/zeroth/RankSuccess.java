package dev.optim.zeroth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.optim.Objective;
import dev.optim.RankingOracle;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.random.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How far ZO-RankSGD comes in 100 dimensions, and how far the reference came. */
final class RankSuccess {

  private static final JsonNode TABLE =
      Golden.read(
          Path.of(
              System.getProperty("golden.dir", "src/test/resources/golden"),
              "zeroth",
              "zo_rank_success.json"));

  private RankSuccess() {}

  /** The rows of the table that are of ZO-RankSGD, not of other methods. */
  static List<JsonNode> entries() {
    List<JsonNode> entries = new ArrayList<>();
    for (JsonNode entry : TABLE.get("entries")) {
      String method = entry.get("method").asText();
      if (method.startsWith("paper") || method.startsWith("official")) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** The values after each budget of queries, one row for each of the seeds 0, 1, 2, ... */
  static double[][] values(JsonNode entry, int seeds, int... budgets) {
    Objective f = Functions.BY_NAME.get(entry.get("objective").asText());
    RankingOracle oracle = Rankings.byValue(f);
    double[][] values = new double[seeds][budgets.length];
    for (int seed = 0; seed < seeds; seed++) {
      Start start = Start.at(Golden.vector(TABLE.get("x0")));
      Run run = method(entry).start(oracle, start, RandomStream.of(seed));
      for (int b = 0; b < budgets.length; b++) {
        while ((run.iterate().iteration() + 1) * queries(entry) <= budgets[b]) {
          run.advance();
        }
        values[seed][b] = f.value(run.iterate().point());
      }
    }
    return values;
  }

  static double reference(JsonNode entry, int budget, String statistic) {
    return entry.get("f_at_" + budget + "_queries_" + statistic).asDouble();
  }

  static double mean(double[][] values, int budget) {
    return Arrays.stream(values).mapToDouble(row -> row[budget]).average().orElseThrow();
  }

  /** The root of the mean squared deviation, as the reference's. */
  static double deviation(double[][] values, int budget) {
    double mean = mean(values, budget);
    return Math.sqrt(
        Arrays.stream(values)
            .mapToDouble(row -> (row[budget] - mean) * (row[budget] - mean))
            .average()
            .orElseThrow());
  }

  /** A line of the table: for each budget the reference's mean and deviation, and these. */
  static String line(JsonNode entry, double[][] values, int... budgets) {
    StringBuilder line = new StringBuilder("| " + name(entry));
    for (int b = 0; b < budgets.length; b++) {
      line.append(
          String.format(
              Locale.ROOT,
              " | %.3g +- %.2g, here %.3g +- %.2g",
              reference(entry, budgets[b], "mean"),
              reference(entry, budgets[b], "std"),
              mean(values, b),
              deviation(values, b)));
    }
    return line.append(" |").toString();
  }

  static String name(JsonNode entry) {
    return "%s, %s, step size %s"
        .formatted(
            entry.get("objective").asText(),
            entry.get("method").asText(),
            entry.get("stepsize").asText());
  }

  private static RankSgd method(JsonNode entry) {
    double step = entry.get("stepsize").asDouble();
    String method = entry.get("method").asText();
    int k = method.equals("paper_m15_k5") ? 5 : 15;
    RankingSteps steps =
        switch (method) {
          case "paper_m15_k15", "paper_m15_k5" -> RankingSteps.constant(step);
          case "paper_ls5_m15_k15_eta" -> new RankingSteps.LineSearch(step, 0.5, 6, false);
          case "official_ls5_m15_k15" -> RankingSteps.authorsCode(step, 5);
          default -> throw new IllegalStateException("unknown method " + method);
        };
    return new RankSgd(15, k, TABLE.get("mu").asDouble(), steps);
  }

  /** The reference counts the points whose values it did not know yet. */
  private static int queries(JsonNode entry) {
    return entry.get("method").asText().contains("ls5") ? 20 : 15;
  }
}
