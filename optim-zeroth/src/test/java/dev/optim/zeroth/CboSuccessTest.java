package dev.optim.zeroth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How often consensus-based optimisation finds the minimum, against the rates of CBXPy at the same
 * budget. By default a few runs, which fail a setting where so few successes have a chance below 1
 * in 1000 at the lower end of the reference's 99 % interval; with {@code -Dzeroth.success=full} the
 * whole study, in which no rate may lie below that.
 */
class CboSuccessTest {

  private static final boolean FULL = System.getProperty("zeroth.success", "").equals("full");

  static List<JsonNode> settings() {
    return CboSuccess.settings();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void succeedsAsOftenAsTheReference(JsonNode setting) {
    int runs = FULL ? CboSuccess.runs(setting) : Math.max(2, setting.get("M").asInt() / 33);
    int successes = CboSuccess.successes(setting, runs);
    double lower = CboSuccess.lowerEnd(setting);
    if (FULL) {
      System.out.println(CboSuccess.line(setting, successes, runs));
      assertThat((double) successes / runs)
          .as(CboSuccess.name(setting))
          .isGreaterThanOrEqualTo(lower);
    } else {
      assertThat(atMost(successes, runs, lower)).as(CboSuccess.name(setting)).isGreaterThan(1e-3);
    }
  }

  /** The chance of at most k successes in n runs, of probability p each. */
  private static double atMost(int k, int n, double p) {
    double chance = 0;
    double term = Math.pow(1 - p, n);
    for (int i = 0; i <= k; i++) {
      chance += term;
      term *= (n - i) * p / ((i + 1) * (1 - p));
    }
    return chance;
  }
}
