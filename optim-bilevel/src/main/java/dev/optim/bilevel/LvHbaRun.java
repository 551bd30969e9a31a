package dev.optim.bilevel;

import dev.optim.Checks;
import dev.optim.Evaluations.Counts;
import dev.optim.Iterate;
import dev.optim.Run;
import dev.optim.StopReason;
import dev.optim.kernel.Kernels;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Optional;
import java.util.Set;

/** One run of {@link LvHba}. An iteration fills the next state and only then moves to it. */
final class LvHbaRun implements Run, Iterate {

  private static final System.Logger LOG = System.getLogger("dev.optim.bilevel");

  private static final Set<String> METRICS =
      Set.of(
          BilevelMetrics.UPPER_VALUE,
          BilevelMetrics.LOWER_VALUE,
          BilevelMetrics.RESIDUAL,
          BilevelMetrics.GAP,
          BilevelMetrics.INFEASIBILITY,
          BilevelMetrics.PENALTY);

  private final LvHba method;
  private final BilevelProblem problem;
  private final Oracle oracle;
  private final JointProjection joint;
  private final LowerSaddle saddle;
  private final int n;
  private final int m;
  private final int l;

  private LvHbaState now;
  private LvHbaState next;
  private final double[] w;
  private final double[] dx;
  private final double[] dy;
  private final double[] ux;
  private final double[] uy;
  private double eta;
  private long iteration;
  private double residual = Double.POSITIVE_INFINITY;

  LvHbaRun(LvHba method, BilevelProblem problem, double[] start) {
    this.method = method;
    this.problem = problem;
    oracle = new Oracle(problem);
    n = problem.upperDimension();
    m = problem.lowerDimension();
    Coupling coupling = problem.coupling();
    l = coupling == null ? 0 : coupling.rows();
    if (method.feasibleTheta() && problem.innerProjection() == null) {
      throw new IllegalArgumentException(
          "feasibleTheta is true, but the problem has no innerProjection");
    }
    now = new LvHbaState(n, m, l);
    next = new LvHbaState(n, m, l);
    w = new double[n + m];
    dx = new double[n];
    dy = new double[m];
    ux = new double[n];
    uy = new double[m];
    joint = problem.jointProjection(oracle);
    begin(start);
    StepRule rule = new StepRule(oracle, now.x, now.theta, now.lambda, method);
    eta = rule.choose(method.eta());
    if (eta >= rule.limit()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "eta is {0}, but (theta, lambda) spirals outwards from {1} on",
          eta,
          rule.limit());
    }
    saddle = new LowerSaddle(method, oracle);
  }

  private void begin(double[] start) {
    int whole = n + 2 * m + 2 * l;
    if (start.length != n + m && start.length != whole) {
      throw new IllegalArgumentException(
          "start has dimension %d, must be n + m = %d (x, y) or %d (x, y, theta, lambda, z)"
              .formatted(start.length, n + m, whole));
    }
    System.arraycopy(start, 0, w, 0, n + m);
    joint.project(w);
    double moved = 0;
    for (int i = 0; i < n + m; i++) {
      moved = Math.max(moved, Math.abs(w[i] - start[i]));
    }
    if (moved > 1e-9 * (1 + Kernels.maxAbs(start, 0, n + m))) {
      LOG.log(
          System.Logger.Level.INFO,
          "the start is not feasible and was projected: a coordinate moved by {0}",
          moved);
    }
    now.join(w);
    if (start.length == whole && whole > n + m) {
      System.arraycopy(start, n + m, now.theta, 0, m);
      System.arraycopy(start, n + 2 * m, now.lambda, 0, l);
      System.arraycopy(start, n + 2 * m + l, now.z, 0, l);
    } else {
      System.arraycopy(now.y, 0, now.theta, 0, m);
      problem.lowerBlock().project(now.theta);
    }
  }

  @Override
  public Optional<StopReason> advance() {
    double c = penalty(iteration);
    saddle.step(now, next, eta);
    if (!next.saddleIsFinite()) {
      return Optional.of(StopReason.NON_FINITE);
    }
    directions(c);
    double alpha = method.alpha();
    for (int i = 0; i < n; i++) {
      w[i] = now.x[i] - alpha * dx[i];
    }
    for (int i = 0; i < m; i++) {
      w[n + i] = now.y[i] - alpha * dy[i];
    }
    if (!Kernels.allFinite(w, 0, w.length)) {
      return Optional.of(StopReason.NON_FINITE);
    }
    joint.project(w);
    next.join(w);
    double factor = method.beta() / method.gamma2();
    for (int i = 0; i < l; i++) {
      next.z[i] = saddle.clip(now.z[i] + factor * (next.lambda[i] - now.z[i]));
    }
    if (!next.isFinite()) {
      return Optional.of(StopReason.NON_FINITE);
    }
    residual = residualOfStep(c);
    LvHbaState old = now;
    now = next;
    next = old;
    iteration++;
    return Optional.empty();
  }

  /** d_x and d_y from the old (x, y) and the new (theta, lambda). */
  private void directions(double c) {
    LevelObjective upper = problem.upper();
    LevelObjective lower = problem.lower();
    double weight = 1 / c;
    oracle.gradientX(upper, now.x, now.y, Oracle.WHOLE, dx);
    oracle.gradientX(lower, now.x, now.y, Oracle.WHOLE, ux);
    for (int i = 0; i < n; i++) {
      dx[i] = weight * dx[i] + ux[i];
    }
    oracle.gradientX(lower, now.x, next.theta, Oracle.WHOLE, ux);
    for (int i = 0; i < n; i++) {
      dx[i] -= ux[i];
    }
    Coupling coupling = problem.coupling();
    if (coupling != null) {
      oracle.transposedX(coupling, now.x, next.theta, next.lambda, ux);
      for (int i = 0; i < n; i++) {
        dx[i] -= ux[i];
      }
    }
    oracle.gradientY(upper, now.x, now.y, Oracle.WHOLE, dy);
    oracle.gradientY(lower, now.x, now.y, Oracle.WHOLE, uy);
    double gamma1 = method.gamma1();
    for (int i = 0; i < m; i++) {
      dy[i] = weight * dy[i] + uy[i] - (now.y[i] - next.theta[i]) / gamma1;
    }
  }

  /**
   * {@code c_k (|w - w+|/alpha + |z - z+|/beta)} plus the bound on |(theta, lambda) - (theta*,
   * lambda*)| that the strong monotonicity of the saddle problem gives for its last step.
   */
  private double residualOfStep(double c) {
    double points = now.squaredPointStep(next);
    double multipliers = LvHbaState.squaredDistance(now.z, next.z);
    double inner =
        LvHbaState.squaredDistance(now.theta, next.theta)
            + LvHbaState.squaredDistance(now.lambda, next.lambda);
    return c * (Math.sqrt(points) / method.alpha() + Math.sqrt(multipliers) / method.beta())
        + Math.max(method.gamma1(), method.gamma2()) * Math.sqrt(inner) / eta;
  }

  private double penalty(long k) {
    return method.penalty() * StrictMath.pow(k + 1.0, method.penaltyExponent());
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
      case BilevelMetrics.GAP -> gap();
      case BilevelMetrics.INFEASIBILITY -> infeasibility();
      case BilevelMetrics.PENALTY -> penalty(Math.max(0, iteration - 1));
      default -> Double.NaN;
    };
  }

  /** f(x,y) - v(x,y,z), with (theta, lambda) for the solution of the saddle problem. */
  private double gap() {
    double gap =
        oracle.value(problem.lower(), now.x, now.y)
            - oracle.value(problem.lower(), now.x, now.theta)
            - LvHbaState.squaredDistance(now.theta, now.y) / (2 * method.gamma1());
    Coupling coupling = problem.coupling();
    if (coupling != null) {
      double[] g = couplingAt(coupling, now.theta);
      gap +=
          LvHbaState.squaredDistance(now.lambda, now.z) / (2 * method.gamma2())
              - Kernels.dot(now.lambda, g);
    }
    return gap;
  }

  private double infeasibility() {
    Coupling coupling = problem.coupling();
    double worst = 0;
    if (coupling != null) {
      for (double g : couplingAt(coupling, now.y)) {
        worst = Math.max(worst, coupling.equality() ? Math.abs(g) : g);
      }
    }
    return worst;
  }

  private double[] couplingAt(Coupling coupling, double[] y) {
    Counts counts = oracle.counts();
    double[] g = new double[l];
    oracle.coupling(coupling, now.x, y, g);
    oracle.restore(counts); // a metric is not counted
    return g;
  }

  @Override
  public Checkpoint checkpoint() {
    CheckpointBuilder builder =
        oracle
            .counts()
            .save(Checkpoint.builder())
            .meta("kind", "LV-HBA run")
            .meta("method", method.toString())
            .meta("eta", eta)
            .meta("iteration", iteration)
            .meta("residual", residual);
    double[] state = now.toArray();
    int[] memory = joint.memory();
    builder.tensor("state", state, state.length);
    if (memory.length > 0) {
      builder.tensor("memory", memory, memory.length);
    }
    return builder.build();
  }

  @Override
  public void restore(Checkpoint checkpoint) {
    checkpoint.require("kind", "LV-HBA run").require("method", method.toString());
    double savedEta = checkpoint.metaDouble("eta");
    long savedIteration = checkpoint.metaLong("iteration");
    double savedResidual = checkpoint.metaDouble("residual");
    double[] state = checkpoint.doubles("state", n + 2L * m + 2L * l);
    int[] memory =
        checkpoint.tensorNames().contains("memory") ? checkpoint.ints("memory") : new int[0];
    Counts counts = Counts.from(checkpoint);
    now.fromArray(state);
    joint.remember(memory);
    eta = savedEta;
    iteration = savedIteration;
    residual = savedResidual;
    oracle.restore(counts);
  }
}
