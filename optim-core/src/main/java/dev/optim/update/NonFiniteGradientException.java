package dev.optim.update;

/** A gradient was refused under {@link NonFinite#FAIL}; nothing was changed. */
public final class NonFiniteGradientException extends ArithmeticException {

  private static final long serialVersionUID = 1L;

  NonFiniteGradientException(String message) {
    super(message);
  }
}
