package dev.optim.bench.network;

import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.random.RandomStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Trains as DL4J does by itself.
 *
 * @param updater one of its updaters
 * @param size images in a batch
 */
record Dl4jMethod(IUpdater updater, int size) implements Optimizer<TrainingTask> {

  @Override
  public Run start(TrainingTask task, Start start, RandomStream random) {
    MultiLayerNetwork network =
        task.model().at(start.sample(Optimizer.startStream(random)), updater);
    return new TrainingRun(task.images(), network, network::fit, size, random);
  }
}
