package dev.optim.update;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.schedule.Plateau;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A plan at work on parameters: what a training loop calls once a step. It keeps the state of the
 * rules (moments, step counters) and no reference to any array it is given.
 *
 * <pre>{@code
 * FloatUpdater updater = UpdatePlan.of(Lion.of(1e-4)).floats(layout);
 * for (...) {
 *   model.gradient(parameters, gradient);
 *   updater.step(parameters, gradient);
 * }
 * }</pre>
 *
 * <p>A step either happens as a whole or not at all: everything that can be refused is refused
 * before the first element is written. Only a rule that throws, one of your own, ends one half
 * made; the updater then refuses everything until a checkpoint is restored. The result is the same
 * to the last bit for any number of threads. A step on arrays allocates nothing. An updater belongs
 * to one thread at a time; a second one that comes in while a step is running is refused.
 *
 * <p>Every 64 steps elements of the state below 1e-36 (1e-290 in double precision) are set to zero,
 * because arithmetic on denormal numbers is many times slower, and infinite ones to the largest
 * number, because their coordinates would stand still for ever.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public abstract sealed class Updater<A> permits FloatUpdater, DoubleUpdater {

  private static final String KIND = "updater";

  private final UpdatePlan plan;
  private final Parameters layout;
  private final Elements<A> elements;
  private final BoundRules<A> rules;
  private final Units units;
  private final Workers workers;
  private Pass<A, A> arrays;
  private final GradientScan scan;
  private final GradientFlow<A> flow;
  private final TransformChain<A> transforms;
  private final boolean[] everyTensor;
  private final boolean[] active;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Workers.Task apply = this::apply;
  private Pass<?, ?> pass;
  private int passNumber;
  private Plateau.State plateau = Plateau.State.INITIAL;
  private long applied;
  private long skipped;
  private boolean halfMade;

  Updater(UpdatePlan plan, Parameters layout, Elements<A> elements) {
    plan.requireEveryPatternMatches(layout);
    this.plan = plan;
    this.layout = layout;
    this.elements = elements;
    rules = new BoundRules<>(plan, layout, elements);
    units = rules.units();
    workers = new Workers(plan.threads());
    arrays = rules.arrayPass();
    pass = arrays;
    scan = new GradientScan(plan.nonFinite(), layout, rules, workers, elements.largestGradient());
    flow = new GradientFlow<>(layout, elements, workers, this::wideParameters);
    transforms = new TransformChain<>(plan, layout, elements);
    active = new boolean[layout.tensors().size()];
    everyTensor = new boolean[active.length];
    Arrays.fill(everyTensor, true);
  }

  /**
   * Makes one step of every tensor.
   *
   * @param parameters read and written; of the layout's length
   * @param gradient read only; of the layout's length, not the same array
   * @return what became of the step
   * @throws IllegalArgumentException if a length is wrong or both are one array
   * @throws IllegalStateException if a schedule gives a step size that is negative or not finite,
   *     or another thread is making a step
   * @throws NonFiniteGradientException under {@link NonFinite#FAIL}
   */
  public final StepOutcome step(A parameters, A gradient) {
    return step(parameters, gradient, everyTensor);
  }

  /**
   * Makes one step of the tensors that have a gradient; the others stay, and their step counters
   * with them.
   *
   * @param parameters read and written; of the layout's length
   * @param gradient read only; of the layout's length, not the same array
   * @param present for each tensor, in the order of the layout, whether it has a gradient; null for
   *     all of them
   * @return what became of the step
   * @throws IllegalArgumentException if a length is wrong or both are one array
   * @throws IllegalStateException if a schedule gives a step size that is negative or not finite,
   *     or another thread is making a step
   * @throws NonFiniteGradientException under {@link NonFinite#FAIL}
   */
  public final StepOutcome step(A parameters, A gradient, boolean @Nullable [] present) {
    requireNonNull(parameters, "parameters");
    requireNonNull(gradient, "gradient");
    Checks.length("parameters", elements.length(parameters), layout.length());
    Checks.length("gradient", elements.length(gradient), layout.length());
    if (parameters == gradient) {
      throw new IllegalArgumentException("parameters and gradient are one array");
    }
    claim();
    try {
      return stepArrays(parameters, gradient, present);
    } finally {
      release();
    }
  }

  /**
   * Writes the point to evaluate, keep and deploy: the parameters themselves, unless a rule says
   * that it steps from another point than it ends at (averages of the iterates, Schedule-Free).
   *
   * @param parameters as the last step left them; read only
   * @param out written; of the layout's length; may be {@code parameters} if no step follows
   * @throws IllegalArgumentException if a length is wrong
   * @throws IllegalStateException if a step is half made, or another thread is making one
   */
  public final void evaluationPoint(A parameters, A out) {
    requireNonNull(parameters, "parameters");
    requireNonNull(out, "out");
    Checks.length("parameters", elements.length(parameters), layout.length());
    Checks.length("out", elements.length(out), layout.length());
    claim();
    try {
      requireWhole();
      rules.evaluationPoint(parameters, out);
    } finally {
      release();
    }
  }

  /**
   * Tells the loss to the plan's plateau, once per epoch or per step, as patience counts them.
   *
   * @param loss the loss; NaN counts as no improvement
   * @throws IllegalStateException if the plan has no plateau, a step is half made or another thread
   *     is making one
   */
  public final void report(double loss) {
    Plateau rule = plan.plateau();
    if (rule == null) {
      throw new IllegalStateException("the plan has no plateau to report a loss to");
    }
    claim();
    try {
      requireWhole();
      plateau = rule.report(plateau, loss);
    } finally {
      release();
    }
  }

  /**
   * The layout of the arrays.
   *
   * @return the layout
   */
  public final Parameters layout() {
    return layout;
  }

  /**
   * The arithmetic of the arrays.
   *
   * @return the arithmetic of this precision
   */
  public final Elements<A> elements() {
    return elements;
  }

  /**
   * The steps that were applied: where the schedules stand.
   *
   * @return the number, those before a restored checkpoint included
   */
  public final long applied() {
    return applied;
  }

  /**
   * The calls in which a gradient, or part of it under {@link NonFinite#SKIP_TENSOR}, was skipped
   * because it was not finite.
   *
   * @return the number, those before a restored checkpoint included
   */
  public final long skipped() {
    return skipped;
  }

  /**
   * The whole state: an updater of the same plan and layout restored from it goes on bit for bit.
   * The parameters are not part of it.
   *
   * @return a copy
   * @throws IllegalStateException if another thread is making a step, or one ended half made
   */
  public final Checkpoint checkpoint() {
    claim();
    try {
      requireWhole();
      return state();
    } finally {
      release();
    }
  }

  private Checkpoint state() {
    CheckpointBuilder builder =
        Checkpoint.builder()
            .meta("kind", KIND)
            .meta("plan", plan.toString())
            .meta("layout", layout.toString())
            .meta("precision", precision())
            .meta("applied", applied)
            .meta("skipped", skipped)
            .meta("plateau.scale", plateau.scale())
            .meta("plateau.best", plateau.best())
            .meta("plateau.waited", plateau.waited())
            .meta("plateau.cooling", plateau.cooling());
    rules.save(builder);
    transforms.save(builder);
    return builder.build();
  }

  /**
   * Takes over the state of a checkpoint, after everything has been checked.
   *
   * @param checkpoint of an updater of the same plan, layout and precision
   * @throws IllegalArgumentException if it is of something else; nothing is changed
   */
  public final void restore(Checkpoint checkpoint) {
    checkpoint.require("kind", KIND).require("plan", plan.toString());
    restoreState(checkpoint);
  }

  /**
   * Takes over the state of a checkpoint made with other hyper-parameters, say another step size.
   * State vectors, shapes and precision must still be the same.
   *
   * @param checkpoint of an updater of the same layout, state vectors and precision
   * @throws IllegalArgumentException if it does not fit; nothing is changed
   */
  public final void restoreState(Checkpoint checkpoint) {
    checkpoint
        .require("kind", KIND)
        .require("layout", layout.toString())
        .require("precision", precision());
    long savedApplied = Checks.atLeast("applied", checkpoint.metaLong("applied"), 0);
    long savedSkipped = Checks.atLeast("skipped", checkpoint.metaLong("skipped"), 0);
    Plateau.State savedPlateau =
        new Plateau.State(
            checkpoint.metaDouble("plateau.scale"),
            checkpoint.metaDouble("plateau.best"),
            checkpoint.metaLong("plateau.waited"),
            checkpoint.metaLong("plateau.cooling"));
    Checks.nonNegative("plateau.scale", savedPlateau.scale());
    Runnable rulesTakeOver = rules.restoring(checkpoint);
    Runnable transformsTakeOver = transforms.restoring(checkpoint);
    claim();
    try {
      rulesTakeOver.run();
      transformsTakeOver.run();
      applied = savedApplied;
      skipped = savedSkipped;
      plateau = savedPlateau;
      halfMade = false;
    } finally {
      release();
    }
  }

  private String precision() {
    return elements.single() ? "float32" : "float64";
  }

  /** A pass of vectors that a rule cannot work on where they are. */
  final <P, G> BlockPass<A, P, G> blockPass(BlockCopy<A, P> parameters, BlockCopy<A, G> gradient) {
    return new BlockPass<>(rules, elements, parameters, gradient, plan.threads());
  }

  /** A pass of buffers. The state is cut from here on, and steps of arrays take the same way. */
  final <P, G> BlockPass<A, P, G> bufferPass(BlockCopy<A, P> parameters, BlockCopy<A, G> gradient) {
    rules.cutState();
    arrays = rules.arrayPass();
    return blockPass(parameters, gradient);
  }

  final StochasticRounding rounding() {
    return rules.rounding();
  }

  /** The parameters of a step that are no array of this precision, for transforms that ask. */
  abstract A wideParameters();

  /** Whether a step needs the gradient as one array: a rule or a transform looks at it whole. */
  final boolean needsWholeArrays() {
    return rules.wholeArrays() || !transforms.isEmpty();
  }

  /** Makes a step of buffers in blocks; the caller has claimed the updater and checked them. */
  final StepOutcome stepBlocks(Pass<?, ?> blocks, boolean @Nullable [] present) {
    begin(blocks, present);
    return refused() ? StepOutcome.SKIPPED : commit();
  }

  /** Makes a step of arrays; the caller has claimed the updater and checked them. */
  final StepOutcome stepArrays(A x, A g, boolean @Nullable [] present) {
    return stepGradient(arrays, x, x, g, present);
  }

  /**
   * Makes a step of a gradient in an array; the caller has claimed the updater and checked both.
   *
   * @param wide the parameters, null if they are no array of this precision
   */
  final <P> StepOutcome stepGradient(
      Pass<P, A> way, P x, @Nullable A wide, A g, boolean @Nullable [] present) {
    way.begin(x, g);
    begin(way, present);
    if (refused()) {
      return StepOutcome.SKIPPED;
    }
    flow.begin(wide, g, active);
    int done = transforms.apply(flow);
    if (flow.held()) {
      transforms.accepted(done);
      return StepOutcome.HELD;
    }
    if (flow.skipped()) {
      return skippedBy(plan.transforms().get(done));
    }
    for (int i = 0; i < active.length; i++) {
      active[i] = flow.present(i);
      rules.scaleGradient(i, flow.scale(i));
    }
    way.begin(x, flow.gradient());
    StepOutcome outcome = commit();
    transforms.accepted(done);
    return outcome;
  }

  private StepOutcome skippedBy(GradientTransform transform) {
    if (plan.nonFinite() == NonFinite.FAIL) {
      throw new NonFiniteGradientException("refused by " + transform + " at step " + applied);
    }
    skipped++;
    return StepOutcome.SKIPPED;
  }

  private StepOutcome commit() {
    halfMade = true;
    rules.advance(active);
    for (passNumber = 0; passNumber < rules.passes(); passNumber++) {
      rules.begin(applied, passNumber);
      workers.run(units.count(), apply);
      rules.combine();
    }
    rules.count(active);
    applied++;
    halfMade = false;
    return StepOutcome.APPLIED;
  }

  /** Looks at the gradient; may take tensors out of the step. */
  private boolean refused() {
    if (!scan.findsBad(pass, active, applied)) {
      return false;
    }
    skipped++;
    return plan.nonFinite() == NonFinite.SKIP || noneActive();
  }

  private boolean noneActive() {
    for (boolean tensor : active) {
      if (tensor) {
        return false;
      }
    }
    return true;
  }

  private void apply(int turn, int worker) {
    int unit = rules.unit(passNumber, turn);
    if (active[units.tensor(unit)]) {
      pass.apply(passNumber, unit, worker);
    }
  }

  private void begin(Pass<?, ?> way, boolean @Nullable [] present) {
    requireWhole();
    boolean[] given = present == null ? everyTensor : present;
    Checks.length("present", given.length, active.length);
    System.arraycopy(given, 0, active, 0, active.length);
    pass = way;
    rules.prepare(applied, plateau.scale());
  }

  private void requireWhole() {
    if (halfMade) {
      throw new IllegalStateException(
          "a rule threw in the middle of a step; restore the updater and the parameters");
    }
  }

  /** Takes the updater for this thread, or refuses. */
  final void claim() {
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException("another thread is making a step with this updater");
    }
  }

  final void release() {
    arrays.end();
    flow.end();
    busy.setRelease(false);
  }
}
