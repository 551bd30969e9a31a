package dev.optim.update;

/**
 * What to do with a gradient that has an element that is NaN, infinite, or so large that its square
 * would overflow (more than {@value #LARGEST_FLOAT} for {@code float[]}, {@value #LARGEST_DOUBLE}
 * for {@code double[]}): one such element would poison the moments for good.
 */
public enum NonFinite {
  /** Skip the whole step: parameters and state stay as they are, and the skip is counted. */
  SKIP,
  /** Skip only the tensors with such an element, as if they had no gradient. */
  SKIP_TENSOR,
  /** Throw {@link NonFiniteGradientException} before anything is changed. */
  FAIL,
  /** Do not look: saves one read of the gradient where the caller has looked already. */
  TRUST;

  /** The largest magnitude accepted in a {@code float[]} gradient. */
  public static final double LARGEST_FLOAT = 1e18;

  /** The largest magnitude accepted in a {@code double[]} gradient. */
  public static final double LARGEST_DOUBLE = 1e150;
}
