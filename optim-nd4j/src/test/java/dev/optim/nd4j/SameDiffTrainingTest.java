package dev.optim.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.optim.sgd.AdamP;
import dev.optim.sgd.AdamW;
import dev.optim.sgd.Lion;
import dev.optim.sgd.NAdam;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Rules inside SameDiff's own training. */
class SameDiffTrainingTest {

  private static final INDArray FEATURES = SameDiffTest.gaussian(1, 12, 3);
  private static final INDArray TARGETS = SameDiffTest.gaussian(2, 12, 2);

  static List<UpdateRule> rules() {
    return List.of(
        Lion.of(0.01),
        NAdam.of(0.01),
        AdamW.of(0.01).withWeightDecay(0.1),
        AdamP.of(0.01).withWeightDecay(0.1).withProjection(0.8, 0.1));
  }

  private static SameDiff graph(UpdateRule rule) {
    SameDiff graph = SameDiff.create();
    SDVariable in = graph.placeHolder("in", DataType.DOUBLE, -1, 3);
    SDVariable target = graph.placeHolder("target", DataType.DOUBLE, -1, 2);
    SDVariable w = graph.var("w", SameDiffTest.gaussian(3, 3, 4));
    SDVariable b = graph.var("b", SameDiffTest.gaussian(4, 4));
    SDVariable v = graph.var("v", SameDiffTest.gaussian(5, 4, 2));
    graph.loss.meanSquaredError("loss", target, graph.math.tanh(in.mmul(w).add(b)).mmul(v), null);
    graph.setLossVariables("loss");
    TrainingConfig.Builder config =
        TrainingConfig.builder()
            .updater(RuleUpdater.of(rule))
            .dataSetFeatureMapping("in")
            .dataSetLabelMapping("target");
    if (RuleUpdater.of(rule).needsParameters()) {
      config.regularization(RuleCompanion.ofArrays());
    }
    graph.setTrainingConfig(config.build());
    return graph;
  }

  private static void fit(SameDiff graph, int steps) {
    for (int step = 0; step < steps; step++) {
      graph.fit(new DataSet(FEATURES, TARGETS));
    }
  }

  private static double[] point(SameDiff graph) {
    return SameDiffObjective.of(graph, Map.of("in", FEATURES, "target", TARGETS)).point();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void stepsAreThoseOfTheFlatReference(UpdateRule rule) {
    SameDiffObjective objective =
        SameDiffObjective.of(graph(rule), Map.of("in", FEATURES, "target", TARGETS));
    double[] x = objective.point();
    double[] g = new double[x.length];
    DoubleUpdater updater = UpdatePlan.of(rule).doubles(objective.layout());
    for (int step = 0; step < 5; step++) {
      objective.gradient(x, g);
      updater.step(x, g);
    }
    SameDiff graph = graph(rule);
    fit(graph, 5);
    assertThat(point(graph)).containsExactly(x, within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aSavedGraphGoesOnBitForBit(UpdateRule rule, @TempDir Path folder) {
    File file = folder.resolve("graph.fb").toFile();
    SameDiff graph = graph(rule);
    fit(graph, 3);
    graph.save(file, true);
    fit(graph, 3);
    SameDiff loaded = SameDiff.load(file, true);
    assertThat(loaded.getTrainingConfig().getUpdater()).isEqualTo(RuleUpdater.of(rule));
    fit(loaded, 3);
    assertThat(point(loaded)).isEqualTo(point(graph));
  }

  @Test
  void aRuleThatNeedsTheParametersDoesNotStepWithoutThem() {
    SameDiff graph = graph(AdamW.of(0.01));
    graph.getTrainingConfig().setRegularization(List.of());
    double[] before = point(graph);
    assertThatThrownBy(() -> fit(graph, 1)).hasStackTraceContaining("attach a RuleCompanion");
    assertThat(point(graph)).isEqualTo(before);
  }
}
