package dev.optim.secondorder;

import java.util.function.Supplier;

/** Says what memory is needed before it is taken. */
final class Memory {

  private Memory() {}

  /**
   * Takes memory, or refuses with the number of bytes.
   *
   * @param what a noun phrase for the message
   * @param bytes what {@code allocation} will take
   */
  static <T> T take(String what, long bytes, Supplier<T> allocation) {
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes <= heap) {
      try {
        return allocation.get();
      } catch (OutOfMemoryError e) {
        throw new IllegalArgumentException(refusal(what, bytes, heap), e);
      }
    }
    throw new IllegalArgumentException(refusal(what, bytes, heap));
  }

  private static String refusal(String what, long bytes, long heap) {
    return "%s takes %,d bytes, the heap has at most %,d (-Xmx)".formatted(what, bytes, heap);
  }
}
