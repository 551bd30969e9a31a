package dev.optim.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.optim.random.RandomStream;
import dev.optim.sgd.Adam;
import dev.optim.sgd.AdamP;
import dev.optim.sgd.AdamW;
import dev.optim.sgd.Lion;
import dev.optim.sgd.SgdP;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Rules that need parameters and shapes inside DL4J make the steps of the flat reference. */
class RuleCompanionTest {

  private static final UpdateRule NORMALISATION = Adam.of(0.01);

  static List<UpdateRule> rules() {
    return List.of(
        AdamW.of(0.01).withWeightDecay(0.1),
        Lion.of(0.003).withWeightDecay(0.1),
        AdamP.of(0.01).withWeightDecay(0.1),
        AdamP.of(0.01).withWeightDecay(0.1).withNesterov(true).withProjection(0.6, 0.5),
        SgdP.of(0.05).withMomentum(0.9).withWeightDecay(0.1));
  }

  /** The convolution before the normalisation is what AdamP projects channel by channel. */
  private static MultiLayerNetwork network(
      UpdateRule rule, UpdateRule normalisation, DataType type) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(type)
                .updater(RuleUpdater.of(rule))
                .list()
                .layer(
                    new ConvolutionLayer.Builder(2, 2)
                        .nOut(4)
                        .hasBias(false) // normalised away: its gradient would be rounding
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(
                    new BatchNormalization.Builder()
                        .activation(Activation.TANH)
                        .updater(RuleUpdater.of(normalisation))
                        .build())
                .layer(new DenseLayer.Builder().nOut(6).activation(Activation.TANH).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutionalFlat(4, 4, 1))
                .build());
    network.init();
    return network;
  }

  private static DataSet data(long seed, DataType type) {
    double[] values = new double[8 * 16];
    RandomStream.of(seed).fillGaussian(values);
    INDArray labels = Nd4j.zeros(type, 8, 3);
    for (int i = 0; i < 8; i++) {
      labels.putScalar(i, i % 3, 1);
    }
    return new DataSet(Nd4j.createFromArray(values).castTo(type).reshape(8, 16), labels);
  }

  private static double[] after(int steps, UpdateRule rule, DataType type) {
    MultiLayerNetwork network = network(rule, NORMALISATION, type);
    RuleCompanion.attach(network);
    for (int step = 0; step < steps; step++) {
      network.fit(data(step, type));
    }
    return network.params().dup().data().asDouble();
  }

  /** The trainer's steps are the flat reference's, to the bit. */
  private static double[] reference(int steps, UpdateRule rule, DataType type) {
    MultiLayerNetwork network = network(rule, NORMALISATION, type);
    NetworkTrainer trainer =
        NetworkTrainer.of(network, UpdatePlan.of(rule).withRule("1_*", NORMALISATION));
    for (int step = 0; step < steps; step++) {
      trainer.fit(data(step, type));
    }
    return network.params().dup().data().asDouble();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void stepsAreThoseOfTheFlatReference(UpdateRule rule) {
    assertThat(after(6, rule, DataType.FLOAT))
        .containsExactly(reference(6, rule, DataType.FLOAT), within(1e-6));
    assertThat(after(6, rule, DataType.DOUBLE))
        .containsExactly(reference(6, rule, DataType.DOUBLE), within(1e-12));
  }

  @Test
  void adamPProjectsTheChannels() {
    UpdateRule projecting = AdamP.of(0.01).withWeightDecay(0.1);
    double[] projected = after(2, projecting, DataType.DOUBLE);
    double[] plain = after(2, AdamW.of(0.01).withWeightDecay(0.1), DataType.DOUBLE);
    double largest = 0;
    for (int i = 0; i < 16; i++) { // the weights of the convolution
      largest = Math.max(largest, Math.abs(projected[i] - plain[i]));
    }
    assertThat(largest).isGreaterThan(1e-4);
  }

  /** The weights of the dense layer are the first of four tensors that DL4J updates together. */
  @Test
  void aBadElementLeavesAllThatIsUpdatedWithItAsItWas() {
    MultiLayerNetwork network = network(AdamP.of(0.01), NORMALISATION, DataType.FLOAT);
    RuleCompanion.attach(network);
    DataSet data = data(1, DataType.FLOAT);
    network.fit(data);
    INDArray gradient = network.getFlattenedGradients();
    INDArray state = network.getUpdater().getStateViewArray();
    int dense = 4 * 4 + 4 * 4;
    int length = (int) gradient.length() - dense;
    double[] before = last(2 * length, state);
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    gradient.putScalar(dense, Float.NaN);

    network
        .getUpdater()
        .update(network, network.gradient(), 1, 0, 8, LayerWorkspaceMgr.noWorkspaces());

    assertThat(last(length, gradient)).containsOnly(0);
    assertThat(last(2 * length, state)).isEqualTo(before);
    assertThat(gradient.getDouble(0)).isNotZero();
  }

  private static double[] last(int count, INDArray array) {
    double[] values = array.dup().data().asDouble();
    return Arrays.copyOfRange(values, values.length - count, values.length);
  }

  @Test
  void theConfigurationHoldsTheShapes() {
    MultiLayerNetwork network = network(AdamP.of(0.01), NORMALISATION, DataType.FLOAT);
    RuleCompanion.attach(network);
    RuleCompanion.attach(network); // once more changes nothing
    MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertThat(read).isEqualTo(configuration);
    DenseLayer dense = (DenseLayer) read.getConf(2).getLayer();
    assertThat(dense.getRegularization()).hasSize(1).hasToString("[RuleCompanion[[6, 36] at 32]]");
    assertThat(dense.getRegularizationBias()).hasSize(1);
    assertThat(dense.getRegularization()).isNotEqualTo(dense.getRegularizationBias());
  }

  @Test
  void othersAreKept() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .updater(RuleUpdater.of(AdamW.of(0.01)))
                .list()
                .layer(
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(3)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .l2(0.5)
                        .build())
                .build());
    network.init();
    RuleCompanion.attach(network);
    OutputLayer layer = (OutputLayer) network.getLayer(0).conf().getLayer();
    assertThat(layer.getRegularization()).hasSize(2);
    assertThat(layer.getRegularizationBias()).hasSize(1);
  }

  @Test
  void aRuleThatNeedsNothingGetsNoCompanion() {
    MultiLayerNetwork network = network(Adam.of(0.01), NORMALISATION, DataType.FLOAT);
    RuleCompanion.attach(network);
    assertThat(network.getLayerWiseConfigurations().toJson()).doesNotContain("RuleCompanion");
  }

  @Test
  void normalisationCannotBeShown() {
    MultiLayerNetwork network = network(AdamP.of(0.01), AdamP.of(0.01), DataType.FLOAT);
    String before = network.getLayerWiseConfigurations().toJson();
    assertThatThrownBy(() -> RuleCompanion.attach(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gamma of layer")
        .hasMessageContaining("moves each element by itself");
    assertThat(network.getLayerWiseConfigurations().toJson()).isEqualTo(before);
  }

  @Test
  void dl4jHidesShapesFromTheCompanionOfSameDiff() {
    MultiLayerNetwork network = network(AdamP.of(0.01), NORMALISATION, DataType.FLOAT);
    for (int layer : new int[] {0, 2, 3}) {
      var conf =
          (org.deeplearning4j.nn.conf.layers.BaseLayer) network.getLayer(layer).conf().getLayer();
      conf.setRegularization(List.of(RuleCompanion.ofArrays()));
      conf.setRegularizationBias(List.of(RuleCompanion.ofArrays()));
    }
    double[] before = network.params().dup().data().asDouble();
    assertThatThrownBy(() -> network.fit(data(1, DataType.FLOAT)))
        .hasMessageContaining("use RuleCompanion.attach(network)");
    assertThat(network.params().dup().data().asDouble()).isEqualTo(before);
  }

  @Test
  void shapesThatChangedAreRefused() {
    INDArray all = Nd4j.ones(DataType.FLOAT, 20);
    RuleCompanion companion = RuleCompanion.read(0, new int[] {4, 5});
    INDArray gradient = Nd4j.ones(DataType.FLOAT, 18);
    INDArray parameters = Nd4j.ones(DataType.FLOAT, 18);
    assertThatThrownBy(() -> companion.apply(parameters, gradient, 0.1, 0, 0))
        .hasMessage("a parameter of shape [4, 5] has 18 elements now: attach the companions again");
    companion.apply(all, all.dup(), 0.1, 0, 0);
    assertThat(all.toFloatVector()).containsOnly(1);
    assertThat(companion.score(all, 0, 0)).isZero();
  }

  @Test
  void equalsCoversPlaceAndShape() {
    RuleCompanion companion = RuleCompanion.read(3, new int[] {4, 5});
    Regularization same = RuleCompanion.read(3, new int[] {4, 5});
    assertThat(companion).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(companion).isNotEqualTo(RuleCompanion.read(4, new int[] {4, 5}));
    assertThat(companion).isNotEqualTo(RuleCompanion.read(3, new int[] {5, 4}));
    assertThat(companion).isNotEqualTo(RuleCompanion.ofArrays());
    assertThat(companion.clone()).isEqualTo(companion);
  }
}
