package dev.optim.sgd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.optim.schedule.Schedule;
import dev.optim.testing.FirstOrderGolden;
import dev.optim.testing.FirstOrderGolden.Rules;
import dev.optim.testing.GoldenFiles;
import dev.optim.update.UpdatePlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule replays what its authors' code, or torch.optim, made of recorded gradients. */
class FirstOrderGoldenTest {

  private static final GoldenFiles FILES = GoldenFiles.of("firstorder", 63);

  private static final Map<String, Rules> RULES =
      Map.ofEntries(
          Map.entry("sgd", FirstOrderGoldenTest::sgd),
          Map.entry("sgd_momentum_dampening_wd", FirstOrderGoldenTest::sgd),
          Map.entry("sgd_nesterov", FirstOrderGoldenTest::sgd),
          Map.entry("adam", FirstOrderGoldenTest::adam),
          Map.entry("adamw", FirstOrderGoldenTest::adamW),
          Map.entry("amsgrad", FirstOrderGoldenTest::amsGrad),
          Map.entry("adamax", FirstOrderGoldenTest::adaMax),
          Map.entry("rmsprop", FirstOrderGoldenTest::rmsProp),
          Map.entry("rmsprop_centered_momentum", FirstOrderGoldenTest::rmsProp),
          Map.entry("adagrad", FirstOrderGoldenTest::adaGrad),
          Map.entry("adadelta", FirstOrderGoldenTest::adaDelta),
          Map.entry("nadam", FirstOrderGoldenTest::nAdam),
          Map.entry("radam", FirstOrderGoldenTest::rAdam),
          Map.entry("diffgrad", FirstOrderGoldenTest::diffGrad),
          Map.entry("adamp", FirstOrderGoldenTest::adamP),
          Map.entry("sgdp", FirstOrderGoldenTest::sgdP),
          Map.entry("lion", FirstOrderGoldenTest::lion),
          Map.entry("lion_cautious", FirstOrderGoldenTest::cautiousLion),
          Map.entry("lion_decoupled", FirstOrderGoldenTest::lionWithDecayPerStep),
          Map.entry("lion_k", FirstOrderGoldenTest::lionK));

  /** What the first version of the authors' diffGrad did: kept a reference to the gradient. */
  private static final String WRONG = "diffgrad_v1_aliased";

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
    if (json.get("schema").asText().equals("firstorder-analytic/1")) {
      replaysAnalytic(json);
      FILES.replayed(file);
      return;
    }
    FirstOrderGolden golden = FirstOrderGolden.of(json);
    if (golden.algorithm().equals(WRONG)) {
      UpdatePlan plan = golden.plan(FirstOrderGoldenTest::diffGrad);
      assertThat(golden.deviationOfDoubles(plan)).isGreaterThan(0.01);
      FILES.replayed(file);
      return;
    }
    assertThat(RULES.keySet()).as("kinds of golden files").contains(golden.algorithm());

    UpdatePlan plan = golden.plan(RULES.get(golden.algorithm()));

    assertThat(golden.deviationOfDoubles(plan)).isLessThan(1e-12);
    assertThat(golden.deviationOfDoubleBuffers(plan)).isLessThan(1e-12);
    assertThat(golden.deviationOfFloats(plan)).isLessThan(1e-4);
    assertThat(golden.deviationOfFloatBuffers(plan)).isLessThan(1e-4);
    double[] uninterrupted = golden.endResumed(plan, -1);
    for (int step = 1; step < golden.steps(); step += 5) {
      assertThat(golden.endResumed(plan, step)).isEqualTo(uninterrupted);
    }
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

  private static AmsGrad amsGrad(JsonNode hyper, Schedule stepSize) {
    return AmsGrad.defaults()
        .withStepSize(stepSize)
        .withBetas(beta(hyper, 0), beta(hyper, 1))
        .withEpsilon(number(hyper, "eps"))
        .withWeightDecay(number(hyper, "weight_decay"));
  }

  private static AdaMax adaMax(JsonNode hyper, Schedule stepSize) {
    return AdaMax.defaults()
        .withStepSize(stepSize)
        .withBetas(beta(hyper, 0), beta(hyper, 1))
        .withEpsilon(number(hyper, "eps"))
        .withWeightDecay(number(hyper, "weight_decay"));
  }

  private static RmsProp rmsProp(JsonNode hyper, Schedule stepSize) {
    return RmsProp.defaults()
        .withStepSize(stepSize)
        .withAlpha(number(hyper, "alpha"))
        .withEpsilon(number(hyper, "eps"))
        .withMomentum(number(hyper, "momentum"))
        .withCentred(hyper.get("centered").asBoolean())
        .withWeightDecay(number(hyper, "weight_decay"));
  }

  private static AdaGrad adaGrad(JsonNode hyper, Schedule stepSize) {
    return AdaGrad.defaults()
        .withStepSize(stepSize)
        .withStepDecay(number(hyper, "lr_decay"))
        .withInitialSum(number(hyper, "initial_accumulator_value"))
        .withEpsilon(number(hyper, "eps"))
        .withWeightDecay(number(hyper, "weight_decay"));
  }

  private static AdaDelta adaDelta(JsonNode hyper, Schedule stepSize) {
    return AdaDelta.defaults()
        .withStepSize(stepSize)
        .withRho(number(hyper, "rho"))
        .withEpsilon(number(hyper, "eps"))
        .withWeightDecay(number(hyper, "weight_decay"));
  }

  private static NAdam nAdam(JsonNode hyper, Schedule stepSize) {
    return NAdam.defaults()
        .withStepSize(stepSize)
        .withBetas(beta(hyper, 0), beta(hyper, 1))
        .withEpsilon(number(hyper, "eps"))
        .withMomentumDecay(number(hyper, "momentum_decay"))
        .withWeightDecay(number(hyper, "weight_decay"))
        .withForm(Form.REFERENCE_CODE);
  }

  private static RAdam rAdam(JsonNode hyper, Schedule stepSize) {
    return RAdam.defaults()
        .withStepSize(stepSize)
        .withBetas(beta(hyper, 0), beta(hyper, 1))
        .withEpsilon(number(hyper, "eps"))
        .withWeightDecay(number(hyper, "weight_decay"));
  }

  private static DiffGrad diffGrad(JsonNode hyper, Schedule stepSize) {
    return DiffGrad.defaults()
        .withStepSize(stepSize)
        .withBetas(beta(hyper, 0), beta(hyper, 1))
        .withEpsilon(number(hyper, "eps"))
        .withWeightDecay(hyper.path("weight_decay").asDouble(0))
        .withForm(Form.REFERENCE_CODE);
  }

  private static AdamP adamP(JsonNode hyper, Schedule stepSize) {
    return AdamP.defaults()
        .withStepSize(stepSize)
        .withBetas(beta(hyper, 0), beta(hyper, 1))
        .withEpsilon(number(hyper, "eps"))
        .withWeightDecay(number(hyper, "weight_decay"))
        .withProjection(number(hyper, "delta"), number(hyper, "wd_ratio"))
        .withNesterov(hyper.get("nesterov").asBoolean());
  }

  private static SgdP sgdP(JsonNode hyper, Schedule stepSize) {
    return SgdP.of(0)
        .withStepSize(stepSize)
        .withMomentum(number(hyper, "momentum"))
        .withDampening(number(hyper, "dampening"))
        .withNesterov(hyper.get("nesterov").asBoolean())
        .withWeightDecay(number(hyper, "weight_decay"))
        .withEpsilon(number(hyper, "eps"))
        .withProjection(number(hyper, "delta"), number(hyper, "wd_ratio"))
        .withForm(Form.REFERENCE_CODE);
  }

  private static Lion lion(JsonNode hyper, Schedule stepSize) {
    return Lion.defaults()
        .withStepSize(stepSize)
        .withBetas(beta(hyper, 0), beta(hyper, 1))
        .withWeightDecay(number(hyper, "weight_decay"));
  }

  private static Lion cautiousLion(JsonNode hyper, Schedule stepSize) {
    return lion(hyper, stepSize).withCautiousFactor(number(hyper, "cautious_factor"));
  }

  private static Lion lionWithDecayPerStep(JsonNode hyper, Schedule stepSize) {
    return lion(hyper, stepSize)
        .withWeightDecayPerStep(number(hyper, "weight_decay"), number(hyper, "lr"));
  }

  private static LionK lionK(JsonNode hyper, Schedule stepSize) {
    return LionK.of(0, kappa(hyper.get("kappa")))
        .withStepSize(stepSize)
        .withBetas(beta(hyper, 0), beta(hyper, 1))
        .withWeightDecay(number(hyper, "weight_decay"));
  }

  private static Kappa kappa(JsonNode kappa) {
    return switch (kappa.get("type").asText()) {
      case "l1" -> new Kappas.L1();
      case "l2" -> new Kappas.L2();
      case "lp" -> new Kappas.Lp(number(kappa, "p"));
      case "linf" -> new Kappas.LInfinity();
      case "half_sq_l2" -> new Kappas.HalfSquaredL2();
      case "huber" -> new Kappas.Huber(number(kappa, "e"));
      case "deadzone" -> new Kappas.DeadZone(number(kappa, "e"));
      case "topk" -> new Kappas.TopK(kappa.get("k").asInt());
      case "pseudo_huber" -> new Kappas.PseudoHuber(number(kappa, "e"));
      case "logcosh" -> new Kappas.LogCosh(number(kappa, "e"));
      case "group_l2" -> new Kappas.GroupL2();
      case "nuclear" -> new Kappas.Nuclear();
      default -> throw new IllegalArgumentException("unknown kappa " + kappa);
    };
  }

  /**
   * The paper's one-dimensional functions, closed loop: Adam gets stuck where diffGrad does not.
   */
  private static void replaysAnalytic(JsonNode json) {
    JsonNode hyper = json.get("hyper");
    Schedule stepSize = Schedule.constant(number(hyper, "lr"));
    DiffGrad diffGrad = diffGrad(hyper, stepSize).withForm(Form.PAPER);
    InsideRoot adam =
        new InsideRoot(stepSize, beta(hyper, 0), beta(hyper, 1), number(hyper, "eps"));
    for (PaperFunction function : PaperFunction.values()) {
      JsonNode recorded = json.get("trajectory").get(function.key());
      assertThat(function.deviation(diffGrad, recorded.get("diffgrad"))).isLessThan(1e-12);
      assertThat(function.deviation(adam, recorded.get("adam"))).isLessThan(1e-12);
    }
    assertThat(json.get("trajectory").size()).isEqualTo(PaperFunction.values().length);
  }

  private static double number(JsonNode hyper, String name) {
    return hyper.get(name).asDouble();
  }

  private static double beta(JsonNode hyper, int which) {
    return hyper.get("betas").get(which).asDouble();
  }
}
