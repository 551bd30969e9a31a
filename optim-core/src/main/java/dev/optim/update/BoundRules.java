package dev.optim.update;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a plan bound to the tensors of a layout, with their state vectors and step counters.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class BoundRules<A> {

  private static final int FLUSH_EVERY = 64;
  private static final String COUNTS = ":steps";

  private final Parameters layout;
  private final Elements<A> elements;
  private final UpdateRule[] rules;
  private final Step[] steps;
  private final long[] counts;
  private final A[] state;
  private final boolean wholeTensors;

  BoundRules(UpdatePlan plan, Parameters layout, Elements<A> elements) {
    this.layout = layout;
    this.elements = elements;
    int n = layout.tensors().size();
    rules = new UpdateRule[n];
    steps = new Step[n];
    counts = new long[n];
    int vectors = 0;
    boolean whole = false;
    for (Parameters.Tensor tensor : layout.tensors()) {
      UpdateRule rule = plan.ruleFor(tensor.name());
      rules[tensor.index()] = rule;
      steps[tensor.index()] = new Step(tensor, rule.stepSize().at(0));
      vectors = Math.max(vectors, rule.state().size());
      whole |= rule.scope() == UpdateRule.Scope.TENSOR;
    }
    wholeTensors = whole;
    state = elements.allocateAll(vectors, layout.length());
  }

  Units units() {
    return Units.of(layout, rules);
  }

  /** Whether some rule needs a whole tensor at once. */
  boolean wholeTensors() {
    return wholeTensors;
  }

  A[] state() {
    return state;
  }

  /** Computes the step sizes of step {@code applied}, counted from 0, or refuses all of them. */
  void prepare(long applied, double scale) {
    for (int i = 0; i < steps.length; i++) {
      double stepSize = rules[i].stepSize().at(applied) * scale;
      if (!(stepSize >= 0 && stepSize < Double.POSITIVE_INFINITY)) {
        throw new IllegalStateException(
            "the step size at step "
                + applied
                + " is "
                + stepSize
                + " by "
                + rules[i].stepSize()
                + ", must be finite and at least 0");
      }
      steps[i].set(counts[i] + 1, stepSize, 1);
    }
  }

  void scaleGradient(int tensor, double scale) {
    steps[tensor].set(steps[tensor].t(), steps[tensor].stepSize(), scale);
  }

  /** Makes the prepared step of part of a tensor, on arrays at one common index. */
  void apply(int tensor, A x, A g, A[] vectors, int from, int to) {
    elements.step(rules[tensor], steps[tensor], x, g, vectors, from, to);
    if (steps[tensor].t() % FLUSH_EVERY == 0) {
      for (A vector : vectors) {
        elements.flush(vector, from, to);
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

  void save(CheckpointBuilder builder) {
    builder.tensor(COUNTS, counts, counts.length);
    for (Parameters.Tensor tensor : layout.tensors()) {
      List<String> names = rules[tensor.index()].state();
      for (int v = 0; v < names.size(); v++) {
        elements.save(builder, tensor.name() + "/" + names.get(v), state[v], tensor);
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
    }
    return () -> {
      System.arraycopy(savedCounts, 0, counts, 0, counts.length);
      copies.forEach(Runnable::run);
    };
  }
}
