package dev.optim.bilevel;

import dev.optim.Checks;
import dev.optim.Evaluations.Counts;
import dev.optim.Iterate;
import dev.optim.Run;
import dev.optim.RunWarning;
import dev.optim.StopReason;
import dev.optim.kernel.Kernels;
import dev.optim.state.Checkpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One run of {@link PenaltyMethod}. An iteration fills the next state and then moves to it. */
final class PenaltyRun implements Run, Iterate {

  private static final Set<String> METRICS =
      Set.of(
          BilevelMetrics.UPPER_VALUE,
          BilevelMetrics.LOWER_VALUE,
          BilevelMetrics.RESIDUAL,
          BilevelMetrics.GAP,
          BilevelMetrics.PENALTY);

  private static final Optional<StopReason> NON_FINITE = Optional.of(StopReason.NON_FINITE);

  private final PenaltyMethod method;
  private final BilevelProblem problem;
  private final Oracle oracle;
  private final Batches upperBatches;
  private final Batches lowerBatches;
  private final int n;
  private final int m;

  private PenaltyState now;
  private PenaltyState next;
  private final double[] directionX;
  private final double[] directionY;
  private final double[] directionZ;
  private final double[] ux;
  private final double[] uy;
  private final List<RunWarning> warnings;
  private List<RunWarning> badNumbers = List.of();
  private final double reach;
  private long iteration;
  private double residual = Double.POSITIVE_INFINITY;

  PenaltyRun(
      PenaltyMethod method,
      BilevelProblem problem,
      double[] start,
      Batches upperBatches,
      Batches lowerBatches) {
    this.method = method;
    this.problem = problem;
    this.upperBatches = upperBatches;
    this.lowerBatches = lowerBatches;
    if (problem.coupling() != null || problem.upperConstraints() != null) {
      throw new IllegalArgumentException(
          "the penalty method takes no coupling constraints; LvHba does");
    }
    oracle = new Oracle(problem);
    n = problem.upperDimension();
    m = problem.lowerDimension();
    now = new PenaltyState(n, m, method.momentum() < 1);
    next = new PenaltyState(n, m, method.momentum() < 1);
    directionX = new double[n];
    directionY = new double[m];
    directionZ = new double[m];
    ux = new double[n];
    uy = new double[m];
    if (start.length != n && start.length != n + m) {
      throw new IllegalArgumentException(
          "start has dimension %d, must be n = %d (x) or n + m = %d (x, y)"
              .formatted(start.length, n, n + m));
    }
    System.arraycopy(start, 0, now.x, 0, n);
    System.arraycopy(start, n, now.y, 0, start.length - n);
    problem.upperBlock().project(now.x);
    problem.lowerBlock().project(now.y);
    double moved = 0;
    for (int i = 0; i < start.length; i++) {
      moved = Math.max(moved, Math.abs(start[i] - (i < n ? now.x[i] : now.y[i - n])));
    }
    warnings = Distance.ofTheStart(moved, start);
    reach = Distance.reach(start);
    for (double[] copy : new double[][] {now.z, now.centreY, now.centreZ}) {
      System.arraycopy(now.y, 0, copy, 0, m);
    }
  }

  @Override
  public Optional<StopReason> advance() {
    double s = method.sigma().at(iteration);
    Checks.positive("sigma", s);
    next.carryOn(now);
    int inner = method.innerSteps();
    double lastInner = 0;
    for (int t = 0; t < inner; t++) {
      lastInner = innerStep(s, inner == 1 ? iteration : iteration * (inner + 1L) + t);
    }
    Optional<StopReason> escaped = NON_FINITE;
    double outer = 0;
    if (Kernels.allFinite(next.y, 0, m) && Kernels.allFinite(next.z, 0, m)) {
      moveCentres();
      outer = outerStep(s, inner == 1 ? iteration : iteration * (inner + 1L) + inner);
      escaped = Distance.outcome(next.carried, reach);
    }
    if (escaped.isPresent()) {
      badNumbers = BadNumbers.behind(escaped, problem, now.x, now.y, now.z);
      return escaped;
    }
    residual = outer / method.alpha() + lastInner / (method.gamma() * s);
    PenaltyState old = now;
    now = next;
    next = old;
    iteration++;
    return escaped;
  }

  /** Steps next.y and next.z; the length of the step. */
  private double innerStep(double s, long sample) {
    int[] upper = upperBatches.batch(sample);
    int[] lower = lowerBatches.batch(sample);
    estimateY(problem.lower(), lower, next.x, next.z, now.beforeX, now.beforeZ, next.lowerZ);
    estimateY(problem.upper(), upper, next.x, next.y, now.beforeX, now.beforeY, next.upperY);
    estimateY(problem.lower(), lower, next.x, next.y, now.beforeX, now.beforeY, next.lowerY);
    double pull = 1 / method.moreauRadius();
    for (int i = 0; i < m; i++) {
      directionZ[i] = next.lowerZ[i] + pull * (next.z[i] - next.centreZ[i]);
      directionY[i] = s * next.upperY[i] + next.lowerY[i] + pull * (next.y[i] - next.centreY[i]);
    }
    return Math.sqrt(descend(next.z, directionZ) + descend(next.y, directionY));
  }

  /** y = P_Y(y - gamma d); the squared length of the step. */
  private double descend(double[] y, double[] direction) {
    System.arraycopy(y, 0, uy, 0, m);
    Kernels.axpy(-method.gamma(), direction, y, 0, m);
    problem.lowerBlock().project(y);
    Kernels.axpy(-1, y, uy, 0, m);
    return Kernels.dot(uy, uy);
  }

  private void moveCentres() {
    double b = method.moreauStep();
    for (int i = 0; i < m; i++) {
      next.centreY[i] += b * (next.y[i] - next.centreY[i]);
      next.centreZ[i] += b * (next.z[i] - next.centreZ[i]);
    }
  }

  /** Steps next.x; the length of the step. */
  private double outerStep(double s, long sample) {
    int[] upper = upperBatches.batch(sample);
    int[] lower = lowerBatches.batch(sample);
    double keep = keep();
    if (keep > 0) {
      // the estimates lose what the gradients were before, with the sample of now
      oracle.gradientX(problem.upper(), now.beforeX, now.y, upper, ux);
      recall(keep, next.upperX, ux);
      oracle.gradientX(problem.lower(), now.beforeX, now.y, lower, ux);
      oracle.gradientX(problem.lower(), now.beforeX, now.z, lower, directionX);
      for (int i = 0; i < n; i++) {
        ux[i] -= directionX[i];
      }
      recall(keep, next.lowerX, ux);
    } else {
      Arrays.fill(next.upperX, 0);
      Arrays.fill(next.lowerX, 0);
    }
    oracle.gradientX(problem.upper(), now.x, next.y, upper, ux);
    Kernels.axpy(1, ux, next.upperX, 0, n);
    oracle.gradientX(problem.lower(), now.x, next.y, lower, ux);
    oracle.gradientX(problem.lower(), now.x, next.z, lower, directionX);
    for (int i = 0; i < n; i++) {
      next.lowerX[i] += ux[i] - directionX[i];
      directionX[i] = next.upperX[i] + next.lowerX[i] / s;
      next.x[i] = now.x[i] - method.alpha() * directionX[i];
    }
    if (!Kernels.allFinite(next.x, 0, n)) {
      return Double.NaN;
    }
    problem.upperBlock().project(next.x);
    System.arraycopy(next.x, 0, ux, 0, n);
    Kernels.axpy(-1, now.x, ux, 0, n);
    return Math.sqrt(Kernels.dot(ux, ux));
  }

  /** estimate = G(x, y) + (1 - eta)(estimate - G(beforeX, beforeY)), one sample for both. */
  private void estimateY(
      LevelObjective level,
      int[] batch,
      double[] x,
      double[] y,
      double[] beforeX,
      double[] beforeY,
      double[] estimate) {
    double keep = keep();
    if (keep > 0) {
      oracle.gradientY(level, beforeX, beforeY, batch, uy);
      recall(keep, estimate, uy);
      oracle.gradientY(level, x, y, batch, uy);
      Kernels.axpy(1, uy, estimate, 0, m);
    } else {
      oracle.gradientY(level, x, y, batch, estimate);
    }
  }

  private double keep() {
    return iteration == 0 ? 0 : 1 - method.momentum();
  }

  private static void recall(double keep, double[] estimate, double[] before) {
    for (int i = 0; i < estimate.length; i++) {
      estimate[i] = keep * (estimate[i] - before[i]);
    }
  }

  @Override
  public List<RunWarning> warnings() {
    List<RunWarning> all = new ArrayList<>(warnings);
    all.addAll(badNumbers);
    return all;
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
  public Counts evaluations() {
    return oracle.counts();
  }

  @Override
  public int dimension() {
    return n + m;
  }

  @Override
  public void copyPoint(double[] out) {
    Checks.length("out", out.length, n + m);
    System.arraycopy(now.x, 0, out, 0, n);
    System.arraycopy(now.y, 0, out, n, m);
  }

  @Override
  public double value() {
    return Double.NaN;
  }

  @Override
  public Set<String> metrics() {
    return METRICS;
  }

  @Override
  public double metric(String name) {
    return switch (name) {
      case BilevelMetrics.UPPER_VALUE -> oracle.value(problem.upper(), now.x, now.y);
      case BilevelMetrics.LOWER_VALUE -> oracle.value(problem.lower(), now.x, now.y);
      case BilevelMetrics.RESIDUAL -> residual;
      case BilevelMetrics.GAP ->
          oracle.value(problem.lower(), now.x, now.y) - oracle.value(problem.lower(), now.x, now.z);
      case BilevelMetrics.PENALTY -> 1 / method.sigma().at(Math.max(0, iteration - 1));
      default -> Double.NaN;
    };
  }

  /** z, where the lower level is solved on its own. */
  double[] lowerPoint() {
    return now.z.clone();
  }

  @Override
  public Checkpoint checkpoint() {
    double[] state = now.toArray();
    return oracle
        .counts()
        .save(Checkpoint.builder())
        .meta("kind", "penalty run")
        .meta("method", method.toString())
        .meta("iteration", iteration)
        .meta("residual", residual)
        .tensor("state", state, state.length)
        .build();
  }

  @Override
  public void restore(Checkpoint checkpoint) {
    checkpoint.require("kind", "penalty run").require("method", method.toString());
    long savedIteration = checkpoint.metaLong("iteration");
    double savedResidual = checkpoint.metaDouble("residual");
    double[] state = checkpoint.doubles("state", 4L * n + 9L * m);
    Counts counts = Counts.from(checkpoint);
    now.fromArray(state);
    iteration = savedIteration;
    residual = savedResidual;
    oracle.restore(counts);
  }
}
