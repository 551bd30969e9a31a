package dev.optim.zeroth;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How far ZO-RankSGD comes in 1000, 5000 and 20000 queries in 100 dimensions, against the table of
 * the reference: the mean over the seeds must not lie above the reference's by more than four of
 * its standard deviations. By default three seeds and 5000 queries; with {@code
 * -Dzeroth.success=full} all ten and 20000.
 */
class RankSuccessTest {

  private static final boolean FULL = System.getProperty("zeroth.success", "").equals("full");
  private static final JsonNode TABLE =
      Golden.read(
          Path.of(
              System.getProperty("golden.dir", "src/test/resources/golden"),
              "zeroth",
              "zo_rank_success.json"));

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

  @ParameterizedTest
  @MethodSource("entries")
  void comesAsFarAsTheReference(JsonNode entry) {
    Objective f = Functions.BY_NAME.get(entry.get("objective").asText());
    RankingOracle oracle = Rankings.byValue(f);
    double[] x0 = Golden.vector(TABLE.get("x0"));
    int[] budgets = FULL ? new int[] {1000, 5000, 20_000} : new int[] {1000, 5000};
    int seeds = FULL ? 10 : 3;
    double[] mean = new double[budgets.length];
    for (int seed = 0; seed < seeds; seed++) {
      Run run = method(entry).start(oracle, Start.at(x0), RandomStream.of(seed));
      for (int b = 0; b < budgets.length; b++) {
        while ((run.iterate().iteration() + 1) * queries(entry) <= budgets[b]) {
          run.advance();
        }
        mean[b] += f.value(run.iterate().point()) / seeds;
      }
    }

    for (int b = 0; b < budgets.length; b++) {
      String at = "f_at_" + budgets[b] + "_queries_";
      double reference = entry.get(at + "mean").asDouble();
      double spread = entry.get(at + "std").asDouble();
      assertThat(mean[b])
          .as("%s of %s %s", at, entry.get("method"), entry.get("stepsize"))
          .isLessThan(reference + 4 * spread);
    }
    if (FULL) {
      System.out.println(
          entry.get("objective")
              + " "
              + entry.get("method")
              + " "
              + entry.get("stepsize")
              + ": "
              + Arrays.toString(mean));
    }
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
