package dev.optim.update;

/**
 * What a rule has to know of one step of one tensor beside its arrays. Made by {@link Updater},
 * read by {@link UpdateRule}; the object is re-used from step to step.
 */
public final class Step {

  private final Parameters.Tensor tensor;
  private final double initialStepSize;
  private long t;
  private double stepSize;
  private double gradientScale;

  Step(Parameters.Tensor tensor, double initialStepSize) {
    this.tensor = tensor;
    this.initialStepSize = initialStepSize;
  }

  void set(long t, double stepSize, double gradientScale) {
    this.t = t;
    this.stepSize = stepSize;
    this.gradientScale = gradientScale;
  }

  /**
   * Which step of this tensor it is: steps for which the tensor had no gradient do not count.
   *
   * @return 1 at the first
   */
  public long t() {
    return t;
  }

  /**
   * The step size now, by schedule and plateau.
   *
   * @return finite, at least 0
   */
  public double stepSize() {
    return stepSize;
  }

  /**
   * The schedule's value at step 0.
   *
   * @return finite, at least 0
   */
  public double initialStepSize() {
    return initialStepSize;
  }

  /**
   * By what the rule has to multiply each element of the gradient as it reads it: how clipping by
   * norm and averaging cost no pass of their own.
   *
   * @return 1 unless a transform scaled the gradient
   */
  public double gradientScale() {
    return gradientScale;
  }

  /**
   * The tensor.
   *
   * @return name, offset and shape
   */
  public Parameters.Tensor tensor() {
    return tensor;
  }
}
