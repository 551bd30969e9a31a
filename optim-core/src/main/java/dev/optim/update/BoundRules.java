package dev.optim.update;

import dev.optim.Checks;
import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * The rules of a plan bound to the tensors of a layout, with their state vectors, numbers and step
 * counters.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class BoundRules<A> {

  static final int FLUSH_EVERY = 64;
  private static final String COUNTS = ":steps";

  private final Parameters layout;
  private final Elements<A> elements;
  private final UpdateRule[] rules;
  private final Units units;
  private final TensorStep[] steps;
  private final Step[] pieces;
  private final Step.Scratch[] scratch;
  private final long[] counts;
  private StateVectors<A> state;
  private final int[] vectors;
  private final List<A[]> arrays = new ArrayList<>();
  private final StochasticRounding rounding;
  private final int passes;
  private final boolean wholeArrays;

  BoundRules(UpdatePlan plan, Parameters layout, Elements<A> elements) {
    this(plan, layout, elements, true);
  }

  /** Rules whose state vectors are kept by somebody else, who hands them to {@link #apply}. */
  static <A> BoundRules<A> withoutState(UpdatePlan plan, Parameters layout, Elements<A> elements) {
    return new BoundRules<>(plan, layout, elements, false);
  }

  private BoundRules(UpdatePlan plan, Parameters layout, Elements<A> elements, boolean keepsState) {
    this.layout = layout;
    this.elements = elements;
    int n = layout.tensors().size();
    rules = new UpdateRule[n];
    steps = new TensorStep[n];
    counts = new long[n];
    vectors = new int[n];
    int longest = 0;
    int most = 1;
    boolean whole = false;
    for (Parameters.Tensor tensor : layout.tensors()) {
      UpdateRule rule = plan.ruleFor(tensor.name()).serving(tensor);
      requireDistinct(rule);
      rules[tensor.index()] = rule;
      steps[tensor.index()] = new TensorStep(tensor, rule);
      vectors[tensor.index()] = rule.state().size();
      longest = Math.max(longest, vectors[tensor.index()]);
      most = Math.max(most, rule.passes());
      whole |= !cutsAnywhere(tensor.index());
    }
    passes = most;
    wholeArrays = whole;
    rounding = new StochasticRounding(plan.roundingSeed(), layout.length(), most, plan.threads());
    state =
        plan.bfloat16State()
            ? elements.narrowState(longest, layout.length(), rounding)
            : new WideState<>(
                elements, elements.allocateAll(keepsState ? longest : 0, layout.length()));
    if (state instanceof WideState<A> wide) {
      for (int count : vectors) {
        arrays.add(Arrays.copyOf(wide.arrays(), count));
      }
    }
    units = Units.of(layout, rules);
    scratch = new Step.Scratch[plan.threads()];
    for (int i = 0; i < scratch.length; i++) {
      scratch[i] = new Step.Scratch();
    }
    pieces = new Step[units.count()];
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = new Step(steps[units.tensor(i)], scratch[0]);
    }
  }

  /** A checkpoint finds the vectors by their names. */
  private static void requireDistinct(UpdateRule rule) {
    if (new HashSet<>(rule.state()).size() < rule.state().size()) {
      throw new IllegalArgumentException(
          "the state vectors of " + rule + " are " + rule.state() + ", must have distinct names");
    }
  }

  Units units() {
    return units;
  }

  /** The rule that serves a tensor. */
  UpdateRule rule(int tensor) {
    return rules[tensor];
  }

  /** How many passes over the units a step takes. */
  int passes() {
    return passes;
  }

  /**
   * The unit whose turn it is in a pass, -1 for the look at the gradient. Passes go to and fro,
   * each from where the one before has left the cache full; the one that moves most, the first or
   * the second, goes forward, where memory is fetched ahead across units.
   */
  int unit(int pass, int turn) {
    boolean forward = (pass + Math.min(passes, 2)) % 2 == 1;
    return forward ? turn : units.count() - 1 - turn;
  }

  /** Whether some rule looks at more than one element at once, or more than once. */
  boolean wholeArrays() {
    return wholeArrays;
  }

  /** Whether a tensor's rule moves each element by itself, in one pass. */
  boolean cutsAnywhere(int tensor) {
    UpdateRule rule = rules[tensor];
    return rule.scope() == UpdateRule.Scope.ELEMENT && rule.passes() == 1;
  }

  /** The state of all tensors. */
  StateVectors<A> state() {
    return state;
  }

  /**
   * Cuts wide state into pieces that a step can work on in place though the parameters are no
   * arrays; every rule has to cut anywhere.
   */
  void cutState() {
    if (state instanceof WideState<A> wide) {
      arrays.clear();
      state = CutState.of(wide, units, vectors);
    }
  }

  /** The number of state vectors of a tensor's rule, the first ones of {@link #state}. */
  int vectors(int tensor) {
    return vectors[tensor];
  }

  /** The state vectors of a tensor's rule as arrays as long as the layout, if the state is wide. */
  A[] arrays(int tensor) {
    return arrays.get(tensor);
  }

  StochasticRounding rounding() {
    return rounding;
  }

  /** The pass of arrays as long as the layout. */
  Pass<A, A> arrayPass() {
    BlockCopy<A, A> copy = BlockCopy.ofArrays();
    return state instanceof WideState
        ? new ArrayPass<>(this, elements)
        : new BlockPass<>(this, elements, copy, copy, scratch.length);
  }

  /** Computes the step sizes of step {@code applied}, counted from 0, or refuses all of them. */
  void prepare(long applied, double scale) {
    for (int i = 0; i < steps.length; i++) {
      double stepSize = rules[i].stepSize().at(applied) * scale;
      if (!(stepSize >= 0 && stepSize <= elements.largest())) {
        throw new IllegalStateException(
            "the step size at step "
                + applied
                + " is "
                + stepSize
                + " for "
                + rules[i]
                + ", must be at least 0 and at most "
                + elements.largest());
      }
      steps[i].set(counts[i] + 1, stepSize);
    }
  }

  void scaleGradient(int tensor, double scale) {
    steps[tensor].scaleGradient(scale);
  }

  /** Moves on the numbers kept for the tensors that take part: from here on the step happens. */
  void advance(boolean[] active) {
    for (int unit = 0; unit < pieces.length; unit++) {
      int tensor = units.tensor(unit);
      if (active[tensor] && units.first(tensor) == unit) {
        rules[tensor].advance(pieces[unit], steps[tensor].scalars());
      }
    }
  }

  /**
   * Makes a pass of a unit, on arrays at one common index. A tensor of one unit makes all its
   * passes in the first one, while it is in the cache.
   */
  void apply(int pass, int unit, int worker, A x, A g, A[] s, int from, int to) {
    int tensor = units.tensor(unit);
    int last = rules[tensor].passes() - 1;
    boolean alone = units.end(tensor) - units.first(tensor) == 1;
    if (alone ? pass > 0 : pass > last) {
      return;
    }
    Step piece = pieces[unit];
    int until = alone ? last : pass;
    for (int p = pass; p <= until; p++) {
      piece.begin(p, scratch[worker]);
      elements.step(rules[tensor], piece, x, g, s, from, to);
      if (alone && p < last) {
        steps[tensor].combine(pieces, unit, unit + 1);
      }
    }
    if (until == last && piece.t() % FLUSH_EVERY == 0) {
      for (A vector : s) {
        elements.flush(vector, from, to);
      }
    }
  }

  /** Begins a pass of step {@code applied}, both counted from 0. */
  void begin(long applied, int pass) {
    rounding.begin(applied, pass);
  }

  /** Combines what the units have found in a pass, for the tensors of several units. */
  void combine() {
    for (int tensor = 0; tensor < steps.length; tensor++) {
      if (units.end(tensor) - units.first(tensor) > 1) {
        steps[tensor].combine(pieces, units.first(tensor), units.end(tensor));
      }
    }
  }

  /** Counts the step for the tensors that took part. */
  void count(boolean[] active) {
    for (int i = 0; i < counts.length; i++) {
      if (active[i]) {
        counts[i]++;
      }
    }
  }

  /** Sets the step counters, and the numbers kept for the tensors to those before any step. */
  void rewind(long count) {
    Arrays.fill(counts, count);
    for (TensorStep step : steps) {
      Arrays.fill(step.scalars(), 0);
    }
  }

  /** Writes the point to be evaluated. */
  void evaluationPoint(A x, A out) {
    for (Parameters.Tensor tensor : layout.tensors()) {
      int i = tensor.index();
      if (counts[i] == 0) {
        System.arraycopy(x, tensor.offset(), out, tensor.offset(), tensor.size());
      } else {
        steps[i].set(counts[i], 0);
        evaluationPoint(tensor, x, out);
      }
    }
  }

  private void evaluationPoint(Parameters.Tensor tensor, A x, A out) {
    int i = tensor.index();
    UpdateRule rule = rules[i];
    Step piece = pieces[units.first(i)];
    if (state instanceof WideState) {
      elements.evaluationPoint(rule, piece, x, arrays(i), out, tensor.offset(), tensor.end());
      return;
    }
    int size = tensor.size();
    A[] wide = elements.allocateAll(vectors[i], size);
    for (int v = 0; v < wide.length; v++) {
      state.get(v, tensor.offset(), wide[v], size);
    }
    A point = elements.allocate(size);
    System.arraycopy(x, tensor.offset(), point, 0, size);
    elements.evaluationPoint(rule, piece, point, wide, point, 0, size);
    System.arraycopy(point, 0, out, tensor.offset(), size);
  }

  void save(CheckpointBuilder builder) {
    builder.tensor(COUNTS, counts, counts.length);
    for (Parameters.Tensor tensor : layout.tensors()) {
      List<String> names = rules[tensor.index()].state();
      for (int v = 0; v < names.size(); v++) {
        state.save(builder, tensor.name() + "/" + names.get(v), v, tensor);
      }
      List<String> numbers = rules[tensor.index()].scalars();
      for (int v = 0; v < numbers.size(); v++) {
        double number = steps[tensor.index()].scalars()[v];
        builder.tensor(tensor.name() + ":" + numbers.get(v), new double[] {number}, 1);
      }
    }
  }

  /** Checks a state and returns what takes it over. */
  Runnable restoring(Checkpoint checkpoint) {
    long[] savedCounts = checkpoint.longs(COUNTS, counts.length);
    for (long count : savedCounts) {
      Checks.atLeast(COUNTS, count, 0);
    }
    List<Runnable> copies = new ArrayList<>();
    for (Parameters.Tensor tensor : layout.tensors()) {
      List<String> names = rules[tensor.index()].state();
      for (int v = 0; v < names.size(); v++) {
        copies.add(state.restoring(checkpoint, tensor.name() + "/" + names.get(v), v, tensor));
      }
      List<String> numbers = rules[tensor.index()].scalars();
      double[] scalars = steps[tensor.index()].scalars();
      for (int v = 0; v < numbers.size(); v++) {
        int index = v;
        double[] saved = checkpoint.doubles(tensor.name() + ":" + numbers.get(v), 1);
        copies.add(() -> scalars[index] = saved[0]);
      }
    }
    return () -> {
      System.arraycopy(savedCounts, 0, counts, 0, counts.length);
      copies.forEach(Runnable::run);
    };
  }
}
