package dev.optim.update;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import java.util.Arrays;

/**
 * Steps of one rule on state vectors that somebody else keeps: for frameworks that hold, save and
 * restore the state of their updaters themselves. Everything an {@link Updater} does around a rule
 * (transforms, checks of the gradient, threads) is left out.
 *
 * <p>Which step it is is told by the caller, so that a framework's own counter is enough to resume.
 * Only rules that move each element by itself, in one pass, can be driven this way.
 *
 * <p>One thread at a time.
 */
public final class ElementSteps {

  private final UpdateRule rule;
  private final TensorStep whole;
  private final Step step;
  private final Step.Scratch scratch = new Step.Scratch();
  private long reached;

  private ElementSteps(UpdateRule rule, Parameters.Tensor tensor) {
    this.rule = rule;
    whole = new TensorStep(tensor, rule);
    step = new Step(whole, scratch);
  }

  /**
   * Steps of a rule.
   *
   * @param rule of scope ELEMENT and one pass
   * @return the steps, before the first
   * @throws IllegalArgumentException if the rule looks at more than one element at once
   */
  public static ElementSteps of(UpdateRule rule) {
    Parameters.Tensor tensor = Parameters.vector(1).tensors().get(0);
    UpdateRule serving = requireNonNull(rule, "rule").serving(tensor);
    if (serving.scope() != UpdateRule.Scope.ELEMENT || serving.passes() != 1) {
      throw new IllegalArgumentException(
          rule + " looks at more than one element at once, must move each by itself");
    }
    return new ElementSteps(serving, tensor);
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
    if (whole.scalars().length == 0) {
      reached = t - 1;
    } else if (t <= reached) {
      Arrays.fill(whole.scalars(), 0);
      reached = 0;
    }
    while (reached < t) {
      double stepSize = rule.stepSize().at(reached);
      if (!(stepSize >= 0 && stepSize < Double.POSITIVE_INFINITY)) {
        throw new IllegalStateException(
            "the step size at step "
                + reached
                + " is "
                + stepSize
                + " for "
                + rule
                + ", must be at least 0 and finite");
      }
      reached++;
      whole.set(reached, stepSize);
      rule.advance(step, whole.scalars());
    }
    step.begin(0, scratch);
  }

  /**
   * Makes the prepared step of elements 0..length-1 in single precision.
   *
   * @param x the parameters; read and written
   * @param g the gradient; read only
   * @param state the state vectors, by {@link UpdateRule#state}; read and written
   * @param length the number of elements
   * @throws IllegalStateException if the step size is larger than the largest number of this
   *     precision; nothing is changed
   */
  public void step(float[] x, float[] g, float[][] state, int length) {
    step(FloatElements.INSTANCE, x, g, state, length);
  }

  /**
   * Makes the prepared step of elements 0..length-1 in double precision.
   *
   * @param x the parameters; read and written
   * @param g the gradient; read only
   * @param state the state vectors, by {@link UpdateRule#state}; read and written
   * @param length the number of elements
   * @throws IllegalStateException if the step size is larger than the largest number of this
   *     precision; nothing is changed
   */
  public void step(double[] x, double[] g, double[][] state, int length) {
    step(DoubleElements.INSTANCE, x, g, state, length);
  }

  private <A> void step(Elements<A> elements, A x, A g, A[] state, int length) {
    if (whole.stepSize() > elements.largest()) {
      throw new IllegalStateException(
          "the step size is "
              + whole.stepSize()
              + " for "
              + rule
              + ", must be at most "
              + elements.largest());
    }
    elements.step(rule, step, x, g, state, 0, length);
    if (reached % BoundRules.FLUSH_EVERY == 0) {
      for (A vector : state) {
        elements.flush(vector, 0, length);
      }
    }
  }
}
