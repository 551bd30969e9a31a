package dev.optim.bench.network;

import dev.optim.BatchSampler;
import dev.optim.Checks;
import dev.optim.Evaluations;
import dev.optim.Iterate;
import dev.optim.Run;
import dev.optim.StopReason;
import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import java.util.Optional;
import java.util.function.Consumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A network in training: an iteration is a step on the next batch, the same batches for the same
 * seed whoever makes the steps.
 */
final class TrainingRun implements Run, Iterate {

  private final Images images;
  private final MultiLayerNetwork network;
  private final Consumer<DataSet> step;
  private final BatchSampler batches;
  private long iteration;
  private long samples;

  TrainingRun(
      Images images,
      MultiLayerNetwork network,
      Consumer<DataSet> step,
      int size,
      RandomStream random) {
    this.images = images;
    this.network = network;
    this.step = step;
    batches = new BatchSampler(images.size(), size, random.split("batches"));
  }

  @Override
  public Optional<StopReason> advance() {
    int[] batch = batches.batch(iteration);
    step.accept(images.batch(batch));
    iteration++;
    samples += batch.length;
    return Double.isFinite(network.score()) ? Optional.empty() : Optional.of(StopReason.NON_FINITE);
  }

  @Override
  public Iterate iterate() {
    return this;
  }

  @Override
  public long iteration() {
    return iteration;
  }

  @Override
  public Evaluations.Counts evaluations() {
    return new Evaluations.Counts(iteration, iteration, samples, 0);
  }

  @Override
  public int dimension() {
    return (int) network.numParams();
  }

  @Override
  public void copyPoint(double[] out) {
    Checks.length("out", out.length, dimension());
    System.arraycopy(network.params().dup().data().asDouble(), 0, out, 0, out.length);
  }

  @Override
  public double value() {
    return Double.NaN;
  }

  /** Not offered: DL4J saves its networks itself. */
  @Override
  public Checkpoint checkpoint() {
    throw new UnsupportedOperationException("save the network instead");
  }

  /** Not offered: DL4J saves its networks itself. */
  @Override
  public void restore(Checkpoint checkpoint) {
    throw new UnsupportedOperationException("load the network instead");
  }
}
