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
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * How often consensus-based optimisation finds the minimum in each of the settings whose rates the
 * reference code was measured for, at the same budget. The full study makes as many runs as the
 * reference, five times as many in up to four dimensions or where it failed in more than a tenth of
 * them, twenty times as many where it succeeded rarely, and prints a table:
 *
 * <pre>mvn -q -pl optim-zeroth -am test -Dtest=CboSuccessTest -Dzeroth.success=full</pre>
 */
final class CboSuccess {

  private CboSuccess() {}

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

  /** The runs it takes to tell a rate: more where success is rare or uncertain, or a run cheap. */
  static int runs(JsonNode setting) {
    int published = setting.get("M").asInt();
    double rate = setting.get("success_best").asDouble();
    if (rate < 0.15) {
      return 20 * published;
    }
    return rate < 0.9 || setting.get("d").asInt() <= 4 ? 5 * published : published;
  }

  /** Successes from seeds 0, 1, 2, ... */
  static int successes(JsonNode setting, int runs) {
    return (int)
        LongStream.range(0, runs).parallel().filter(seed -> succeeds(setting, seed)).count();
  }

  static double lowerEnd(JsonNode setting) {
    double end = setting.get("success_best_ci99_wilson").get(0).asDouble();
    return end < 1e-9 ? 0 : end; // what is recorded was computed with rounding errors
  }

  /** A line of the table. */
  static String line(JsonNode setting, int successes, int runs) {
    return String.format(
        Locale.ROOT,
        "| %s | %.4f | %.4f | %.4f (%d of %d) |",
        name(setting),
        setting.get("success_best").asDouble(),
        lowerEnd(setting),
        (double) successes / runs,
        successes,
        runs);
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

  static String name(JsonNode c) {
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
