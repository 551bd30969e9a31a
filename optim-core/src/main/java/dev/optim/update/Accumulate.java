package dev.optim.update;

import dev.optim.state.Checkpoint;
import dev.optim.state.CheckpointBuilder;
import java.util.Arrays;

/** The mean of every so many gradients. */
record Accumulate(int gradients) implements GradientTransform {

  @Override
  public <A> Live<A> begin(Parameters parameters, Elements<A> elements) {
    return new Sum<>(gradients, parameters, elements);
  }

  private static final class Sum<A> implements Live<A> {

    private final int gradients;
    private final Parameters layout;
    private final Elements<A> elements;
    private A sum;
    private final boolean[] seen;
    private final boolean[] averaged;
    private int count;

    Sum(int gradients, Parameters layout, Elements<A> elements) {
      this.gradients = gradients;
      this.layout = layout;
      this.elements = elements;
      this.sum = elements.allocate(layout.length());
      this.seen = new boolean[layout.tensors().size()];
      this.averaged = new boolean[seen.length];
    }

    @Override
    public void apply(GradientFlow<A> gradient) {
      if (count + 1 < gradients) {
        add(gradient);
        count++;
        gradient.hold();
      } else {
        putMeanInto(gradient);
      }
    }

    private void add(GradientFlow<A> gradient) {
      A g = gradient.gradient();
      for (Parameters.Tensor tensor : layout.tensors()) {
        int i = tensor.index();
        if (!gradient.present(i)) {
          continue;
        }
        if (seen[i]) {
          elements.addScaled(gradient.scale(i), g, sum, sum, tensor.offset(), tensor.end());
        } else {
          elements.scale(gradient.scale(i), g, sum, tensor.offset(), tensor.end());
          seen[i] = true;
        }
      }
    }

    /** The sum stays as it is until the step is accepted. */
    private void putMeanInto(GradientFlow<A> gradient) {
      A g = gradient.gradient();
      A mean = gradient.target();
      for (Parameters.Tensor tensor : layout.tensors()) {
        int i = tensor.index();
        double scale = gradient.scale(i);
        averaged[i] = seen[i] || gradient.present(i);
        if (seen[i] && gradient.present(i)) {
          elements.addScaled(scale, g, sum, mean, tensor.offset(), tensor.end());
        } else if (seen[i]) {
          elements.scale(1, sum, mean, tensor.offset(), tensor.end());
        } else if (gradient.present(i)) {
          elements.scale(scale, g, mean, tensor.offset(), tensor.end());
        }
      }
      gradient.replace(mean, averaged);
      for (int i = 0; i < averaged.length; i++) {
        gradient.scaleBy(i, 1.0 / gradients);
      }
    }

    @Override
    public void accepted() {
      count = 0;
      Arrays.fill(seen, false);
    }

    @Override
    public Checkpoint checkpoint() {
      long[] flags = new long[seen.length];
      CheckpointBuilder builder = Checkpoint.builder().meta("count", count);
      for (Parameters.Tensor tensor : layout.tensors()) {
        flags[tensor.index()] = seen[tensor.index()] ? 1 : 0;
        elements.save(builder, tensor.name(), sum, tensor.offset(), tensor);
      }
      return builder.tensor(":seen", flags, flags.length).build();
    }

    @Override
    public Runnable restoring(Checkpoint state) {
      long restoredCount = state.metaLong("count");
      if (restoredCount < 0 || restoredCount >= gradients) {
        throw new IllegalArgumentException(
            "count is " + restoredCount + ", must be in 0.." + (gradients - 1));
      }
      long[] flags = state.longs(":seen", seen.length);
      A restored = elements.allocate(layout.length());
      for (Parameters.Tensor tensor : layout.tensors()) {
        A part = elements.load(state, tensor.name(), tensor);
        System.arraycopy(part, 0, restored, tensor.offset(), tensor.size());
      }
      return () -> {
        sum = restored;
        count = (int) restoredCount;
        for (int i = 0; i < flags.length; i++) {
          seen[i] = flags[i] != 0;
        }
      };
    }
  }
}
