package dev.optim.zeroth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How far ZO-RankSGD comes, against the table of the reference. By default with three seeds in 1000
 * and 5000 queries, of which the mean must not lie above the reference's by more than four of its
 * standard deviations; with {@code -Dzeroth.success=full} forty seeds (the reference has ten, whose
 * own mean is off by a third of a deviation) and 20000 queries, and one and a half of them.
 */
class RankSuccessTest {

  private static final boolean FULL = System.getProperty("zeroth.success", "").equals("full");

  static List<JsonNode> entries() {
    return RankSuccess.entries();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void comesAsFarAsTheReference(JsonNode entry) {
    int[] budgets = FULL ? new int[] {1000, 5000, 20_000} : new int[] {1000, 5000};
    int seeds = FULL ? 40 : 3;
    double[][] values = RankSuccess.values(entry, seeds, budgets);
    if (FULL) {
      System.out.println(RankSuccess.line(entry, values, budgets));
    }
    for (int b = 0; b < budgets.length; b++) {
      double spread = RankSuccess.reference(entry, budgets[b], "std");
      assertThat(RankSuccess.mean(values, b))
          .as("%s after %d queries", RankSuccess.name(entry), budgets[b])
          .isLessThan(RankSuccess.reference(entry, budgets[b], "mean") + (FULL ? 1.5 : 4) * spread);
    }
  }
}
