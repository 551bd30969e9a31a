package dev.optim.update;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient transforms of a plan at work, each on what the one before left.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class TransformChain<A> {

  private final List<GradientTransform.Live<A>> transforms = new ArrayList<>();

  TransformChain(UpdatePlan plan, Parameters layout, Elements<A> elements) {
    for (GradientTransform transform : plan.transforms()) {
      transforms.add(transform.begin(layout, elements));
    }
  }

  boolean isEmpty() {
    return transforms.isEmpty();
  }

  /**
   * Applies them to a gradient until one holds or skips the step.
   *
   * @return how many came before that one; their number if none did
   */
  int apply(GradientFlow<A> flow) {
    for (int i = 0; i < transforms.size(); i++) {
      transforms.get(i).apply(flow);
      if (flow.held() || flow.skipped()) {
        return i;
      }
    }
    return transforms.size();
  }

  /** Tells the first of them that their gradient is used. */
  void accepted(int count) {
    for (int i = 0; i < count; i++) {
      transforms.get(i).accepted();
    }
  }

  void save(CheckpointBuilder builder) {
    for (int i = 0; i < transforms.size(); i++) {
      builder.include("transform." + i + ".", transforms.get(i).checkpoint());
    }
  }

  /** Reads their state, and gives what takes it over. */
  Runnable restoring(Checkpoint checkpoint) {
    List<Runnable> changes = new ArrayList<>();
    for (int i = 0; i < transforms.size(); i++) {
      changes.add(transforms.get(i).restoring(checkpoint.part("transform." + i + ".")));
    }
    return () -> changes.forEach(Runnable::run);
  }
}
