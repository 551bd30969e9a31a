package dev.optim.update;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of vectors that a rule cannot work on where they are, moved block by block through heap
 * scratch that stays in a cache: element access to memory outside the heap is several times slower
 * than to arrays, and bfloat16 has no arithmetic. Where a rule has to see a unit as a whole, the
 * block is the unit.
 *
 * @param <A> the scratch: {@code float[]} or {@code double[]}
 * @param <P> what holds the parameters
 * @param <G> what holds the gradient
 */
final class BlockPass<A, P, G> implements Pass<P, G> {

  /** Parameters, gradient and two states of a block take 32 kB at four bytes an element. */
  private static final int BLOCK = 2048;

  private final BoundRules<A> rules;
  private final Units units;
  private final Elements<A> elements;
  private final StateVectors<A> state;
  private final int most;
  private final BlockCopy<A, P> parameterCopy;
  private final BlockCopy<A, G> gradientCopy;
  private final List<Scratch<A>> scratch = new ArrayList<>();
  private @Nullable P x;
  private @Nullable G g;

  BlockPass(
      BoundRules<A> rules,
      Elements<A> elements,
      BlockCopy<A, P> parameterCopy,
      BlockCopy<A, G> gradientCopy,
      int workers) {
    this.rules = rules;
    this.units = rules.units();
    this.elements = elements;
    this.state = rules.state();
    most = state.inPlace() ? CutState.PIECE : BLOCK;
    this.parameterCopy = parameterCopy;
    this.gradientCopy = gradientCopy;
    int longest = most;
    for (int unit = 0; unit < units.count(); unit++) {
      longest = Math.max(longest, block(unit));
    }
    for (int i = 0; i < workers; i++) {
      scratch.add(
          new Scratch<>(
              elements.allocate(longest),
              elements.allocate(longest),
              prefixes(elements.allocateAll(state.count(), state.inPlace() ? 0 : longest))));
    }
  }

  private int block(int unit) {
    return rules.cutsAnywhere(units.tensor(unit)) ? most : units.to(unit) - units.from(unit);
  }

  @Override
  public void begin(P parameters, G gradient) {
    x = parameters;
    g = gradient;
  }

  @Override
  public void end() {
    x = null;
    g = null;
  }

  /** Raises a block element by element and looks for the largest at the end, which vectorises. */
  @Override
  public double largest(int unit, int worker) {
    G gradient = g;
    if (gradient == null) {
      return 0;
    }
    A block = scratch.get(worker).g;
    A raised = scratch.get(worker).x;
    int begin = units.from(unit);
    int end = units.to(unit);
    int first = Math.min(most, end - begin);
    gradientCopy.get(gradient, begin, raised, first);
    for (int from = begin + first; from < end; from += most) {
      int length = Math.min(most, end - from);
      gradientCopy.get(gradient, from, block, length);
      elements.raiseAbs(block, raised, length);
    }
    return elements.maxAbs(raised, 0, first);
  }

  @Override
  public void apply(int pass, int unit, int worker) {
    P parameters = x;
    G gradient = g;
    if (parameters == null || gradient == null) {
      return;
    }
    Scratch<A> s = scratch.get(worker);
    int vectors = rules.vectors(units.tensor(unit));
    A[] copies = s.states.get(vectors);
    int size = block(unit);
    int end = units.to(unit);
    for (int from = units.from(unit); from < end; from += size) {
      int length = Math.min(size, end - from);
      parameterCopy.get(parameters, from, s.x, length);
      gradientCopy.get(gradient, from, s.g, length);
      A[] opened = state.open(from, copies, length);
      rules.apply(pass, unit, worker, s.x, s.g, opened, 0, length);
      state.close(opened, from, length, worker);
      parameterCopy.put(s.x, parameters, from, length, worker);
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
}
