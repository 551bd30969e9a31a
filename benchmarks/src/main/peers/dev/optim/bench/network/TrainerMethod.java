package dev.optim.bench.network;

import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.nd4j.NetworkTrainer;
import dev.optim.random.RandomStream;
import dev.optim.update.UpdatePlan;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Trains with a plan of this library.
 *
 * @param plan the plan
 * @param size images in a batch
 */
record TrainerMethod(UpdatePlan plan, int size) implements Optimizer<TrainingTask> {

  @Override
  public Run start(TrainingTask task, Start start, RandomStream random) {
    MultiLayerNetwork network =
        task.model().at(start.sample(Optimizer.startStream(random)), new Sgd(0));
    NetworkTrainer trainer = NetworkTrainer.of(network, plan);
    return new TrainingRun(task.images(), network, trainer::fit, size, random);
  }

  @Override
  public String name() {
    return plan.name();
  }
}
