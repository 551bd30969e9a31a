package dev.optim.nd4j;

import dev.optim.kernel.Kernels;
import dev.optim.update.ElementSteps;
import dev.optim.update.NonFinite;
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
 * Turns a gradient into a rule's step in place, block by block through heap scratch: a rule that
 * does not read the parameters moves zero to minus the step.
 *
 * @param <B> the buffer
 */
abstract sealed class RuleSteps<B extends Buffer> implements GradientSteps {

  /** Gradient, parameters and two states of a block take 32 kB at four bytes an element. */
  private static final int BLOCK = 2048;

  final ElementSteps steps;
  private final ArrayMemory<B> gradient;
  private final List<ArrayMemory<B>> vectors = new ArrayList<>();
  private final List<B> buffers = new ArrayList<>();

  private RuleSteps(UpdateRule rule, NativeType<B> type) {
    steps = ElementSteps.of(rule);
    gradient = new ArrayMemory<>(type, "gradient", true);
    for (String name : rule.state()) {
      vectors.add(new ArrayMemory<>(type, name, true));
    }
  }

  @Override
  public final void apply(INDArray g, List<INDArray> state, long t) {
    gradient.requireUsable(g);
    for (int v = 0; v < vectors.size(); v++) {
      vectors.get(v).requireUsable(state.get(v));
      vectors.get(v).requireLength(state.get(v), (int) g.length());
    }
    steps.prepare(t);
    try {
      step(g, state);
    } finally {
      Reference.reachabilityFence(g);
      Reference.reachabilityFence(state);
    }
  }

  private void step(INDArray g, List<INDArray> state) {
    int n = (int) g.length();
    B buffer = gradient.open(g);
    for (int from = 0; from < n; from += BLOCK) {
      if (!good(buffer, from, Math.min(BLOCK, n - from))) {
        g.assign(0);
        return;
      }
    }
    buffers.clear();
    for (int v = 0; v < vectors.size(); v++) {
      buffers.add(vectors.get(v).open(state.get(v)));
    }
    for (int from = 0; from < n; from += BLOCK) {
      step(buffer, buffers, from, Math.min(BLOCK, n - from));
    }
    gradient.writeBack(g);
    for (int v = 0; v < vectors.size(); v++) {
      vectors.get(v).writeBack(state.get(v));
    }
  }

  abstract boolean good(B g, int from, int length);

  abstract void step(B g, List<B> state, int from, int length);

  /** FLOAT. */
  static final class Floats extends RuleSteps<FloatBuffer> {

    private final float[] x = new float[BLOCK];
    private final float[] g = new float[BLOCK];
    private final float[][] s;

    Floats(UpdateRule rule) {
      super(rule, NativeType.FLOAT);
      s = new float[rule.state().size()][BLOCK];
    }

    @Override
    boolean good(FloatBuffer gradient, int from, int length) {
      gradient.get(from, g, 0, length);
      return Kernels.maxAbs(g, 0, length) <= NonFinite.LARGEST_FLOAT;
    }

    @Override
    void step(FloatBuffer gradient, List<FloatBuffer> state, int from, int length) {
      gradient.get(from, g, 0, length);
      for (int v = 0; v < s.length; v++) {
        state.get(v).get(from, s[v], 0, length);
      }
      Arrays.fill(x, 0, length, 0);
      steps.step(x, g, s, length);
      for (int i = 0; i < length; i++) {
        x[i] = -x[i];
      }
      gradient.put(from, x, 0, length);
      for (int v = 0; v < s.length; v++) {
        state.get(v).put(from, s[v], 0, length);
      }
    }
  }

  /** DOUBLE. */
  static final class Doubles extends RuleSteps<DoubleBuffer> {

    private final double[] x = new double[BLOCK];
    private final double[] g = new double[BLOCK];
    private final double[][] s;

    Doubles(UpdateRule rule) {
      super(rule, NativeType.DOUBLE);
      s = new double[rule.state().size()][BLOCK];
    }

    @Override
    boolean good(DoubleBuffer gradient, int from, int length) {
      gradient.get(from, g, 0, length);
      return Kernels.maxAbs(g, 0, length) <= NonFinite.LARGEST_DOUBLE;
    }

    @Override
    void step(DoubleBuffer gradient, List<DoubleBuffer> state, int from, int length) {
      gradient.get(from, g, 0, length);
      for (int v = 0; v < s.length; v++) {
        state.get(v).get(from, s[v], 0, length);
      }
      Arrays.fill(x, 0, length, 0);
      steps.step(x, g, s, length);
      for (int i = 0; i < length; i++) {
        x[i] = -x[i];
      }
      gradient.put(from, x, 0, length);
      for (int v = 0; v < s.length; v++) {
        state.get(v).put(from, s[v], 0, length);
      }
    }
  }
}
