package dev.optim.update;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import java.nio.DoubleBuffer;
import org.jspecify.annotations.Nullable;

/** An updater of parameters in double precision, in arrays or buffers. */
public final class DoubleUpdater extends Updater<double[]> {

  private @Nullable BufferPass<double[], DoubleBuffer> blocks;
  private double @Nullable [] wholeX;
  private double @Nullable [] wholeG;

  DoubleUpdater(UpdatePlan plan, Parameters layout) {
    super(plan, layout, DoubleElements.INSTANCE);
  }

  /**
   * Makes one step of every tensor, in buffers on or off the heap, from their positions to their
   * limits. The positions are not moved. Blocks of the buffers pass through heap scratch; with a
   * transform, or a rule that needs whole tensors, a copy of both is kept.
   *
   * @param parameters read and written; as many elements remaining as the layout's length
   * @param gradient read only; as many elements remaining; must not share memory with {@code
   *     parameters}
   * @return what became of the step
   * @throws IllegalArgumentException if a length is wrong, {@code parameters} is read-only, or both
   *     are one buffer
   * @throws IllegalStateException if a schedule gives a step size that is negative or not finite,
   *     or another thread is making a step
   * @throws NonFiniteGradientException under {@link NonFinite#FAIL}
   */
  public StepOutcome step(DoubleBuffer parameters, DoubleBuffer gradient) {
    return step(parameters, gradient, null);
  }

  /**
   * Makes one step of the tensors that have a gradient; see {@link #step(DoubleBuffer,
   * DoubleBuffer)}.
   *
   * @param parameters read and written; as many elements remaining as the layout's length
   * @param gradient read only; as many elements remaining; must not share memory with {@code
   *     parameters}
   * @param present for each tensor whether it has a gradient; null for all of them
   * @return what became of the step
   * @throws IllegalArgumentException if a length is wrong, {@code parameters} is read-only, or both
   *     are one buffer
   * @throws IllegalStateException if a schedule gives a step size that is negative or not finite,
   *     or another thread is making a step
   * @throws NonFiniteGradientException under {@link NonFinite#FAIL}
   */
  public StepOutcome step(
      DoubleBuffer parameters, DoubleBuffer gradient, boolean @Nullable [] present) {
    requireNonNull(parameters, "parameters");
    requireNonNull(gradient, "gradient");
    Checks.length("parameters", parameters.remaining(), layout().length());
    Checks.length("gradient", gradient.remaining(), layout().length());
    if (parameters.isReadOnly()) {
      throw new IllegalArgumentException("parameters is a read-only buffer");
    }
    if (parameters == gradient || shareArray(parameters, gradient)) {
      throw new IllegalArgumentException("parameters and gradient share their memory");
    }
    if (needsWholeArrays()) {
      return stepCopies(parameters, gradient, present);
    }
    BufferPass<double[], DoubleBuffer> pass = blocks == null ? bufferPass(COPY) : blocks;
    blocks = pass;
    pass.begin(parameters, gradient);
    try {
      return stepBlocks(pass, present);
    } finally {
      pass.end();
    }
  }

  private StepOutcome stepCopies(
      DoubleBuffer parameters, DoubleBuffer gradient, boolean @Nullable [] present) {
    int n = layout().length();
    double[] x = wholeX == null ? new double[n] : wholeX;
    double[] g = wholeG == null ? new double[n] : wholeG;
    wholeX = x;
    wholeG = g;
    COPY.get(parameters, 0, x, n);
    COPY.get(gradient, 0, g, n);
    StepOutcome outcome = present == null ? step(x, g) : step(x, g, present);
    if (outcome == StepOutcome.APPLIED) {
      COPY.put(x, parameters, 0, n);
    }
    return outcome;
  }

  /** Whether two heap buffers overlap; of memory outside the heap nothing can be known. */
  private static boolean shareArray(DoubleBuffer a, DoubleBuffer b) {
    if (!a.hasArray() || !b.hasArray() || a.array() != b.array()) {
      return false;
    }
    int beginA = a.arrayOffset() + a.position();
    int beginB = b.arrayOffset() + b.position();
    return beginA < beginB + b.remaining() && beginB < beginA + a.remaining();
  }

  private static final BufferPass.BlockCopy<double[], DoubleBuffer> COPY =
      new BufferPass.BlockCopy<>() {
        @Override
        public void get(DoubleBuffer buffer, int from, double[] array, int length) {
          buffer.get(buffer.position() + from, array, 0, length);
        }

        @Override
        public void put(double[] array, DoubleBuffer buffer, int from, int length) {
          buffer.put(buffer.position() + from, array, 0, length);
        }
      };
}
