package dev.optim;

/**
 * What a run has to say of itself: something to know about its outcome, such as a step size beyond
 * the limit of its method. It stands among {@link Result#warnings} and is never thrown.
 */
public final class RunWarning extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * A warning.
   *
   * @param message what was found, with its numbers
   */
  public RunWarning(String message) {
    super(message, null, false, false);
  }
}
