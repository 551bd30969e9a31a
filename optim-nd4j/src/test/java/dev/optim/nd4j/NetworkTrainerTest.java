package dev.optim.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.optim.random.RandomStream;
import dev.optim.secondorder.Mfac;
import dev.optim.secondorder.WindowSettings;
import dev.optim.sgd.Adam;
import dev.optim.sgd.AdamP;
import dev.optim.sgd.Sgd;
import dev.optim.sgd.SgdP;
import dev.optim.sgd.SharpnessAware;
import dev.optim.update.FloatUpdater;
import dev.optim.update.GradientTransform;
import dev.optim.update.Parameters;
import dev.optim.update.StepOutcome;
import dev.optim.update.UpdatePlan;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class NetworkTrainerTest {

  private static final List<String> STATISTICS = List.of("1_mean", "1_log10stdev");

  private static NeuralNetConfiguration.Builder configuration() {
    return new NeuralNetConfiguration.Builder()
        .seed(7)
        .dataType(DataType.FLOAT)
        .updater(new org.nd4j.linalg.learning.config.Sgd(0.1));
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(3)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** Convolution, batch normalisation, dense, output. */
  private static MultiLayerNetwork network() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            configuration()
                .list()
                .layer(
                    new ConvolutionLayer.Builder(2, 2).nOut(4).activation(Activation.TANH).build())
                .layer(new BatchNormalization())
                .layer(new DenseLayer.Builder().nOut(6).activation(Activation.TANH).build())
                .layer(output())
                .setInputType(InputType.convolutionalFlat(4, 4, 1))
                .build());
    network.init();
    return network;
  }

  private static ComputationGraph graph() {
    ComputationGraph graph =
        new ComputationGraph(
            configuration()
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                    "hidden",
                    new DenseLayer.Builder().nOut(6).activation(Activation.TANH).build(),
                    "in")
                .addLayer("out", output(), "hidden")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(16))
                .build());
    graph.init();
    return graph;
  }

  private static DataSet data(long seed) {
    double[] values = new double[8 * 16];
    RandomStream.of(seed).fillGaussian(values);
    INDArray features = Nd4j.createFromArray(values).castTo(DataType.FLOAT).reshape(8, 16);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, 8, 3);
    for (int i = 0; i < 8; i++) {
      labels.putScalar(i, i % 3, 1);
    }
    return new DataSet(features, labels);
  }

  private static float[] parameters(Model model) {
    return model.params().dup().reshape(model.params().length()).toFloatVector();
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(2e-6f));
    }
  }

  @Test
  void trainsAsTheNetworkItselfWithTheSameRule() {
    MultiLayerNetwork own = network();
    MultiLayerNetwork driven = network();
    NetworkTrainer trainer = NetworkTrainer.of(driven, UpdatePlan.of(Sgd.of(0.1)));
    for (int step = 0; step < 4; step++) {
      own.fit(data(step));
      assertThat(trainer.fit(data(step))).isEqualTo(StepOutcome.APPLIED);
      assertThat(driven.score()).isCloseTo(own.score(), within(1e-5));
    }
    assertClose(parameters(driven), parameters(own));
    assertThat(driven.getIterationCount()).isEqualTo(4);
  }

  @Test
  void trainsAGraph() {
    ComputationGraph own = graph();
    ComputationGraph driven = graph();
    NetworkTrainer trainer = NetworkTrainer.of(driven, UpdatePlan.of(Sgd.of(0.1)));
    for (int step = 0; step < 4; step++) {
      own.fit(data(step));
      trainer.fit(data(step));
    }
    assertClose(parameters(driven), parameters(own));
    assertThat(driven.getIterationCount()).isEqualTo(4);
    assertThat(trainer.layout().tensor("hidden_W").shape()).containsExactly(6, 16);
  }

  @Test
  void rowsAreChannels() {
    Parameters layout = NetworkTrainer.of(network(), UpdatePlan.of(Sgd.of(0.1))).layout();
    assertThat(layout.tensor("0_W").shape()).containsExactly(4, 1, 2, 2);
    assertThat(layout.tensor("2_W").shape()).containsExactly(6, 36);
    assertThat(layout.tensor("3_W").rows()).isEqualTo(3);
    assertThat(layout.length()).isEqualTo((int) network().numParams());
  }

  static List<UpdatePlan> plans() {
    return List.of(
        UpdatePlan.of(AdamP.of(0.01).withWeightDecay(0.1)),
        UpdatePlan.of(SgdP.of(0.05).withMomentum(0.9).withWeightDecay(0.1))
            .withTransform(GradientTransform.clipByGlobalNorm(0.1)),
        Mfac.of(0.01).withWindow(WindowSettings.of(8, 1e-2)).plan());
  }

  @ParameterizedTest
  @MethodSource("plans")
  void aGraphTakesTheStepsOfTheFlatReference(UpdatePlan plan) {
    ComputationGraph driven = graph();
    NetworkTrainer trainer = NetworkTrainer.of(driven, plan);
    assertThat(trained(driven, trainer, plan)).isEqualTo(parameters(driven));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void aNetworkOfLayersTakesTheStepsOfTheFlatReference(UpdatePlan plan) {
    MultiLayerNetwork driven = network();
    NetworkTrainer trainer = NetworkTrainer.of(driven, plan);
    float[] x = trained(driven, trainer, plan);
    float[] y = parameters(driven);
    for (String statistics : STATISTICS) { // move outside the plan
      Parameters.Tensor tensor = trainer.layout().tensor(statistics);
      System.arraycopy(y, tensor.offset(), x, tensor.offset(), tensor.size());
    }
    assertThat(x).isEqualTo(y);
  }

  /** Trains; returns what the plan makes of the same gradients on the heap. */
  private static float[] trained(Model driven, NetworkTrainer trainer, UpdatePlan plan) {
    FloatUpdater reference = plan.floats(trainer.layout());
    boolean[] present = new boolean[trainer.layout().tensors().size()];
    for (Parameters.Tensor tensor : trainer.layout().tensors()) {
      present[tensor.index()] = !STATISTICS.contains(tensor.name());
    }
    float[] x = parameters(driven);
    for (int step = 0; step < 12; step++) { // more than M-FAC's window
      assertThat(trainer.fit(data(step))).isEqualTo(StepOutcome.APPLIED);
      INDArray gradient = driven.getGradientsViewArray(); // as the step has left it: the mean
      reference.step(x, gradient.dup().reshape(gradient.length()).toFloatVector(), present);
    }
    return x;
  }

  @Test
  void sharpnessAwareStepsAreThoseOfTheFlatReference() {
    UpdatePlan plan = UpdatePlan.of(Adam.of(0.01));
    ComputationGraph driven = graph();
    NetworkTrainer trainer = NetworkTrainer.of(driven, plan).withSharpnessAware(0.1);
    ComputationGraph model = graph();
    float[] x = parameters(model);
    SharpnessAware<float[]> reference = new SharpnessAware<>(plan.floats(trainer.layout()), 0.1);
    for (int step = 0; step < 4; step++) {
      trainer.fit(data(step));
      reference.climb(x, gradient(model, x, data(step)));
      reference.descend(x, gradient(model, x, data(step)));
    }
    assertClose(parameters(driven), x);
    assertThat(driven.getIterationCount()).isEqualTo(4);
  }

  private static float[] gradient(ComputationGraph model, float[] x, DataSet data) {
    model.params().assign(Nd4j.createFromArray(x).reshape(model.params().shape()));
    model.setInputs(data.getFeatures());
    model.setLabels(data.getLabels());
    if (model.getGradientsViewArray() == null) {
      model.initGradientsView();
    }
    model.computeGradientAndScore();
    INDArray gradient = model.getGradientsViewArray().div(data.numExamples());
    return gradient.reshape(gradient.length()).toFloatVector();
  }

  @Test
  void sharpnessAwareStepsKeepScoreAndStatisticsOfTheFirstPass() {
    MultiLayerNetwork plain = network();
    MultiLayerNetwork aware = network();
    UpdatePlan still = UpdatePlan.of(Sgd.of(0));
    NetworkTrainer.of(plain, still).fit(data(1));
    NetworkTrainer.of(aware, still).withSharpnessAware(0.5).fit(data(1));
    assertThat(parameters(aware)).isEqualTo(parameters(plain));
    assertThat(aware.score()).isEqualTo(plain.score());
  }

  @Test
  void aCheckpointOfAnotherNetworkIsRefused() {
    UpdatePlan plan = UpdatePlan.of(AdamP.of(0.01));
    NetworkTrainer trainer = NetworkTrainer.of(graph(), plan);
    trainer.fit(data(1));
    MultiLayerNetwork other = network();
    NetworkTrainer changed = NetworkTrainer.of(other, plan);
    float[] before = parameters(other);
    assertThatThrownBy(() -> changed.updater().restore(trainer.updater().checkpoint()))
        .hasMessageContaining("layout");
    assertThat(changed.updater().applied()).isZero();
    assertThat(parameters(other)).isEqualTo(before);
  }

  @Test
  void clipsByGlobalNorm() {
    ComputationGraph driven = graph();
    float[] x = parameters(driven);
    NetworkTrainer.of(
            driven,
            UpdatePlan.of(Sgd.of(1)).withTransform(GradientTransform.clipByGlobalNorm(0.01)))
        .fit(data(1));
    float[] y = parameters(driven);
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      squares += ((double) y[i] - x[i]) * ((double) y[i] - x[i]);
    }
    assertThat(Math.sqrt(squares)).isCloseTo(0.01, within(1e-6));
  }

  @Test
  void listenersAreCalled() {
    List<String> calls = new ArrayList<>();
    MultiLayerNetwork network = network();
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onGradientCalculation(Model model) {
            calls.add("gradient");
          }

          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            calls.add("iteration " + iteration + " of epoch " + epoch);
          }

          @Override
          public void onEpochStart(Model model) {
            calls.add("start");
          }

          @Override
          public void onEpochEnd(Model model) {
            calls.add("end");
          }
        });
    NetworkTrainer trainer = NetworkTrainer.of(network, UpdatePlan.of(Sgd.of(0.1)));
    trainer.fit(new ListDataSetIterator<>(List.of(data(1)), 8));
    trainer.withSharpnessAware(0.05).fit(data(2));
    assertThat(calls)
        .containsExactly(
            "start",
            "gradient",
            "iteration 0 of epoch 0",
            "end",
            "gradient",
            "iteration 1 of epoch 1");
  }

  @Test
  void refusesWhatItWouldNotDo() {
    MultiLayerNetwork decayed =
        new MultiLayerNetwork(
            configuration()
                .l2(0.1)
                .list()
                .layer(output())
                .setInputType(InputType.feedForward(4))
                .build());
    decayed.init();
    assertThatThrownBy(() -> NetworkTrainer.of(decayed, UpdatePlan.of(Sgd.of(0.1))))
        .hasMessageContaining("0_W is configured with [L2");
  }
}
