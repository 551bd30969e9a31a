package dev.optim.bench.network;

import dev.optim.bench.problem.Problem;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A network to be trained and the images to train it on, as DL4J's users have them: a method makes
 * its own network at the start and takes it from there.
 *
 * @param model the network
 * @param images the training images
 */
record TrainingTask(ConvolutionalNetwork model, Images images) {

  /**
   * Loss on the first training images, and accuracy on test images, batch normalisation at rest.
   */
  static Problem.Measurement measurement(
      ConvolutionalNetwork model, Images train, int measured, Images test) {
    MultiLayerNetwork network = model.random(0);
    DataSet seen = train.first(measured);
    DataSet unseen = test.first(test.size());
    return x -> {
      ConvolutionalNetwork.move(network, x);
      Evaluation evaluation = new Evaluation(10);
      evaluation.eval(unseen.getLabels(), network.output(unseen.getFeatures()));
      return new double[] {network.score(seen, false), evaluation.accuracy()};
    };
  }
}
