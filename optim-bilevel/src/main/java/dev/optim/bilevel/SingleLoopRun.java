package dev.optim.bilevel;

import dev.optim.Checks;
import dev.optim.Evaluations.Counts;
import dev.optim.Iterate;
import dev.optim.Run;
import dev.optim.RunWarning;
import dev.optim.StopReason;
import dev.optim.kernel.Elementary;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the runs of {@link LvHba} and {@link BicGaffa} share: the state (x, y, theta, lambda, z),
 * the penalty, outcomes, metrics, checkpoints. An iteration fills the next state and only then
 * moves to it; the state before stays, so that the residual is worked out when somebody asks for
 * it.
 */
abstract class SingleLoopRun implements Run, Iterate {

  private static final Set<String> METRICS =
      Set.of(
          BilevelMetrics.UPPER_VALUE,
          BilevelMetrics.LOWER_VALUE,
          BilevelMetrics.RESIDUAL,
          BilevelMetrics.GAP,
          BilevelMetrics.INFEASIBILITY,
          BilevelMetrics.PENALTY);

  final BilevelProblem problem;
  final Oracle oracle;
  final JointProjection joint;
  final MultiplierSet multipliers;
  final int n;
  final int m;
  final int l;

  LvHbaState now;
  LvHbaState next;
  private LvHbaState before;

  /** The scratch of joint projections. */
  final double[] w;

  final double[] gradientX;
  final double[] gradientY;
  private final double[] g;

  private final String kind;
  private final String method;
  private final double penalty;
  private final double penaltyExponent;
  private final List<RunWarning> warnings = new ArrayList<>();
  private List<RunWarning> badNumbers = List.of();
  private double eta;
  private double reach;
  private long iteration;

  /** NaN where it is still to be worked out from the state before. */
  private double residual = Double.POSITIVE_INFINITY;

  SingleLoopRun(
      String kind,
      String method,
      double penalty,
      double penaltyExponent,
      double multiplierBound,
      BilevelProblem problem,
      Oracle oracle,
      JointProjection joint) {
    this.kind = kind;
    this.method = method;
    this.penalty = penalty;
    this.penaltyExponent = penaltyExponent;
    this.problem = problem;
    this.oracle = oracle;
    this.joint = joint;
    n = problem.upperDimension();
    m = problem.lowerDimension();
    Coupling coupling = problem.coupling();
    l = coupling == null ? 0 : coupling.rows();
    multipliers = MultiplierSet.of(coupling, multiplierBound);
    now = new LvHbaState(n, m, l);
    next = new LvHbaState(n, m, l);
    before = new LvHbaState(n, m, l);
    w = new double[n + m];
    gradientX = new double[n];
    gradientY = new double[m];
    g = new double[l];
  }

  /** Takes x, (x, y) or the whole state, projected; without a whole state theta = y. */
  final void begin(double[] start) {
    int whole = n + 2 * m + 2 * l;
    if (start.length != n && start.length != n + m && start.length != whole) {
      throw new IllegalArgumentException(
          ("start has dimension %d, must be n = %d (x), n + m = %d (x, y)"
                  + " or %d (x, y, theta, lambda, z)")
              .formatted(start.length, n, n + m, whole));
    }
    int given = Math.min(start.length, n + m);
    System.arraycopy(start, 0, w, 0, given);
    joint.project(w);
    double moved = 0;
    for (int i = 0; i < given; i++) {
      moved = Math.max(moved, Math.abs(w[i] - start[i]));
    }
    warnings.addAll(Distance.ofTheStart(moved, start));
    now.join(w);
    if (start.length == whole) {
      System.arraycopy(start, n + m, now.theta, 0, m);
      System.arraycopy(start, n + 2 * m, now.lambda, 0, l);
      System.arraycopy(start, n + 2 * m + l, now.z, 0, l);
    } else {
      System.arraycopy(now.y, 0, now.theta, 0, m);
      problem.lowerBlock().project(now.theta);
    }
    reach = Distance.reach(w);
  }

  /** Sets the step size of the inner variables, with a word where it is beyond its limit. */
  final void step(double size, double limit, String consequence) {
    eta = size;
    if (eta >= limit) {
      warnings.add(
          new RunWarning("eta is " + eta + ", must be below " + limit + ": " + consequence));
    }
  }

  final double eta() {
    return eta;
  }

  @Override
  public List<RunWarning> warnings() {
    List<RunWarning> all = new ArrayList<>(warnings);
    all.addAll(badNumbers);
    return all;
  }

  /** Fills theta and lambda of {@link #next} from {@link #now}. */
  abstract void stepInner();

  /** Fills x, y and z of {@link #next} from {@link #now} and the new theta and lambda. */
  abstract void stepPoint(double c);

  /** The residual of the step from one state to the next. */
  abstract double residual(LvHbaState from, LvHbaState to, double c);

  /** The gap at the current state. */
  abstract double gap();

  @Override
  public Optional<StopReason> advance() {
    stepInner();
    Optional<StopReason> escaped = Distance.outcome(next.inner, reach);
    if (escaped.isEmpty()) {
      stepPoint(penalty(iteration));
      escaped = Distance.outcome(next.outer, reach);
    }
    if (escaped.isPresent()) {
      badNumbers = BadNumbers.behind(escaped, problem, now.x, now.y, now.theta, next.theta);
      return escaped;
    }
    LvHbaState oldest = before;
    before = now;
    now = next;
    next = oldest;
    residual = Double.NaN;
    iteration++;
    return escaped;
  }

  private double penalty(long k) {
    // StrictMath.pow allocates
    return penalty * Elementary.exp(penaltyExponent * Elementary.log(k + 1.0));
  }

  private double residual() {
    if (Double.isNaN(residual)) {
      residual = residual(before, now, penalty(iteration - 1));
    }
    return residual;
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
      case BilevelMetrics.RESIDUAL -> residual();
      case BilevelMetrics.GAP -> gap();
      case BilevelMetrics.INFEASIBILITY -> infeasibility();
      case BilevelMetrics.PENALTY -> penalty(Math.max(0, iteration - 1));
      default -> Double.NaN;
    };
  }

  private double infeasibility() {
    Coupling coupling = problem.coupling();
    double worst = 0;
    if (coupling != null) {
      double[] rows = couplingAt(coupling, now.y);
      for (int i = 0; i < l; i++) {
        worst = Math.max(worst, coupling.equality(i) ? Math.abs(rows[i]) : rows[i]);
      }
    }
    return worst;
  }

  /** g(x, y) at the current x for a metric: not counted. */
  final double[] couplingAt(Coupling coupling, double[] y) {
    Counts counts = oracle.counts();
    oracle.coupling(coupling, now.x, y, g);
    oracle.restore(counts);
    return g;
  }

  @Override
  public Checkpoint checkpoint() {
    CheckpointBuilder builder =
        oracle
            .counts()
            .save(Checkpoint.builder())
            .meta("kind", kind)
            .meta("method", method)
            .meta("eta", eta)
            .meta("iteration", iteration)
            .meta("residual", residual());
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
    checkpoint.require("kind", kind).require("method", method);
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
