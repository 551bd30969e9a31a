package dev.optim.nd4j;

import dev.optim.update.Parameters;
import dev.optim.update.StepOutcome;
import java.lang.ref.Reference;
import java.nio.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Steps of arrays in their own memory: everything is checked, then every array is opened, then the
 * updater works on the buffers.
 *
 * @param <B> the buffer
 */
final class InPlace<B extends Buffer> {

  private final Precision<B> precision;
  private final Parameters layout;
  private final ArrayMemory<B> flatX;
  private final ArrayMemory<B> flatG;
  private final List<ArrayMemory<B>> xs = new ArrayList<>();
  private final List<ArrayMemory<B>> gs = new ArrayList<>();
  private final long[][] shapes;
  private final @Nullable B[] x;
  private final @Nullable B[] g;
  private final long[] starts;
  private final long[] ends;

  InPlace(Precision<B> precision) {
    this.precision = precision;
    layout = precision.updater().layout();
    flatX = new ArrayMemory<>(precision.type(), "parameters", true);
    flatG = new ArrayMemory<>(precision.type(), "gradient", false);
    int n = layout.tensors().size();
    shapes = new long[n][];
    for (Parameters.Tensor tensor : layout.tensors()) {
      shapes[tensor.index()] = Arrays.stream(tensor.shape()).asLongStream().toArray();
      xs.add(new ArrayMemory<>(precision.type(), tensor.name(), true));
      gs.add(new ArrayMemory<>(precision.type(), "the gradient of " + tensor.name(), false));
    }
    x = precision.buffers(n);
    g = precision.buffers(n);
    starts = new long[n];
    ends = new long[n];
  }

  StepOutcome step(INDArray parameters, INDArray gradient, boolean @Nullable [] present) {
    try {
      flatX.requireUsable(parameters);
      flatG.requireUsable(gradient);
      flatX.requireLength(parameters, layout.length());
      flatG.requireLength(gradient, layout.length());
      if (parameters == gradient || overlap(parameters, gradient)) {
        throw new IllegalArgumentException("parameters and gradient share their memory");
      }
      StepOutcome outcome = precision.step(flatX.open(parameters), flatG.open(gradient), present);
      if (outcome == StepOutcome.APPLIED) {
        flatX.writeBack(parameters);
      }
      return outcome;
    } finally {
      Reference.reachabilityFence(parameters);
      Reference.reachabilityFence(gradient);
    }
  }

  StepOutcome step(List<INDArray> parameters, List<? extends @Nullable INDArray> gradients) {
    try {
      check(parameters, gradients);
      for (int i = 0; i < x.length; i++) {
        INDArray gradient = gradients.get(i);
        x[i] = xs.get(i).open(parameters.get(i));
        g[i] = gradient == null ? null : gs.get(i).open(gradient);
      }
      StepOutcome outcome = precision.step(x, g);
      if (outcome == StepOutcome.APPLIED) {
        for (int i = 0; i < x.length; i++) {
          if (g[i] != null) {
            xs.get(i).writeBack(parameters.get(i));
          }
        }
      }
      return outcome;
    } finally {
      Reference.reachabilityFence(parameters);
      Reference.reachabilityFence(gradients);
    }
  }

  private void check(List<INDArray> parameters, List<? extends @Nullable INDArray> gradients) {
    requireCount("parameters", parameters);
    requireCount("gradients", gradients);
    for (int i = 0; i < shapes.length; i++) {
      INDArray parameter = parameters.get(i);
      xs.get(i).requireUsable(parameter);
      xs.get(i).requireShape(parameter, shapes[i]);
      INDArray gradient = gradients.get(i);
      if (gradient != null) {
        gs.get(i).requireUsable(gradient);
        gs.get(i).requireShape(gradient, shapes[i]);
      }
    }
    requireApart(parameters, gradients);
  }

  private void requireCount(String name, List<?> list) {
    if (list.size() != shapes.length) {
      throw new IllegalArgumentException(
          name + " has " + list.size() + " arrays, the layout " + shapes.length + " tensors");
    }
  }

  /** Of strided views only the memory between first and last element is known; they are let by. */
  private void requireApart(
      List<INDArray> parameters, List<? extends @Nullable INDArray> gradients) {
    int n = 0;
    for (int i = 0; i < shapes.length; i++) {
      INDArray array = parameters.get(i);
      if (ArrayMemory.isRowMajor(array)) {
        starts[n] = ArrayMemory.start(array);
        ends[n++] = end(array);
      }
    }
    // intervals are disjoint if and only if starts and ends, each sorted, take turns
    Arrays.sort(starts, 0, n);
    Arrays.sort(ends, 0, n);
    for (int i = 1; i < n; i++) {
      if (starts[i] < ends[i - 1]) {
        throw new IllegalArgumentException("two arrays of parameters share their memory");
      }
    }
    for (int i = 0; i < shapes.length; i++) {
      INDArray array = gradients.get(i);
      if (array != null && ArrayMemory.isRowMajor(array)) {
        int at = Arrays.binarySearch(ends, 0, n, ArrayMemory.start(array) + 1);
        int next = at < 0 ? -at - 1 : at;
        if (next < n && starts[next] < end(array)) {
          throw new IllegalArgumentException(
              gs.get(i).name() + " shares its memory with the parameters");
        }
      }
    }
  }

  private static boolean overlap(INDArray a, INDArray b) {
    return ArrayMemory.isRowMajor(a)
        && ArrayMemory.isRowMajor(b)
        && ArrayMemory.start(a) < end(b)
        && ArrayMemory.start(b) < end(a);
  }

  private static long end(INDArray rowMajor) {
    return ArrayMemory.start(rowMajor) + rowMajor.length() * rowMajor.dataType().width();
  }
}
