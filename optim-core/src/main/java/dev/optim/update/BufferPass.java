package dev.optim.update;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of buffers, moved block by block through heap scratch that stays in the first-level cache:
 * element access to memory outside the heap is several times slower than to arrays.
 */
final class BufferPass<A, B> implements Pass {

  /** Parameters, gradient and two states of a block take 32 kB at four bytes an element. */
  private static final int BLOCK = 2048;

  private final BoundRules<A> rules;
  private final Units units;
  private final Elements<A> elements;
  private final BlockCopy<A, B> copy;
  private final List<Scratch<A>> scratch = new ArrayList<>();
  private @Nullable B x;
  private @Nullable B g;

  BufferPass(
      BoundRules<A> rules, Units units, Elements<A> elements, BlockCopy<A, B> copy, int workers) {
    this.rules = rules;
    this.units = units;
    this.elements = elements;
    this.copy = copy;
    for (int i = 0; i < workers; i++) {
      scratch.add(
          new Scratch<>(
              elements.allocate(BLOCK),
              elements.allocate(BLOCK),
              prefixes(elements.allocateAll(rules.largestState(), BLOCK))));
    }
  }

  void begin(B parameters, B gradient) {
    x = parameters;
    g = gradient;
  }

  void end() {
    x = null;
    g = null;
  }

  @Override
  public double largest(int unit, int worker) {
    B gradient = g;
    double most = 0;
    if (gradient == null) {
      return most;
    }
    A block = scratch.get(worker).g;
    int end = units.to(unit);
    for (int from = units.from(unit); from < end; from += BLOCK) {
      int length = Math.min(BLOCK, end - from);
      copy.get(gradient, from, block, length);
      most = Math.max(most, elements.maxAbs(block, 0, length));
    }
    return most;
  }

  @Override
  public void apply(int pass, int unit, int worker) {
    B parameters = x;
    B gradient = g;
    if (parameters == null || gradient == null) {
      return;
    }
    Scratch<A> s = scratch.get(worker);
    A[] state = rules.state(units.tensor(unit));
    A[] block = s.states.get(state.length);
    int end = units.to(unit);
    for (int from = units.from(unit); from < end; from += BLOCK) {
      int length = Math.min(BLOCK, end - from);
      copy.get(parameters, from, s.x, length);
      copy.get(gradient, from, s.g, length);
      for (int v = 0; v < state.length; v++) {
        System.arraycopy(state[v], from, block[v], 0, length);
      }
      rules.apply(pass, unit, worker, s.x, s.g, block, 0, length);
      for (int v = 0; v < state.length; v++) {
        System.arraycopy(block[v], 0, state[v], from, length);
      }
      copy.put(s.x, parameters, from, length);
    }
  }

  /** The first 0, 1, 2, ... of some vectors. */
  private static <A> List<A[]> prefixes(A[] vectors) {
    List<A[]> prefixes = new ArrayList<>();
    for (int count = 0; count <= vectors.length; count++) {
      prefixes.add(Arrays.copyOf(vectors, count));
    }
    return prefixes;
  }

  /** Blocks of one worker; the state by the number of vectors. */
  private record Scratch<A>(A x, A g, List<A[]> states) {}

  /**
   * Bulk copies between a buffer and an array.
   *
   * @param <A> the array
   * @param <B> the buffer
   */
  interface BlockCopy<A, B> {

    /** Copies buffer elements from..from+length-1, counted from the position, to array start. */
    void get(B buffer, int from, A array, int length);

    /** Copies the first elements of an array to buffer elements from..from+length-1. */
    void put(A array, B buffer, int from, int length);

    /** The same for one buffer a tensor; what is copied at once never crosses tensors. */
    default BlockCopy<A, B[]> perTensor(Parameters layout) {
      BlockCopy<A, B> one = this;
      return new BlockCopy<>() {
        @Override
        public void get(B[] buffers, int from, A array, int length) {
          Parameters.Tensor tensor = layout.tensorAt(from);
          one.get(buffers[tensor.index()], from - tensor.offset(), array, length);
        }

        @Override
        public void put(A array, B[] buffers, int from, int length) {
          Parameters.Tensor tensor = layout.tensorAt(from);
          one.put(array, buffers[tensor.index()], from - tensor.offset(), length);
        }
      };
    }
  }
}
