package dev.optim.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.optim.random.RandomStream;
import dev.optim.schedule.Schedule;
import dev.optim.sgd.AdaBelief;
import dev.optim.sgd.AdaDelta;
import dev.optim.sgd.AdaGrad;
import dev.optim.sgd.AdaMax;
import dev.optim.sgd.Adam;
import dev.optim.sgd.AdamP;
import dev.optim.sgd.AdamW;
import dev.optim.sgd.Adan;
import dev.optim.sgd.AmsGrad;
import dev.optim.sgd.DiffGrad;
import dev.optim.sgd.Lion;
import dev.optim.sgd.Muon;
import dev.optim.sgd.NAdam;
import dev.optim.sgd.RAdam;
import dev.optim.sgd.RmsProp;
import dev.optim.sgd.ScheduleFreeSgd;
import dev.optim.sgd.Sgd;
import dev.optim.update.FloatUpdater;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class RuleUpdaterTest {

  static List<UpdateRule> rules() {
    return List.of(
        Sgd.of(0.1),
        Sgd.of(0.1).withNesterov(0.9),
        Adam.of(1e-2).withStepSize(Schedule.cosine(1e-2, 1e-4, 50).withWarmUp(3)),
        AdamW.of(1e-2).withWeightDecay(0),
        NAdam.of(1e-2),
        RmsProp.of(1e-2),
        DiffGrad.of(1e-2),
        AdaBelief.of(1e-2),
        AdaDelta.of(1),
        AdaGrad.of(1e-2),
        AdaMax.of(1e-2),
        Adan.of(1e-2),
        AmsGrad.of(1e-2),
        RAdam.of(1e-2),
        Lion.of(1e-2).withStepSize(Schedule.staircase(1e-2, 0.5, 3, 7)));
  }

  static MultiLayerNetwork network(UpdateRule rule, double decay) {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .dataType(DataType.FLOAT)
            .updater(RuleUpdater.of(rule))
            .list()
            .layer(
                new DenseLayer.Builder()
                    .nIn(5)
                    .nOut(40)
                    .activation(Activation.TANH)
                    .weightDecay(decay)
                    .build())
            .layer(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(40)
                    .nOut(3)
                    .activation(Activation.SOFTMAX)
                    .build())
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  static DataSet data(long seed) {
    double[] values = new double[16 * 5];
    RandomStream.of(seed).fillGaussian(values);
    float[][] labels = new float[16][3];
    for (int i = 0; i < 16; i++) {
      labels[i][values[5 * i] > 0 ? 0 : values[5 * i + 1] > 0 ? 1 : 2] = 1;
    }
    INDArray features = Nd4j.createFromArray(values).castTo(DataType.FLOAT).reshape(16, 5);
    return new DataSet(features, Nd4j.createFromArray(labels));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void makesTheStepsOfTheHeap(UpdateRule rule) {
    int n = 5000;
    RuleUpdater config = RuleUpdater.of(rule);
    assertThat(config.stateSize(n)).isEqualTo((long) n * rule.state().size());
    INDArray state = config.stateSize(n) == 0 ? null : Nd4j.ones(config.stateSize(n));
    GradientUpdater<RuleUpdater> updater = config.instantiate(state, true);
    FloatUpdater heap = UpdatePlan.of(rule).floats(Parameters.vector(n));
    float[] x = new float[n];
    INDArray parameters = Nd4j.zeros(DataType.FLOAT, n);
    for (int t = 0; t < 70; t++) {
      float[] g = new float[n];
      double[] noise = new double[n];
      RandomStream.of(t).fillGaussian(noise);
      for (int i = 0; i < n; i++) {
        g[i] = (float) noise[i];
      }
      heap.step(x, g);
      INDArray step = Nd4j.createFromArray(g);
      updater.applyUpdater(step, t, 0);
      parameters.subi(step);
      if (t == 40) { // a fresh updater on the same state goes on
        updater = config.instantiate(state, false);
      }
    }
    assertThat(parameters.toFloatVector()).isEqualTo(x);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void jsonHoldsTheWholeRule(UpdateRule rule) {
    MultiLayerConfiguration configuration = network(rule, 0).getLayerWiseConfigurations();
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertThat(read).isEqualTo(configuration);
    RuleUpdater updater = (RuleUpdater) ((DenseLayer) read.getConf(0).getLayer()).getIUpdater();
    assertThat(updater.rule()).isEqualTo(rule);
    assertThat(updater).isEqualTo(RuleUpdater.of(rule)).hasSameHashCodeAs(RuleUpdater.of(rule));
  }

  @Test
  void equalsCoversEveryField() {
    RuleUpdater one = RuleUpdater.of(Adam.of(1e-3));
    assertThat(one).isNotEqualTo(RuleUpdater.of(Adam.of(2e-3)));
    assertThat(one).isNotEqualTo(RuleUpdater.of(Adam.of(1e-3).withBetas(0.8, 0.999)));
    assertThat(one).isNotEqualTo(RuleUpdater.of(Adam.of(1e-3).withBetas(0.9, 0.99)));
    assertThat(one).isNotEqualTo(RuleUpdater.of(Adam.of(1e-3).withEpsilon(1e-7)));
    assertThat(one).isNotEqualTo(RuleUpdater.of(AdamW.of(1e-3).withWeightDecay(0)));
  }

  @Test
  void lionWithWeightDecayIsTheDecoupledOne() {
    MultiLayerNetwork network = network(Lion.of(0.01), 0.1);
    int weights = 5 * 40;
    float[] x = network.params().dup().toFloatVector();
    network.fit(data(1));
    float[] y = network.params().dup().toFloatVector();
    for (int i = 0; i < weights; i++) {
      double sign = Math.signum(x[i] * (1 - 0.01 * 0.1) - y[i]);
      assertThat((double) y[i]).isCloseTo(x[i] * (1 - 0.001) - 0.01 * sign, within(1e-6));
    }
  }

  @Test
  void aBadGradientIsAStepOfZeroAndLeavesTheState() {
    RuleUpdater config = RuleUpdater.of(Adam.of(0.1));
    INDArray state = Nd4j.zeros(DataType.FLOAT, 6);
    GradientUpdater<RuleUpdater> updater = config.instantiate(state, true);
    updater.applyUpdater(Nd4j.createFromArray(1f, 2f, 3f), 0, 0);
    INDArray before = state.dup();
    INDArray bad = Nd4j.createFromArray(1f, Float.NaN, 3f);
    updater.applyUpdater(bad, 1, 0);
    assertThat(bad.toFloatVector()).containsOnly(0);
    assertThat(state).isEqualTo(before);
  }

  @Test
  void aStateOfTheWrongSizeIsRefused() {
    RuleUpdater config = RuleUpdater.of(Adam.of(0.1));
    assertThatThrownBy(() -> config.instantiate(Nd4j.zeros(7), true))
        .hasMessageContaining("7 elements, must be a multiple of 2");
    GradientUpdater<RuleUpdater> updater = config.instantiate(Nd4j.zeros(8), true);
    INDArray gradient = Nd4j.ones(3);
    assertThatThrownBy(() -> updater.applyUpdater(gradient, 0, 0))
        .hasMessage("m has length 4, expected 3");
    assertThat(gradient.toFloatVector()).containsOnly(1);
    assertThatThrownBy(() -> updater.setStateViewArray(Nd4j.zeros(8), new long[] {3}, 'c', true))
        .hasMessageContaining("needs 6");
  }

  @Test
  void rulesThatFitNoUpdaterAreRefused() {
    assertThatThrownBy(() -> RuleUpdater.of(Muon.of(1e-3)))
        .hasMessageContaining("leaves some tensors to");
    assertThatThrownBy(() -> RuleUpdater.of(ScheduleFreeSgd.of(0.1)))
        .hasMessageContaining("ends at another point than it steps from");
    assertThatThrownBy(() -> RuleUpdater.of(Adam.of(1e-3).withStepSize(step -> 1e-3)))
        .hasMessageContaining("is no record");
  }

  @Test
  void aRuleThatNeedsTheParametersDoesNotStepWithoutThem() {
    for (UpdateRule rule :
        List.of(AdamW.of(1e-3), Sgd.of(0.1).withWeightDecay(1e-4), AdamP.of(1e-3))) {
      MultiLayerNetwork network = network(rule, 0);
      float[] before = network.params().dup().toFloatVector();
      assertThatThrownBy(() -> network.fit(data(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("needs the parameters")
          .hasMessageContaining("attach a RuleCompanion");
      assertThat(network.params().dup().toFloatVector()).isEqualTo(before);
      INDArray state = network.getUpdater().getStateViewArray();
      assertThat(state == null ? 0 : state.amaxNumber().doubleValue()).isZero();
    }
  }

  @Test
  void javaSerialisation() throws Exception {
    RuleUpdater updater = RuleUpdater.of(rules().get(2));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(updater);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(updater);
    }
  }
}
