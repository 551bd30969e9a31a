package dev.optim.update;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.ArrayList;
import java.util.Arrays;
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
  private final A[] state;
  private final List<A[]> vectors = new ArrayList<>();
  private final int passes;
  private final boolean wholeArrays;

  BoundRules(UpdatePlan plan, Parameters layout, Elements<A> elements) {
    this.layout = layout;
    this.elements = elements;
    int n = layout.tensors().size();
    rules = new UpdateRule[n];
    steps = new TensorStep[n];
    counts = new long[n];
    int longest = 0;
    int most = 1;
    boolean whole = false;
    for (Parameters.Tensor tensor : layout.tensors()) {
      UpdateRule rule = plan.ruleFor(tensor.name()).serving(tensor);
      rules[tensor.index()] = rule;
      steps[tensor.index()] = new TensorStep(tensor, rule);
      longest = Math.max(longest, rule.state().size());
      most = Math.max(most, rule.passes());
      whole |= rule.scope() != UpdateRule.Scope.ELEMENT || rule.passes() > 1;
    }
    passes = most;
    wholeArrays = whole;
    state = elements.allocateAll(longest, layout.length());
    for (UpdateRule rule : rules) {
      vectors.add(Arrays.copyOf(state, rule.state().size()));
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

  Units units() {
    return units;
  }

  /** How many passes over the units a step takes. */
  int passes() {
    return passes;
  }

  /** Whether some rule looks at more than one element at once, or more than once. */
  boolean wholeArrays() {
    return wholeArrays;
  }

  /** The largest number of state vectors of any rule. */
  int largestState() {
    return state.length;
  }

  /** The state vectors of a tensor's rule, each as long as the layout. */
  A[] state(int tensor) {
    return vectors.get(tensor);
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
                + " by "
                + rules[i].stepSize()
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

  /** Writes the point to be evaluated. */
  void evaluationPoint(A x, A out) {
    for (Parameters.Tensor tensor : layout.tensors()) {
      int i = tensor.index();
      if (counts[i] == 0) {
        System.arraycopy(x, tensor.offset(), out, tensor.offset(), tensor.size());
      } else {
        steps[i].set(counts[i], 0);
        Step piece = pieces[units.first(i)];
        elements.evaluationPoint(rules[i], piece, x, state(i), out, tensor.offset(), tensor.end());
      }
    }
  }

  void save(CheckpointBuilder builder) {
    builder.tensor(COUNTS, counts, counts.length);
    for (Parameters.Tensor tensor : layout.tensors()) {
      List<String> names = rules[tensor.index()].state();
      for (int v = 0; v < names.size(); v++) {
        elements.save(builder, tensor.name() + "/" + names.get(v), state[v], tensor);
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
    List<Runnable> copies = new ArrayList<>();
    for (Parameters.Tensor tensor : layout.tensors()) {
      List<String> names = rules[tensor.index()].state();
      for (int v = 0; v < names.size(); v++) {
        A vector = state[v];
        A saved = elements.load(checkpoint, tensor.name() + "/" + names.get(v), tensor);
        copies.add(() -> System.arraycopy(saved, 0, vector, tensor.offset(), tensor.size()));
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
