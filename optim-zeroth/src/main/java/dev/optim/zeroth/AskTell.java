package dev.optim.zeroth;

import dev.optim.Checks;
import dev.optim.Evaluations;
import dev.optim.Iterate;
import dev.optim.RunWarning;
import dev.optim.StopReason;
import dev.optim.kernel.Kernels;
import dev.optim.state.Checkpoint;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run by ask and tell: the method says which points it wants evaluated, and somebody - a cluster,
 * a laboratory, a person - tells their values, all at once or one by one in any order.
 *
 * <pre>{@code
 * AskTell run = Cbo.standard().open(Start.uniform(2, -3, 3), RandomStream.of(7));
 * while (run.ended().isEmpty() && run.iterate().iteration() < 100) {
 *   double[][] points = run.ask();
 *   run.tell(valuesOf(points));
 * }
 * }</pre>
 *
 * <p>A checkpoint may be taken at any time, also with only a part of the answers in. Belongs to one
 * thread at a time.
 */
public final class AskTell {

  /** How many times as large as the start, or 1, the coordinates of a minimum may be. */
  private static final double FACTOR = 1e12;

  /** The least value that a minimum may have: below it there is only overflow. */
  private static final double LEAST = -1e300;

  private final String method;
  private final View view = new View();
  private Engine engine;
  private double[] answers = {};
  private boolean[] answered = {};

  /** The answers of the other size, where questions of two sizes take turns. */
  private double[] spareAnswers = {};

  private boolean[] spareAnswered = {};
  private int missing;
  private double[] best;
  private double bestValue = Double.NaN;
  private long evaluated;

  /** The size of a coordinate from which on the point is no minimum: the run has run away. */
  private double reach;

  private @Nullable StopReason ended;

  AskTell(String method, Engine engine) {
    this(method, engine, Double.POSITIVE_INFINITY);
  }

  /** A run whose points are held at a size. */
  AskTell(String method, Engine engine, double held) {
    this.method = method;
    this.engine = engine;
    best = new double[engine.dimension()];
    engine.copyPoint(0, best);
    reach = Math.min(held, FACTOR * (1 + Kernels.maxAbs(best, 0, best.length)));
    expect();
  }

  /**
   * The points whose values are wanted. The same points until all their values are told, those
   * already told included.
   *
   * @return copies, one row per point; no rows once the run has {@link #ended}
   */
  public double[][] ask() {
    double[][] points = new double[count()][engine.dimension()];
    for (int i = 0; i < points.length; i++) {
      engine.copyPoint(i, points[i]);
    }
    return points;
  }

  /**
   * The point the method itself moves: the consensus point, the mean of an evolution strategy, the
   * best vertex of a simplex, x. It may never have been evaluated; where values are noisy it is
   * often better than the best one evaluated, which has been lucky.
   *
   * @return a copy
   */
  public double[] center() {
    return engine.center().clone();
  }

  /**
   * Tells the value of one point; the last one missing moves the method on.
   *
   * @param index which of the points asked for
   * @param value its value; NaN or infinite if the evaluation failed
   * @return whether all points are answered now, so that new ones can be asked for
   * @throws IllegalArgumentException if there is no such point or it has been answered already
   * @throws IllegalStateException if the run has ended or gradients are wanted
   */
  public boolean tell(int index, double value) {
    requireValuesWanted();
    if (index < 0 || index >= answers.length || answered[index]) {
      throw new IllegalArgumentException(
          "index is " + index + ", must be that of one of the points not yet answered");
    }
    answers[index] = Double.isFinite(value) ? value : Double.POSITIVE_INFINITY;
    answered[index] = true;
    missing--;
    if (missing > 0) {
      return false;
    }
    moveOn();
    return true;
  }

  /**
   * Whether the value of a point is in, for instance of those asked for before a restart: the
   * points of {@link #ask} for which it is not are still to be told.
   *
   * @param index which of the points asked for
   * @return true if it has been told
   * @throws IllegalArgumentException if there is no such point, as once the run has ended
   */
  public boolean answered(int index) {
    if (index < 0 || index >= count()) {
      throw new IllegalArgumentException(
          "index is " + index + ", must be that of one of the " + count() + " points asked for");
    }
    return answered[index];
  }

  /**
   * Tells the values of all points at once.
   *
   * @param values one for each point asked for, in order; copied
   * @throws IllegalArgumentException if there is not one value for each point, or some points have
   *     been answered already
   * @throws IllegalStateException if the run has ended or gradients are wanted
   */
  public void tell(double[] values) {
    requireValuesWanted();
    Checks.length("values", values.length, answers.length);
    if (missing < answers.length) {
      throw new IllegalArgumentException(
          "values are for all points, but only " + missing + " are not yet answered");
    }
    for (int i = 0; i < values.length; i++) {
      answers[i] = Double.isFinite(values[i]) ? values[i] : Double.POSITIVE_INFINITY;
    }
    moveOn();
  }

  /**
   * Whether the gradients at the points asked for are wanted, not their values: of a {@link
   * GradientCbo}, when its particles have moved.
   *
   * @return true if {@link #tellGradients} is the answer
   */
  public boolean wantsGradients() {
    return ended == null && engine.wantsGradients();
  }

  /**
   * Tells the gradients at all points.
   *
   * @param gradients one row for each point asked for, in order; read only. Numbers that are not
   *     finite say that it failed
   * @throws IllegalArgumentException if there is not one gradient for each point, as long as it
   * @throws IllegalStateException if the run has ended or values are wanted
   */
  public void tellGradients(double[][] gradients) {
    tellGradients(gradients, 1);
  }

  /** Tells gradients that have cost so many terms each. */
  void tellGradients(double[][] gradients, long terms) {
    requireOpen();
    if (!engine.wantsGradients()) {
      throw new IllegalStateException("values are wanted, no gradients");
    }
    Checks.length("gradients", gradients.length, engine.count());
    for (int i = 0; i < gradients.length; i++) {
      Checks.length("gradients[" + i + "]", gradients[i].length, best.length);
    }
    engine.tellGradients(gradients, terms);
    expect();
  }

  /**
   * Why the method can go no further.
   *
   * @return empty while there is more to do
   */
  public Optional<StopReason> ended() {
    return Optional.ofNullable(ended);
  }

  /**
   * Where the run stands: the best point evaluated so far with its value, NaN while there is none.
   *
   * @return a live view, the same object at every call
   */
  public Iterate iterate() {
    return view;
  }

  /**
   * What is to be known of the state as it is: of a {@link Cbo}, how many particles the noise has
   * driven to where they are held.
   *
   * @return one warning for each finding, none most of the time
   */
  public List<RunWarning> warnings() {
    return engine.warnings();
  }

  /**
   * The whole state, answers that are in included.
   *
   * @return a copy
   */
  public Checkpoint checkpoint() {
    var builder =
        Checkpoint.builder()
            .meta("method", method)
            .meta("evaluated", evaluated)
            .meta("best.value", bestValue)
            .meta("reach", reach)
            .meta("ended", ended == null ? "" : ended.name())
            .tensor("best", best, best.length)
            .tensor("answers", answers, answers.length)
            .tensor("answered", bits(answered), answered.length);
    engine.save(builder);
    return builder.build();
  }

  /**
   * Puts this run into the state of a checkpoint. Everything is checked before anything changes.
   *
   * @param saved made by a run of the same method, hyper-parameters and dimension
   * @throws IllegalArgumentException if it is not; this run is unchanged
   */
  public void restore(Checkpoint saved) {
    saved.require("method", method);
    double[] savedBest = saved.doubles("best", best.length);
    double savedBestValue = saved.metaDouble("best.value");
    double savedReach = saved.metaDouble("reach");
    long savedEvaluated = saved.metaLong("evaluated");
    String reason = saved.meta("ended");
    StopReason savedEnded = reason.isEmpty() ? null : StopReason.valueOf(reason);
    Engine restored = engine.restored(saved);
    int asked = restored.count();
    double[] savedAnswers = saved.doubles("answers", asked);
    int[] savedAnswered = saved.ints("answered", asked);
    engine = restored;
    best = savedBest;
    bestValue = savedBestValue;
    reach = savedReach;
    evaluated = savedEvaluated;
    ended = savedEnded;
    expect();
    answers = savedAnswers;
    for (int i = 0; i < asked; i++) {
      answered[i] = savedAnswered[i] == 1;
      missing -= savedAnswered[i];
    }
  }

  /** How many points are wanted: none once the run has ended. */
  int count() {
    return ended == null ? engine.count() : 0;
  }

  /** Copies one of the points wanted. */
  void copyPoint(int index, double[] out) {
    engine.copyPoint(index, out);
  }

  /** The state machine, another one after a restore. */
  Engine engine() {
    return engine;
  }

  private void moveOn() {
    for (int i = 0; i < answers.length; i++) {
      boolean better = answers[i] < bestValue || Double.isNaN(bestValue);
      if (better && answers[i] < Double.POSITIVE_INFINITY) {
        engine.copyPoint(i, best);
        bestValue = answers[i];
      }
    }
    evaluated += answers.length;
    ended = outcome(engine.tell(answers).orElse(null));
    expect();
  }

  /** What every method has in common, whatever else it ends with. */
  private @Nullable StopReason outcome(@Nullable StopReason reason) {
    if (reason == null) {
      boolean nothing = Double.isNaN(bestValue) && engine.hopeless(evaluated);
      return nothing ? StopReason.NON_FINITE : null;
    }
    return reason.converged() && ranAway() ? StopReason.DIVERGED : reason;
  }

  private boolean ranAway() {
    return bestValue < LEAST || Kernels.maxAbs(best, 0, best.length) >= reach;
  }

  private void expect() {
    int asked = engine.count();
    if (answers.length != asked) {
      double[] values = spareAnswers.length == asked ? spareAnswers : new double[asked];
      boolean[] flags = spareAnswered.length == asked ? spareAnswered : new boolean[asked];
      spareAnswers = answers;
      spareAnswered = answered;
      answers = values;
      answered = flags;
    }
    Arrays.fill(answered, false);
    missing = asked;
  }

  private void requireValuesWanted() {
    requireOpen();
    if (engine.wantsGradients()) {
      throw new IllegalStateException("gradients are wanted, no values");
    }
  }

  private void requireOpen() {
    if (ended != null) {
      throw new IllegalStateException("the run has ended: " + ended);
    }
  }

  private static int[] bits(boolean[] flags) {
    int[] bits = new int[flags.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = flags[i] ? 1 : 0;
    }
    return bits;
  }

  private final class View implements Iterate {

    @Override
    public long iteration() {
      return engine.iteration();
    }

    @Override
    public Evaluations.Counts evaluations() {
      return engine.counts(evaluated);
    }

    @Override
    public int dimension() {
      return best.length;
    }

    @Override
    public void copyPoint(double[] out) {
      Checks.length("out", out.length, best.length);
      System.arraycopy(best, 0, out, 0, best.length);
    }

    @Override
    public double value() {
      return bestValue;
    }

    @Override
    public Set<String> metrics() {
      return engine.metrics();
    }

    @Override
    public double metric(String name) {
      return engine.metric(name);
    }

    @Override
    public String toString() {
      return "iteration " + iteration() + ", best value " + bestValue + " of " + evaluated;
    }
  }
}
