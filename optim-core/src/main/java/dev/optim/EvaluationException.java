package dev.optim;

/**
 * The user's objective, gradient or ranking threw while a run asked it. The cause is what was
 * thrown. {@link Minimizer} turns it into {@link StopReason#EVALUATION_FAILED}.
 */
public final class EvaluationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Wraps what the objective threw.
   *
   * @param asked what had been asked, e.g. "value"
   * @param cause what was thrown
   */
  public EvaluationException(String asked, Throwable cause) {
    super("the problem's " + asked + " threw " + cause, cause);
  }
}
