package dev.optim.bilevel;

import dev.optim.Checks;
import dev.optim.DifferentiableObjective;
import dev.optim.Evaluations.Counts;
import dev.optim.Iterate;
import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.RunWarning;
import dev.optim.Start;
import dev.optim.StopReason;
import dev.optim.random.RandomStream;
import dev.optim.state.Checkpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One run of {@link NestedMethod}: a run of the outer method, with the lower level's solutions. */
final class NestedRun implements Run, Iterate, DifferentiableObjective {

  private final NestedMethod method;
  private final Oracle oracle;
  private final BilevelProblem problem;
  private final ImplicitObjective objective;
  private final Run outer;
  private final int n;
  private final int m;

  /** The point (x, y(x)) evaluated last. */
  private final double[] last;

  /** The point of the iterate, with NaN for a y that has not been asked for yet. */
  private final double[] point;

  private final double[] x;
  private List<RunWarning> badNumbers = List.of();

  NestedRun(NestedMethod method, BilevelProblem problem, Start start, RandomStream random) {
    this.method = method;
    this.problem = problem;
    n = problem.upperDimension();
    m = problem.lowerDimension();
    if (!problem.upperBlock().isWhole() || problem.upperConstraints() != null) {
      throw new IllegalArgumentException(
          "x is constrained, and the method for x would not know: PenaltyMethod and LvHba do");
    }
    if (start.dimension() != n && start.dimension() != n + m) {
      throw new IllegalArgumentException(
          "start has dimension %d, must be n = %d (x) or n + m = %d (x, y)"
              .formatted(start.dimension(), n, n + m));
    }
    oracle = new Oracle(problem);
    BilevelProblem counted = oracle.counted();
    Start outerStart = start;
    double[] lowerStart = new double[m];
    if (start.dimension() > n) {
      double[] whole = start.sample(Optimizer.startStream(random));
      outerStart = Start.at(Arrays.copyOf(whole, n));
      System.arraycopy(whole, n, lowerStart, 0, m);
    }
    objective =
        new ImplicitObjective(
                counted,
                ImplicitEquation.optimality(counted),
                InnerSolver.newton(counted, method.innerTolerance(), method.maxIterations()),
                AdjointSolver.cg(method.adjointTolerance(), method.maxIterations()),
                lowerStart,
                method.trusted())
            .warm();
    last = new double[n + m];
    point = new double[n + m];
    x = new double[n];
    Arrays.fill(last, Double.NaN);
    Arrays.fill(point, Double.NaN);
    outer = method.outer().start(this, outerStart, random);
    follow();
  }

  @Override
  public double value(double[] x) {
    return solved(x, objective.value(x));
  }

  @Override
  public void gradient(double[] x, double[] out) {
    valueAndGradient(x, out);
  }

  @Override
  public double valueAndGradient(double[] x, double[] out) {
    return solved(x, objective.valueAndGradient(x, out));
  }

  private double solved(double[] x, double value) {
    System.arraycopy(x, 0, last, 0, n);
    objective.copyLowerPoint(last, n);
    return value;
  }

  @Override
  public Optional<StopReason> advance() {
    Optional<StopReason> reason = outer.advance();
    follow();
    badNumbers =
        BadNumbers.behind(
            reason, problem, Arrays.copyOf(last, n), Arrays.copyOfRange(last, n, n + m));
    return reason;
  }

  /** Takes over the point of the outer method, as a rule the one evaluated last. */
  private void follow() {
    outer.iterate().copyPoint(x);
    if (Arrays.equals(point, 0, n, x, 0, n)) {
      return;
    }
    System.arraycopy(x, 0, point, 0, n);
    if (Arrays.equals(last, 0, n, x, 0, n)) {
      System.arraycopy(last, n, point, n, m);
    } else {
      Arrays.fill(point, n, n + m, Double.NaN);
    }
  }

  @Override
  public List<RunWarning> warnings() {
    List<RunWarning> all = new ArrayList<>(outer.warnings());
    all.addAll(badNumbers);
    return all;
  }

  @Override
  public Iterate iterate() {
    return this;
  }

  @Override
  public long iteration() {
    return outer.iterate().iteration();
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
    if (Double.isNaN(point[n])) {
      // evaluated before others were: solved once more, not counted
      double[] y = objective.lowerPoint();
      InnerSolver.newton(problem, method.innerTolerance(), method.maxIterations())
          .solve(Arrays.copyOf(point, n), y);
      System.arraycopy(y, 0, point, n, m);
    }
    System.arraycopy(point, 0, out, 0, n + m);
  }

  @Override
  public double value() {
    return outer.iterate().value();
  }

  @Override
  public Set<String> metrics() {
    Set<String> all = new HashSet<>(outer.iterate().metrics());
    all.add(BilevelMetrics.UPPER_VALUE);
    all.add(BilevelMetrics.LOWER_VALUE);
    return Set.copyOf(all);
  }

  @Override
  public double metric(String name) {
    return switch (name) {
      case BilevelMetrics.UPPER_VALUE -> metric(problem.upper());
      case BilevelMetrics.LOWER_VALUE -> metric(problem.lower());
      default -> outer.iterate().metric(name);
    };
  }

  private double metric(LevelObjective level) {
    double[] w = point();
    return oracle.value(level, Arrays.copyOf(w, n), Arrays.copyOfRange(w, n, n + m));
  }

  @Override
  public Checkpoint checkpoint() {
    double[] memory = objective.memory();
    return oracle
        .counts()
        .save(Checkpoint.builder())
        .meta("kind", "nested run")
        .meta("method", method.toString())
        .tensor("last", last, last.length)
        .tensor("point", point, point.length)
        .tensor("memory", memory, memory.length)
        .include("outer.", outer.checkpoint())
        .build();
  }

  @Override
  public void restore(Checkpoint checkpoint) {
    checkpoint.require("kind", "nested run").require("method", method.toString());
    double[] savedLast = checkpoint.doubles("last", n + m);
    double[] savedPoint = checkpoint.doubles("point", n + m);
    double[] memory = checkpoint.doubles("memory", 2L * m);
    Counts counts = Counts.from(checkpoint);
    outer.restore(checkpoint.part("outer."));
    System.arraycopy(savedLast, 0, last, 0, n + m);
    System.arraycopy(savedPoint, 0, point, 0, n + m);
    objective.remember(memory);
    oracle.restore(counts);
  }
}
