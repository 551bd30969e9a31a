package dev.optim.secondorder;

/**
 * In what precision a window keeps its gradients. Whatever is chosen, sums are accumulated and the
 * small matrices kept in double precision, and the Fisher matrix is that of the gradients as kept:
 * its products with them do not suffer from their rounding.
 */
public enum Storage {
  /** Eight bytes an element. */
  FLOAT64(8),
  /** Four bytes an element: exact for gradients that are {@code float[]}. */
  FLOAT32(4),
  /** Two bytes an element: the upper half of a {@code float}, three decimal digits. */
  BFLOAT16(2);

  private final int bytes;

  Storage(int bytes) {
    this.bytes = bytes;
  }

  /**
   * The size of an element.
   *
   * @return in bytes
   */
  public int bytes() {
    return bytes;
  }
}
