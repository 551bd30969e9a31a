package dev.optim.update;

import dev.optim.BatchSampler;
import dev.optim.Evaluations;
import dev.optim.FiniteSum;
import dev.optim.Iterate;
import dev.optim.Run;
import dev.optim.StopReason;
import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import java.util.Optional;
import java.util.Set;

/** A run on mini-batches: an iteration evaluates the next batch at the point and steps from it. */
final class MiniBatchRun implements Run, Iterate {

  private final MiniBatch method;
  private final RandomStream random;
  private final DoubleUpdater updater;
  private final Evaluations evaluations = new Evaluations();
  private final FiniteSum problem;
  private final BatchSampler batches;
  private final double[] x;
  private final double[] g;
  private final double[] uphill;
  private double batchValue = Double.NaN;
  private long iteration;
  private long badInARow;

  MiniBatchRun(MiniBatch method, FiniteSum problem, double[] start, RandomStream random) {
    this.method = method;
    this.random = random;
    this.problem = evaluations.counting(problem);
    batches = new BatchSampler(problem.terms(), method.size(), random);
    updater = method.plan().updaterFor(start.length);
    x = start;
    g = new double[x.length];
    uphill = new double[method.radius() > 0 ? x.length : 0];
  }

  @Override
  public Optional<StopReason> advance() {
    if (badInARow >= batches.batchesPerEpoch()) {
      return Optional.of(StopReason.NON_FINITE);
    }
    int[] batch = batches.batch(iteration);
    double loss = problem.valueAndGradient(x, batch, g);
    try {
      // a loss that is not finite says that its gradient, finite or not, means nothing
      boolean skipped =
          !Double.isFinite(loss)
              || !usableUphill(batch)
              || updater.step(x, g) == StepOutcome.SKIPPED;
      badInARow = skipped ? badInARow + 1 : 0;
    } catch (NonFiniteGradientException e) {
      return Optional.of(StopReason.NON_FINITE);
    }
    batchValue = loss;
    iteration++;
    if (method.plan().plateau() != null) {
      updater.report(loss);
    }
    return Optional.empty();
  }

  /** Puts the gradient up the slope in place of the one here; false if the loss is not finite. */
  private boolean usableUphill(int[] batch) {
    if (method.radius() == 0) {
      return true;
    }
    double scale = method.radius() / Math.sqrt(Kernels.squaredNorm(g, 0, g.length));
    if (!(scale > 0 && scale <= Double.MAX_VALUE)) {
      return true;
    }
    System.arraycopy(x, 0, uphill, 0, x.length);
    Kernels.axpy(scale, g, 0, uphill, 0, x.length);
    return Double.isFinite(problem.valueAndGradient(uphill, batch, g));
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
    return evaluations.counts();
  }

  @Override
  public int dimension() {
    return x.length;
  }

  @Override
  public void copyPoint(double[] out) {
    updater.evaluationPoint(x, out);
  }

  @Override
  public double value() {
    return Double.NaN;
  }

  @Override
  public Set<String> metrics() {
    return Set.of(MiniBatch.BATCH_VALUE);
  }

  @Override
  public double metric(String name) {
    return name.equals(MiniBatch.BATCH_VALUE) ? batchValue : Double.NaN;
  }

  @Override
  public Checkpoint checkpoint() {
    return evaluations
        .counts()
        .save(Checkpoint.builder())
        .meta("kind", "mini-batch run")
        .meta("batch size", method.size())
        .meta("radius", method.radius())
        .meta("terms of the sum", problem.terms())
        .meta("stream", random.key().toString())
        .meta("iteration", iteration)
        .meta("bad in a row", badInARow)
        .meta("batch value", batchValue)
        .tensor("x", x, x.length)
        .include("updater.", updater.checkpoint())
        .build();
  }

  @Override
  public void restore(Checkpoint checkpoint) {
    checkpoint
        .require("kind", "mini-batch run")
        .require("batch size", Long.toString(method.size()))
        .require("radius", Double.toHexString(method.radius()))
        .require("terms of the sum", Long.toString(problem.terms()))
        .require("stream", random.key().toString());
    long savedIteration = checkpoint.metaLong("iteration");
    long savedBad = checkpoint.metaLong("bad in a row");
    double savedBatchValue = checkpoint.metaDouble("batch value");
    double[] savedX = checkpoint.doubles("x", x.length);
    Evaluations.Counts counts = Evaluations.Counts.from(checkpoint);
    updater.restore(checkpoint.part("updater."));
    iteration = savedIteration;
    badInARow = savedBad;
    batchValue = savedBatchValue;
    System.arraycopy(savedX, 0, x, 0, x.length);
    evaluations.restore(counts);
  }
}
