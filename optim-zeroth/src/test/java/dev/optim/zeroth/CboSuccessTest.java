package dev.optim.zeroth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.optim.Minimizer;
import dev.optim.Objective;
import dev.optim.Result;
import dev.optim.Start;
import dev.optim.Stop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How often consensus-based optimisation finds the minimum, against the rates of CBXPy at the same
 * budget: a setting fails where so few successes have a chance below 1 in 1000 at the lower end of
 * the reference's 99 % interval. By default a twentieth of the reference's runs is made, with
 * {@code -Dzeroth.success=full} as many.
 */
class CboSuccessTest {

  private static final boolean FULL = System.getProperty("zeroth.success", "").equals("full");

  static List<JsonNode> settings() {
    Path file =
        Path.of(
            System.getProperty("golden.dir", "src/test/resources/golden"),
            "zeroth",
            "cbo_success_rates.json");
    List<JsonNode> settings = new ArrayList<>();
    Golden.read(file).get("entries").forEach(settings::add);
    return settings;
  }

  @ParameterizedTest
  @MethodSource("settings")
  void succeedsAsOftenAsTheReference(JsonNode setting) {
    int published = setting.get("M").asInt();
    int runs = FULL ? published : Math.max(3, published / 20);
    int successes = 0;
    for (int seed = 0; seed < runs; seed++) {
      successes += succeeds(setting, seed) ? 1 : 0;
    }
    double lower = setting.get("success_best_ci99_wilson").get(0).asDouble();

    if (FULL) {
      System.out.printf(
          "%s: %d of %d, reference %s%n",
          name(setting), successes, runs, setting.get("success_best"));
    }
    assertThat(atMost(successes, runs, lower)).as(name(setting)).isGreaterThan(1e-3);
  }

  private static boolean succeeds(JsonNode c, long seed) {
    int d = c.get("d").asInt();
    String name = c.get("objective").asText();
    Objective f = Functions.BY_NAME.get(name);
    Result result =
        Minimizer.until(Stop.iterations(c.get("max_it").asLong()))
            .seed(seed)
            .minimize(method(c), f, start(c.get("init").asText(), d));
    double minimizer = name.equals("rosenbrock") ? 1 : 0;
    for (double x : result.point()) {
      if (!(Math.abs(x - minimizer) < c.get("tol_inf").asDouble())) {
        return false;
      }
    }
    return true;
  }

  private static Cbo method(JsonNode c) {
    double sigma = c.get("sigma").asDouble();
    double alpha = c.get("alpha0").asDouble();
    Cbo cbo =
        Cbo.standard()
            .withParticles(c.get("N").asInt())
            .withTimeStep(c.get("dt").asDouble())
            .withDrift(Drift.linear(c.get("lambda_").asDouble()))
            .withNoise(
                c.get("noise").asText().equals("isotropic")
                    ? Noise.isotropic(sigma)
                    : Noise.anisotropic(sigma))
            .withAlpha(
                switch (c.get("alpha_schedule").asText()) {
                  case "default" -> Alpha.growing(alpha, 1.05, 1e5);
                  case "none" -> Alpha.constant(alpha);
                  case "ess0.3" -> Alpha.effectiveSampleSize(0.3);
                  default -> throw new IllegalStateException("unknown " + c.get("alpha_schedule"));
                });
    JsonNode batch = c.get("batch");
    return batch.isNull()
        ? cbo
        : cbo.withBatch(
            new MiniBatch(batch.get("size").asInt(), !batch.get("partial").asBoolean()));
  }

  private static Start start(String init, int d) {
    return switch (init) {
      case "uniform[-3,3]" -> Start.uniform(d, -3, 3);
      case "uniform[-2,2]" -> Start.uniform(d, -2, 2);
      case "uniform[-10,10]" -> Start.uniform(d, -10, 10);
      default -> {
        assertThat(init).isEqualTo("normal(mean 2, std 4)");
        double[] mean = new double[d];
        Arrays.fill(mean, 2);
        yield Start.gaussian(mean, 4);
      }
    };
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

  private static String name(JsonNode c) {
    return "%s d=%s N=%s %s sigma=%s alpha %s dt=%s"
        .formatted(
            c.get("objective").asText(),
            c.get("d"),
            c.get("N"),
            c.get("noise").asText(),
            c.get("sigma"),
            c.get("alpha_schedule").asText(),
            c.get("dt"));
  }
}
