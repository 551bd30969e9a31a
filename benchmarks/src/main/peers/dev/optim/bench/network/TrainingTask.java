package dev.optim.bench.network;

import dev.optim.bench.problem.Problem;
import java.util.List;
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

  /** Images in a pass forward: the activations of thousands take gigabytes. */
  private static final int PIECE = 500;

  /**
   * Loss on the first training images, and accuracy on test images, batch normalisation at rest.
   */
  static Problem.Measurement measurement(
      ConvolutionalNetwork model, Images train, int measured, Images test) {
    MultiLayerNetwork network = model.random(0);
    List<DataSet> seen = train.first(measured, PIECE);
    List<DataSet> unseen = test.first(test.size(), PIECE);
    return x -> {
      ConvolutionalNetwork.move(network, x);
      double loss = 0;
      int images = 0;
      for (DataSet piece : seen) {
        loss += piece.numExamples() * network.score(piece, false);
        images += piece.numExamples();
      }
      Evaluation evaluation = new Evaluation(10);
      for (DataSet piece : unseen) {
        evaluation.eval(piece.getLabels(), network.output(piece.getFeatures()));
      }
      return new double[] {loss / images, evaluation.accuracy()};
    };
  }
}
