package dev.optim.update;

import dev.optim.Checks;
import dev.optim.DifferentiableObjective;
import dev.optim.Evaluations;
import dev.optim.Iterate;
import dev.optim.Run;
import dev.optim.StopReason;
import dev.optim.kernel.Kernels;
import dev.optim.state.Checkpoint;
import java.util.Optional;
import java.util.Set;

/**
 * A run on whole gradients. The iterate is a point together with the value and gradient at it; an
 * iteration steps to the next point and evaluates there, and only then moves the iterate.
 */
final class FullBatchRun implements Run, Iterate {

  private final UpdatePlan plan;
  private final DoubleUpdater updater;
  private final Evaluations evaluations = new Evaluations();
  private final DifferentiableObjective problem;
  private double[] x;
  private double[] g;
  private double[] nextX;
  private double[] nextG;
  private double value;
  private double gradientNorm;
  private long iteration;

  /** The updater has stepped to {@code nextX}, but the problem has not been asked there yet. */
  private boolean stepped;

  FullBatchRun(UpdatePlan plan, DifferentiableObjective problem, double[] start) {
    this.plan = plan;
    this.problem = evaluations.counting(problem);
    updater = plan.updaterFor(start.length);
    x = start;
    g = new double[x.length];
    nextX = new double[x.length];
    nextG = new double[x.length];
    value = this.problem.valueAndGradient(x, g);
    gradientNorm = Kernels.norm(g, 0, g.length);
  }

  @Override
  public Optional<StopReason> advance() {
    if (!Double.isFinite(value) || !Double.isFinite(gradientNorm)) {
      return Optional.of(StopReason.NON_FINITE);
    }
    if (!stepped) {
      System.arraycopy(x, 0, nextX, 0, x.length);
      try {
        if (updater.step(nextX, g) == StepOutcome.SKIPPED) {
          return Optional.of(StopReason.NON_FINITE); // too large to be squared
        }
      } catch (NonFiniteGradientException e) {
        return Optional.of(StopReason.NON_FINITE);
      }
      stepped = true;
    }
    double nextValue = problem.valueAndGradient(nextX, nextG);
    double nextNorm = Kernels.norm(nextG, 0, nextG.length);
    if (!Double.isFinite(nextValue) || !Double.isFinite(nextNorm)) {
      return Optional.of(StopReason.NON_FINITE);
    }
    stepped = false;
    double[] oldX = x;
    double[] oldG = g;
    x = nextX;
    g = nextG;
    nextX = oldX;
    nextG = oldG;
    value = nextValue;
    gradientNorm = nextNorm;
    iteration++;
    if (plan.plateau() != null) {
      updater.report(value);
    }
    return Optional.empty();
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
    Checks.length("out", out.length, x.length);
    System.arraycopy(x, 0, out, 0, x.length);
  }

  @Override
  public double value() {
    return value;
  }

  @Override
  public Set<String> metrics() {
    return Set.of(GRADIENT_NORM);
  }

  @Override
  public double metric(String name) {
    return name.equals(GRADIENT_NORM) ? gradientNorm : Double.NaN;
  }

  @Override
  public Checkpoint checkpoint() {
    return evaluations
        .counts()
        .save(Checkpoint.builder())
        .meta("kind", "full-batch run")
        .meta("iteration", iteration)
        .meta("value", value)
        .meta("stepped", stepped ? 1 : 0)
        .tensor("x", x, x.length)
        .tensor("g", g, g.length)
        .tensor("next", nextX, nextX.length)
        .include("updater.", updater.checkpoint())
        .build();
  }

  @Override
  public void restore(Checkpoint checkpoint) {
    checkpoint.require("kind", "full-batch run");
    long savedIteration = checkpoint.metaLong("iteration");
    double savedValue = checkpoint.metaDouble("value");
    boolean savedStepped = checkpoint.metaLong("stepped") == 1;
    double[] savedX = checkpoint.doubles("x", x.length);
    double[] savedG = checkpoint.doubles("g", x.length);
    double[] savedNext = checkpoint.doubles("next", x.length);
    Evaluations.Counts counts = Evaluations.Counts.from(checkpoint);
    updater.restore(checkpoint.part("updater."));
    iteration = savedIteration;
    value = savedValue;
    stepped = savedStepped;
    x = savedX;
    g = savedG;
    nextX = savedNext;
    gradientNorm = Kernels.norm(g, 0, g.length);
    evaluations.restore(counts);
  }
}
