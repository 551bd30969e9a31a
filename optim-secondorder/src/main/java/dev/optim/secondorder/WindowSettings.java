package dev.optim.secondorder;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;

/**
 * What a sliding window of gradients is: immutable and safe to share.
 *
 * @param gradients m, the size of the window, in 1..32768; 1024 by default. More gradients see more
 *     directions and need less damping
 * @param damping added to every diagonal element of the Fisher matrix, more than 0; 1e-5 by default
 * @param storage the precision of the gradients kept; {@link Storage#FLOAT32} by default
 * @param divisor what the sum of outer products is divided by; {@link Divisor#WINDOW} by default
 */
public record WindowSettings(int gradients, double damping, Storage storage, Divisor divisor) {

  /** Checks the settings. */
  public WindowSettings {
    if (gradients < 1 || gradients > 1 << 15) {
      throw new IllegalArgumentException("gradients is " + gradients + ", must be in 1..32768");
    }
    Checks.positive("damping", damping);
    requireNonNull(storage, "storage");
    requireNonNull(divisor, "divisor");
  }

  /**
   * The defaults of the authors' optimizer.
   *
   * @return 1024 gradients in single precision, damping 1e-5
   */
  public static WindowSettings defaults() {
    return of(1024, 1e-5);
  }

  /**
   * With the defaults otherwise.
   *
   * @param gradients m, in 1..32768
   * @param damping more than 0
   * @return the settings
   */
  public static WindowSettings of(int gradients, double damping) {
    return new WindowSettings(gradients, damping, Storage.FLOAT32, Divisor.WINDOW);
  }

  /**
   * With another precision.
   *
   * @param storage the precision
   * @return new settings
   */
  public WindowSettings withStorage(Storage storage) {
    return new WindowSettings(gradients, damping, storage, divisor);
  }

  /**
   * With another divisor.
   *
   * @param divisor the divisor
   * @return new settings
   */
  public WindowSettings withDivisor(Divisor divisor) {
    return new WindowSettings(gradients, damping, storage, divisor);
  }

  /**
   * The memory of a window.
   *
   * @param dimension d, the elements of a gradient
   * @return bytes: one gradient more than m of them, and 36 m^2 for the small matrices
   */
  public long bytes(int dimension) {
    return storage.bytes() * (gradients + 1L) * dimension + 36L * gradients * gradients;
  }
}
