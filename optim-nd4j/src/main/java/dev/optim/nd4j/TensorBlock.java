package dev.optim.nd4j;

import dev.optim.update.Elements;
import dev.optim.update.NonFinite;
import dev.optim.update.TensorSteps;
import dev.optim.update.UpdateRule;
import java.lang.ref.Reference;
import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Turns the gradient of one or several tensors into a rule's steps in place, for rules that need
 * the parameters: each tensor is stepped on the heap, and the step is what its parameters lose.
 *
 * @param <A> {@code float[]} or {@code double[]}
 * @param <B> the buffer
 */
final class TensorBlock<A, B extends Buffer> implements GradientSteps {

  private final UpdateRule rule;
  private final boolean variables;
  private final NativeType<B> type;
  private final Heap<A, B> heap;
  private final ArrayMemory<B> gradient;
  private final List<ArrayMemory<B>> state = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();

  private TensorBlock(UpdateRule rule, boolean variables, NativeType<B> type, Heap<A, B> heap) {
    this.rule = rule;
    this.variables = variables;
    this.type = type;
    this.heap = heap;
    gradient = new ArrayMemory<>(type, "gradient", true);
    for (String name : rule.state()) {
      state.add(new ArrayMemory<>(type, name, true));
    }
  }

  /** Steps of blocks, or of variables, whose gradients have their shapes. */
  static GradientSteps floats(UpdateRule rule, boolean variables) {
    return new TensorBlock<>(rule, variables, NativeType.FLOAT, Heap.FLOATS);
  }

  /** Steps of blocks, or of variables, whose gradients have their shapes. */
  static GradientSteps doubles(UpdateRule rule, boolean variables) {
    return new TensorBlock<>(rule, variables, NativeType.DOUBLE, Heap.DOUBLES);
  }

  @Override
  public void apply(INDArray g, List<INDArray> vectors, long t) {
    List<Shown> shown = Shown.take(g);
    gradient.requireUsable(g);
    for (int v = 0; v < state.size(); v++) {
      state.get(v).requireUsable(vectors.get(v));
      state.get(v).requireLength(vectors.get(v), (int) g.length());
    }
    bind(shown, g);
    for (int i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      tensor.memory.requireUsable(shown.get(i).parameters());
      tensor.memory.requireLength(shown.get(i).parameters(), tensor.size);
    }
    try {
      step(g, vectors, shown, t);
    } finally {
      Reference.reachabilityFence(g);
      Reference.reachabilityFence(vectors);
      Reference.reachabilityFence(shown);
    }
  }

  /** Makes sure that what was shown is the whole gradient, and that there are steps for it. */
  private void bind(List<Shown> shown, INDArray g) {
    int end = 0;
    for (int i = 0; i < shown.size(); i++) {
      Shown part = shown.get(i);
      long from = (part.gradientStart() - ArrayMemory.start(g)) / type.type().width();
      if (from != end) {
        break;
      }
      int[] shape = shape(part, g);
      if (i == tensors.size() || !tensors.get(i).is(end, shape)) {
        tensors.subList(i, tensors.size()).clear();
        tensors.add(new Tensor(end, shape));
      }
      end += (int) part.parameters().length();
    }
    if (end != g.length()) {
      throw new IllegalStateException(
          rule
              + " needs the parameters, and was not shown those of element "
              + end
              + " of the gradient: attach a RuleCompanion");
    }
    tensors.subList(shown.size(), tensors.size()).clear();
  }

  private int[] shape(Shown part, INDArray g) {
    int[] told = part.shape();
    if (told == null && !variables) {
      throw new IllegalStateException(
          rule + " needs shapes, which DL4J hides: use RuleCompanion.attach(network)");
    }
    return told != null ? told : Arrays.stream(g.shape()).mapToInt(Math::toIntExact).toArray();
  }

  private void step(INDArray g, List<INDArray> vectors, List<Shown> shown, long t) {
    B gradients = gradient.open(g);
    boolean good = true;
    for (Tensor tensor : tensors) {
      heap.get(gradients, tensor.from, tensor.g, tensor.size);
      good &= tensor.finite();
    }
    if (!good) {
      g.assign(0);
      return;
    }
    for (Tensor tensor : tensors) {
      tensor.steps.prepare(t);
    }
    List<B> states = new ArrayList<>();
    for (int v = 0; v < state.size(); v++) {
      states.add(state.get(v).open(vectors.get(v)));
    }
    for (int i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      heap.get(tensor.memory.open(shown.get(i).parameters()), 0, tensor.x, tensor.size);
      tensor.step(gradients, states);
    }
    gradient.writeBack(g);
    for (int v = 0; v < state.size(); v++) {
      state.get(v).writeBack(vectors.get(v));
    }
  }

  /** One tensor and its place in the block. */
  private final class Tensor {

    private final int from;
    private final int[] shape;
    private final int size;
    private final TensorSteps<A> steps;
    private final ArrayMemory<B> memory;
    private final A x;
    private final A lost;
    private final A g;
    private final A[] s;

    Tensor(int from, int[] shape) {
      this.from = from;
      this.shape = shape;
      size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
      steps = heap.steps(rule, shape);
      memory = new ArrayMemory<>(type, "parameters", false);
      Elements<A> elements = steps.elements();
      x = elements.allocate(size);
      lost = elements.allocate(size);
      g = elements.allocate(size);
      s = heap.vectors(state.size());
      Arrays.setAll(s, v -> elements.allocate(size));
    }

    boolean is(int otherFrom, int[] otherShape) {
      return from == otherFrom && Arrays.equals(shape, otherShape);
    }

    boolean finite() {
      Elements<A> elements = steps.elements();
      double largest = elements.single() ? NonFinite.LARGEST_FLOAT : NonFinite.LARGEST_DOUBLE;
      return elements.maxAbs(g, 0, size) <= largest;
    }

    void step(B gradients, List<B> states) {
      for (int v = 0; v < s.length; v++) {
        heap.get(states.get(v), from, s[v], size);
      }
      System.arraycopy(x, 0, lost, 0, size);
      steps.step(x, g, s);
      steps.elements().addScaled(-1, x, lost, lost, 0, size);
      heap.put(lost, gradients, from, size);
      for (int v = 0; v < s.length; v++) {
        heap.put(s[v], states.get(v), from, size);
      }
    }
  }

  /** What differs between the precisions. */
  private interface Heap<A, B> {

    Heap<float[], FloatBuffer> FLOATS =
        new Heap<>() {
          @Override
          public TensorSteps<float[]> steps(UpdateRule rule, int[] shape) {
            return TensorSteps.floats(rule, shape);
          }

          @Override
          public float[][] vectors(int count) {
            return new float[count][];
          }

          @Override
          public void get(FloatBuffer buffer, int from, float[] array, int length) {
            buffer.get(from, array, 0, length);
          }

          @Override
          public void put(float[] array, FloatBuffer buffer, int from, int length) {
            buffer.put(from, array, 0, length);
          }
        };

    Heap<double[], DoubleBuffer> DOUBLES =
        new Heap<>() {
          @Override
          public TensorSteps<double[]> steps(UpdateRule rule, int[] shape) {
            return TensorSteps.doubles(rule, shape);
          }

          @Override
          public double[][] vectors(int count) {
            return new double[count][];
          }

          @Override
          public void get(DoubleBuffer buffer, int from, double[] array, int length) {
            buffer.get(from, array, 0, length);
          }

          @Override
          public void put(double[] array, DoubleBuffer buffer, int from, int length) {
            buffer.put(from, array, 0, length);
          }
        };

    TensorSteps<A> steps(UpdateRule rule, int[] shape);

    A[] vectors(int count);

    void get(B buffer, int from, A array, int length);

    void put(A array, B buffer, int from, int length);
  }
}
