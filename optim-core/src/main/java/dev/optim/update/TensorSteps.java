package dev.optim.update;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import java.util.List;

/**
 * Steps of one rule on one tensor whose state vectors somebody else keeps: for frameworks that
 * hold, save and restore the state of their updaters themselves. Rules of any scope and number of
 * passes make the bits they make in an {@link Updater}; everything an updater does around a rule
 * (transforms, checks of the gradient, threads) is left out. For rules that move each element by
 * itself {@link ElementSteps} needs no whole tensors.
 *
 * <p>One thread at a time.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public final class TensorSteps<A> {

  private static final boolean[] ACTIVE = {true};

  private final Elements<A> elements;
  private final BoundRules<A> rules;
  private long reached;

  private TensorSteps(UpdateRule rule, int[] shape, Elements<A> elements) {
    Parameters layout = Parameters.builder().add("tensor", shape).build();
    this.elements = elements;
    rules = BoundRules.withoutState(UpdatePlan.of(requireNonNull(rule, "rule")), layout, elements);
  }

  /**
   * Steps in single precision.
   *
   * @param rule the rule
   * @param shape the shape of the tensor
   * @return the steps, before the first
   */
  public static TensorSteps<float[]> floats(UpdateRule rule, int... shape) {
    return new TensorSteps<>(rule, shape, FloatElements.INSTANCE);
  }

  /**
   * Steps in double precision.
   *
   * @param rule the rule
   * @param shape the shape of the tensor
   * @return the steps, before the first
   */
  public static TensorSteps<double[]> doubles(UpdateRule rule, int... shape) {
    return new TensorSteps<>(rule, shape, DoubleElements.INSTANCE);
  }

  /**
   * The names of the state vectors of the rule that serves the tensor.
   *
   * @return the names, in the order of {@code state}
   */
  public List<String> state() {
    return rules.rule(0).state();
  }

  /**
   * The arithmetic of the arrays.
   *
   * @return the arithmetic of this precision
   */
  public Elements<A> elements() {
    return elements;
  }

  /**
   * Prepares a step. Going on by one costs nothing; a rule that keeps numbers of its own replays
   * them from the first step when the count jumps.
   *
   * @param t which step it is, 1 at the first
   * @throws IllegalArgumentException if t is less than 1
   * @throws IllegalStateException if the schedule gives a step size that is negative or not finite
   */
  public void prepare(long t) {
    Checks.atLeastOne("t", t);
    if (rules.rule(0).scalars().isEmpty()) {
      rules.rewind(t - 1);
      reached = t - 1;
    } else if (t <= reached) {
      rules.rewind(0);
      reached = 0;
    }
    while (reached < t) {
      rules.prepare(reached, 1);
      rules.advance(ACTIVE);
      rules.count(ACTIVE);
      reached++;
    }
  }

  /**
   * Makes the prepared step.
   *
   * @param x the parameters, row-major; read and written
   * @param g the gradient; read only
   * @param state the state vectors, by {@link #state}; read and written
   * @throws IllegalArgumentException if an array is not as long as the tensor
   */
  public void step(A x, A g, A[] state) {
    Units units = rules.units();
    int length = units.to(units.count() - 1);
    Checks.length("x", elements.length(x), length);
    Checks.length("g", elements.length(g), length);
    Checks.length("state", state.length, state().size());
    for (A vector : state) {
      Checks.length("a state vector", elements.length(vector), length);
    }
    for (int pass = 0; pass < rules.passes(); pass++) {
      for (int unit = 0; unit < units.count(); unit++) {
        rules.apply(pass, unit, 0, x, g, state, units.from(unit), units.to(unit));
      }
      rules.combine();
    }
  }
}
