package dev.optim.bench.jmh.mfac;

import dev.optim.random.RandomStream;
import dev.optim.secondorder.FisherWindow;
import dev.optim.secondorder.WindowSettings;
import java.util.Arrays;

/** A full window of gradients, and what is done with it. */
public final class FullWindow {

  /** What the gradients are like. */
  public enum Kind {
    /** Gaussian. */
    GAUSSIAN,
    /** Zero everywhere. */
    ZERO,
    /** The smallest single precision numbers there are. */
    DENORMAL,
    /** Small, but not so small that they count as zero. */
    TINY
  }

  private final FisherWindow window;
  private final double[] x;
  private final double[] out;

  /**
   * Fills a window.
   *
   * @param d elements of a gradient
   * @param settings its size and precision
   * @param threads the threads of a pass
   * @param kind what the gradients are like
   */
  public FullWindow(int d, WindowSettings settings, int threads, Kind kind) {
    window = FisherWindow.of(d, settings, threads);
    x = new double[d];
    out = new double[d];
    RandomStream random = RandomStream.of(1);
    for (int k = 0; k < settings.gradients(); k++) {
      random.fillGaussian(x);
      switch (kind) {
        case GAUSSIAN -> {}
        case ZERO -> Arrays.fill(x, 0);
        case DENORMAL -> Arrays.fill(x, Float.MIN_VALUE);
        case TINY -> Arrays.setAll(x, i -> 1e-28 * x[i]);
      }
      window.add(x);
    }
  }

  /** Multiplies with any vector: two passes. */
  public void multiply() {
    window.multiply(x, out);
  }

  /** Takes a gradient in and multiplies with it: two passes. */
  public void update() {
    window.addAndMultiply(x, out);
  }
}
