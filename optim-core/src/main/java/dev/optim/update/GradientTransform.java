package dev.optim.update;

import dev.optim.Checks;
import dev.optim.state.Checkpoint;

/**
 * What happens to a gradient before the rule sees it: an immutable description. Transforms of a
 * plan are applied in their order. The caller's gradient is never changed.
 */
public interface GradientTransform {

  /**
   * Prepares the transform for one updater.
   *
   * @param <A> {@code float[]} or {@code double[]}
   * @param parameters the layout
   * @param elements the arithmetic of the updater's precision
   * @return the live transform, with whatever state it keeps
   */
  <A> Live<A> begin(Parameters parameters, Elements<A> elements);

  /**
   * A transform at work in one updater.
   *
   * @param <A> {@code float[]} or {@code double[]}
   */
  @FunctionalInterface
  interface Live<A> {

    /**
     * Transforms the gradient of one step.
     *
     * @param gradient the gradient as the transform before left it
     */
    void apply(GradientFlow<A> gradient);

    /**
     * Told that the step of a gradient it let through was made, or held back by a later transform,
     * and not refused. What a refused step must leave as it was changes here.
     */
    default void accepted() {}

    /**
     * The state.
     *
     * @return empty for a transform without state
     */
    default Checkpoint checkpoint() {
      return Checkpoint.builder().build();
    }

    /**
     * Checks a state and prepares to take it over.
     *
     * @param state made by {@link #checkpoint} of the same transform
     * @return takes the state over; nothing changes before it is run
     * @throws IllegalArgumentException if the state does not fit
     */
    default Runnable restoring(Checkpoint state) {
      return () -> {};
    }
  }

  /**
   * Limits each element to -bound..bound. Costs a copy of the gradient.
   *
   * @param bound the largest magnitude left, more than 0
   * @return the transform
   */
  static GradientTransform clipByValue(double bound) {
    return new ClipByValue(Checks.positive("bound", bound));
  }

  /**
   * Scales each tensor whose Euclidean norm is larger down to a norm. Costs one read of the
   * gradient.
   *
   * @param norm the largest norm left, more than 0
   * @return the transform
   */
  static GradientTransform clipByNorm(double norm) {
    return new ClipByNorm(Checks.positive("norm", norm));
  }

  /**
   * Scales the whole gradient down where its Euclidean norm is larger than a norm. Costs one read
   * of the gradient.
   *
   * @param norm the largest norm left, more than 0
   * @return the transform
   */
  static GradientTransform clipByGlobalNorm(double norm) {
    return new ClipByGlobalNorm(Checks.positive("norm", norm));
  }

  /**
   * Lets through the mean of every so many gradients and holds back the steps between. A tensor
   * that had no gradient in some of them counts as zero there, also one that {@link
   * NonFinite#SKIP_TENSOR} left out; one that had none in all of them has none. A gradient that is
   * refused as a whole is not counted, nor is the last one if its mean is refused: those before it
   * stay.
   *
   * @param gradients how many make one step, at least 1
   * @return the transform
   */
  static GradientTransform accumulate(int gradients) {
    return new Accumulate((int) Checks.atLeastOne("gradients", gradients));
  }
}
