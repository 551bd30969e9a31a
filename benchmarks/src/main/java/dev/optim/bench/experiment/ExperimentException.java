package dev.optim.bench.experiment;

/** An experiment that cannot be run as it is described; the message says where and why. */
public final class ExperimentException extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * A complaint in one line.
   *
   * @param message what is wrong, and what is allowed
   */
  public ExperimentException(String message) {
    super(message);
  }
}
