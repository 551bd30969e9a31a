package dev.optim.bench.network;

import dev.optim.Start;
import dev.optim.nd4j.NetworkTrainer;
import dev.optim.random.RandomStream;
import dev.optim.sgd.Sgd;
import dev.optim.update.Parameters;
import dev.optim.update.UpdatePlan;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A small convolutional network: 8 filters of 3 x 3 pixels, batch normalisation, rectified units,
 * the largest of each 2 x 2, 32 rectified units, 10 classes. In single precision.
 *
 * @param side pixels in a row of its images
 */
record ConvolutionalNetwork(int side) {

  private static final IUpdater UNUSED = new org.nd4j.linalg.learning.config.Sgd(0);

  /** The network at random weights, He's; biases are zero. */
  MultiLayerNetwork random(long seed) {
    return network(side, UNUSED, seed);
  }

  /** The network at a point. */
  MultiLayerNetwork at(double[] point, IUpdater updater) {
    MultiLayerNetwork network = network(side, updater, 0);
    move(network, point);
    return network;
  }

  static void move(MultiLayerNetwork network, double[] point) {
    network.params().assign(Nd4j.createFromArray(point).reshape(network.params().shape()));
  }

  /** One at a time, since DL4J draws the weights from a generator that all may share. */
  private static synchronized MultiLayerNetwork network(int side, IUpdater updater, long seed) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.FLOAT)
                .updater(updater)
                .weightInit(WeightInit.RELU)
                .list()
                .layer(
                    new ConvolutionLayer.Builder(3, 3)
                        .nOut(8)
                        .hasBias(false) // normalised away
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new BatchNormalization.Builder().activation(Activation.RELU).build())
                .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
                .layer(new DenseLayer.Builder().nOut(32).activation(Activation.RELU).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(side, side, 1))
                .build());
    network.init();
    return network;
  }

  Parameters layout() {
    return NetworkTrainer.of(random(0), UpdatePlan.of(Sgd.of(0))).layout();
  }

  /** Weights as DL4J draws them. */
  Start start() {
    int dimension = layout().length();
    return new Start() {
      @Override
      public int dimension() {
        return dimension;
      }

      @Override
      public double[] sample(RandomStream random) {
        return random(random.nextLong()).params().dup().data().asDouble();
      }

      @Override
      public double spread() {
        return 1;
      }
    };
  }
}
