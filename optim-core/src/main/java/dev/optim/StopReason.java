package dev.optim;

/** Why a run ended. There always is a reason. */
public enum StopReason {
  /** The value reached the target. */
  TARGET_REACHED(true),
  /** The gradient's norm fell to the tolerance. */
  GRADIENT_TOLERANCE(true),
  /** The point or the value no longer changes by more than the tolerance. */
  STEP_TOLERANCE(true),
  /** No improvement for the length of the window. */
  STAGNATION(true),
  /** The method's population has collapsed to a point. */
  COLLAPSED(true),
  /** The method's own measure of optimality fell to its tolerance. */
  CONVERGED(true),
  /** The iterations allowed are used up. */
  ITERATION_BUDGET(false),
  /** The evaluations allowed are used up. */
  EVALUATION_BUDGET(false),
  /** The time allowed is used up. */
  DEADLINE(false),
  /** A condition of the user's own. */
  REQUESTED(false),
  /** The thread was interrupted; its interrupt flag is still set. */
  INTERRUPTED(false),
  /** A value, gradient or point became NaN or infinite and the method cannot go on. */
  NON_FINITE(false),
  /**
   * The iterates grew beyond every scale of the problem: a step size is too large, or there is no
   * minimum.
   */
  DIVERGED(false),
  /** The problem threw an exception. */
  EVALUATION_FAILED(false),
  /**
   * The method or a stop condition threw: a mistake such as a schedule that gives a negative step
   * size at some step.
   */
  METHOD_FAILED(false);

  private final boolean converged;

  StopReason(boolean converged) {
    this.converged = converged;
  }

  /**
   * Whether a test of convergence ended the run, rather than a budget or a failure. It says that
   * the test held, not that the point is a minimum.
   *
   * @return whether the run converged by its own tests
   */
  public boolean converged() {
    return converged;
  }

  /**
   * Whether something went wrong: something threw, the problem's numbers could not be used, or the
   * iterates ran away.
   *
   * @return true for {@link #NON_FINITE}, {@link #DIVERGED}, {@link #EVALUATION_FAILED} and {@link
   *     #METHOD_FAILED}
   */
  public boolean failed() {
    return this == NON_FINITE
        || this == DIVERGED
        || this == EVALUATION_FAILED
        || this == METHOD_FAILED;
  }
}
