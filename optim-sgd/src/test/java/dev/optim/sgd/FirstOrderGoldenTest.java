package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.optim.schedule.Schedule;
import dev.optim.testing.FirstOrderGolden;
import dev.optim.testing.FirstOrderGolden.Rules;
import dev.optim.testing.GoldenFiles;
import dev.optim.update.UpdatePlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule replays what its authors' code, or torch.optim, made of recorded gradients. */
class FirstOrderGoldenTest {

  private static final GoldenFiles FILES = GoldenFiles.of("firstorder");

  private static final Map<String, Rules> RULES =
      Map.ofEntries(
          Map.entry("sgd", FirstOrderGoldenTest::sgd),
          Map.entry("sgd_momentum_dampening_wd", FirstOrderGoldenTest::sgd),
          Map.entry("sgd_nesterov", FirstOrderGoldenTest::sgd),
          Map.entry("adam", FirstOrderGoldenTest::adam),
          Map.entry("adamw", FirstOrderGoldenTest::adamW),
          Map.entry("lion", FirstOrderGoldenTest::lion));

  /** Still to come. */
  private static final Set<String> MISSING =
      Set.of(
          "adadelta",
          "adagrad",
          "adamax",
          "adamp",
          "amsgrad",
          "diffgrad",
          "diffgrad_v1_aliased",
          "lion_cautious",
          "lion_decoupled",
          "lion_k",
          "nadam",
          "radam",
          "rmsprop",
          "rmsprop_centered_momentum",
          "sgdp");

  static List<Path> files() {
    return FILES.all();
  }

  @AfterAll
  static void report() {
    FILES.report();
  }

  @ParameterizedTest
  @MethodSource("files")
  void replays(Path file) {
    JsonNode json = FirstOrderGolden.read(file);
    assumeFalse(json.get("schema").asText().equals("firstorder-analytic/1"));
    FirstOrderGolden golden = FirstOrderGolden.of(json);
    assumeFalse(MISSING.contains(golden.algorithm()));
    assertThat(RULES.keySet()).as("kinds of golden files").contains(golden.algorithm());

    UpdatePlan plan = golden.plan(RULES.get(golden.algorithm()));

    assertThat(golden.deviationOfDoubles(plan)).isLessThan(1e-12);
    assertThat(golden.deviationOfDoubleBuffers(plan)).isLessThan(1e-12);
    assertThat(golden.deviationOfFloats(plan)).isLessThan(1e-4);
    assertThat(golden.deviationOfFloatBuffers(plan)).isLessThan(1e-4);
    FILES.replayed(file);
  }

  private static Sgd sgd(JsonNode hyper, Schedule stepSize) {
    return new Sgd(
        stepSize,
        number(hyper, "momentum"),
        number(hyper, "dampening"),
        number(hyper, "weight_decay"),
        hyper.get("nesterov").asBoolean());
  }

  private static Adam adam(JsonNode hyper, Schedule stepSize) {
    return new Adam(
        stepSize,
        beta(hyper, 0),
        beta(hyper, 1),
        number(hyper, "eps"),
        number(hyper, "weight_decay"));
  }

  private static AdamW adamW(JsonNode hyper, Schedule stepSize) {
    return new AdamW(
        stepSize,
        beta(hyper, 0),
        beta(hyper, 1),
        number(hyper, "eps"),
        number(hyper, "weight_decay"));
  }

  private static Lion lion(JsonNode hyper, Schedule stepSize) {
    return new Lion(stepSize, beta(hyper, 0), beta(hyper, 1), number(hyper, "weight_decay"));
  }

  private static double number(JsonNode hyper, String name) {
    return hyper.get(name).asDouble();
  }

  private static double beta(JsonNode hyper, int which) {
    return hyper.get("betas").get(which).asDouble();
  }
}
