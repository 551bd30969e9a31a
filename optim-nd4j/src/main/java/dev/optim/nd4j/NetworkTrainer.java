package dev.optim.nd4j;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.update.Parameters;
import dev.optim.update.StepOutcome;
import dev.optim.update.UpdatePlan;
import dev.optim.update.Updater;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * A training loop for DL4J networks: what DL4J's own updaters cannot do, because a plan sees all
 * parameters, their shapes and the whole gradient. M-FAC, SAM, clipping by global norm, AdamP's and
 * SGDP's projection, several rules by pattern, plateaus.
 *
 * <pre>{@code
 * UpdatePlan plan = UpdatePlan.of(AdamP.of(1e-3))
 *     .withTransform(GradientTransform.clipByGlobalNorm(1));
 * NetworkTrainer trainer = NetworkTrainer.of(network, plan);
 * for (int epoch = 0; epoch < 10; epoch++) {
 *   trainer.fit(data);
 * }
 * }</pre>
 *
 * <p>A step does what DL4J's does, but for the update itself: forward and backward, listeners told
 * of the gradient, the gradient divided by the batch, the update, listeners told of the iteration,
 * counters moved on, constraints applied. The updaters of the network's configuration are not used;
 * a network whose configuration asks for regularisation, gradient normalisation or truncated
 * backpropagation through time is refused rather than trained without.
 *
 * <p>Tensors are named as in DL4J's parameter table ("0_W", "0_b"; in a graph "layer_W") and shaped
 * as their memory is, row-major: the weights of a dense layer are [outputs, inputs], the transpose
 * of DL4J's; a convolution's stay [outputs, inputs, height, width]. So rows are channels. The
 * running mean and variance of batch normalisation move as DL4J moves them, outside the plan, and
 * frozen layers stay; neither has a gradient for the plan.
 *
 * <p>A trainer belongs to one thread at a time. The state of its rules is {@code
 * updater().checkpoint()}; parameters and counters are saved with the network.
 */
public final class NetworkTrainer {

  private final Network network;
  private final NetworkLayout layout;
  private final ArrayUpdater updater;
  private final double radius;
  private @Nullable INDArray saved;

  private NetworkTrainer(Network network, UpdatePlan plan) {
    this.network = network;
    layout = NetworkLayout.of(network);
    updater =
        ArrayUpdater.of(
            requireNonNull(plan, "plan"), layout.parameters(), network.model().params().dataType());
    radius = 0;
  }

  private NetworkTrainer(NetworkTrainer other, double radius) {
    network = other.network;
    layout = other.layout;
    updater = other.updater;
    this.radius = radius;
  }

  /**
   * Trains a network of layers.
   *
   * @param network initialised; trained in place
   * @param plan the rules, matched to names like "0_W", and what happens to the gradient before
   * @return the trainer
   * @throws IllegalArgumentException if the network's configuration asks for what the trainer does
   *     not do, its parameters are neither FLOAT nor DOUBLE, or a pattern matches no tensor
   */
  public static NetworkTrainer of(MultiLayerNetwork network, UpdatePlan plan) {
    return new NetworkTrainer(new Network.Layers(requireNonNull(network, "network")), plan);
  }

  /**
   * Trains a graph.
   *
   * @param network initialised; trained in place
   * @param plan the rules, matched to names like "layer_W", and what happens to the gradient before
   * @return the trainer
   * @throws IllegalArgumentException if the network's configuration asks for what the trainer does
   *     not do, its parameters are neither FLOAT nor DOUBLE, or a pattern matches no tensor
   */
  public static NetworkTrainer of(ComputationGraph network, UpdatePlan plan) {
    return new NetworkTrainer(new Network.Graph(requireNonNull(network, "network")), plan);
  }

  /**
   * With sharpness-aware minimisation, SAM (Foret et al., ICLR 2021): each step takes its gradient
   * at the worst point of a small ball around the parameters, which costs a second pass through the
   * network and a copy of the parameters. Score and running statistics are those of the first pass.
   *
   * @param ballRadius more than 0; 0.05 in the paper
   * @return a trainer of the same network that goes on with the state of this one
   */
  public NetworkTrainer withSharpnessAware(double ballRadius) {
    return new NetworkTrainer(this, Checks.positive("ballRadius", ballRadius));
  }

  /**
   * Trains for an epoch: a step on each batch, with the listeners told of its start and end.
   *
   * @param batches the batches; begun again first if it is at its end
   * @throws dev.optim.update.NonFiniteGradientException if the plan says so
   */
  public void fit(DataSetIterator batches) {
    if (!batches.hasNext() && batches.resetSupported()) {
      batches.reset();
    }
    startEpoch();
    while (batches.hasNext()) {
      fit(batches.next());
    }
    endEpoch();
  }

  /**
   * Trains a graph for an epoch, see {@link #fit(DataSetIterator)}.
   *
   * @param batches the batches; begun again first if it is at its end
   * @throws UnsupportedOperationException if the network is no graph
   * @throws dev.optim.update.NonFiniteGradientException if the plan says so
   */
  public void fit(MultiDataSetIterator batches) {
    if (!batches.hasNext() && batches.resetSupported()) {
      batches.reset();
    }
    startEpoch();
    while (batches.hasNext()) {
      fit(batches.next());
    }
    endEpoch();
  }

  /**
   * Makes one step on a batch.
   *
   * @param batch features and labels, with masks if there are any
   * @return what became of the step; a step that was not made still counts as an iteration
   * @throws dev.optim.update.NonFiniteGradientException if the plan says so
   */
  public StepOutcome fit(DataSet batch) {
    network.load(batch);
    return step();
  }

  /**
   * Makes one step of a graph on a batch.
   *
   * @param batch features and labels of every input and output, with masks if there are any
   * @return what became of the step; a step that was not made still counts as an iteration
   * @throws UnsupportedOperationException if the network is no graph
   * @throws dev.optim.update.NonFiniteGradientException if the plan says so
   */
  public StepOutcome fit(MultiDataSet batch) {
    network.load(batch);
    return step();
  }

  private StepOutcome step() {
    network.differentiate();
    boolean climbed = radius > 0 && differentiateAtWorst();
    for (TrainingListener listener : network.listeners()) {
      listener.onGradientCalculation(network.model());
    }
    INDArray parameters = network.model().params();
    INDArray gradient = network.model().getGradientsViewArray();
    layout.divide(gradient, network.model().batchSize());
    StepOutcome outcome = updater.step(parameters, gradient, layout.trained());
    if (!climbed) {
      layout.moveStatistics(parameters, gradient);
    }
    for (TrainingListener listener : network.listeners()) {
      listener.iterationDone(network.model(), network.iteration(), network.epoch());
    }
    network.iteration(network.iteration() + 1);
    network.model().applyConstraints(network.iteration(), network.epoch());
    network.clear();
    return outcome;
  }

  /**
   * Replaces the gradient by that at the worst point; the parameters are as before, but for the
   * statistics, whatever happens.
   */
  private boolean differentiateAtWorst() {
    Model model = network.model();
    INDArray parameters = model.params();
    INDArray start = saved == null ? parameters.ulike() : saved;
    saved = start;
    start.assign(parameters);
    double score = model.score();
    if (!layout.climb(radius, parameters, model.getGradientsViewArray())) {
      return false;
    }
    layout.moveStatistics(start, model.getGradientsViewArray());
    try {
      network.differentiate();
      network.score(score);
    } finally {
      parameters.assign(start);
    }
    return true;
  }

  /** Tells the network's listeners that an epoch begins. */
  public void startEpoch() {
    for (TrainingListener listener : network.listeners()) {
      listener.onEpochStart(network.model());
    }
  }

  /** Counts an epoch and tells the network's listeners that it has ended. */
  public void endEpoch() {
    for (TrainingListener listener : network.listeners()) {
      listener.onEpochEnd(network.model());
    }
    network.endEpoch();
  }

  /**
   * Names and shapes of the network's tensors.
   *
   * @return the layout of the network's flat parameters
   */
  public Parameters layout() {
    return layout.parameters();
  }

  /**
   * The state behind the steps: checkpoints, counts, the plateau's losses.
   *
   * @return the updater that works on the network's arrays
   */
  public Updater<?> updater() {
    return updater.updater();
  }
}
