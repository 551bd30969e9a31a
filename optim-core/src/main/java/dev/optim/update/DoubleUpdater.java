package dev.optim.update;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import java.nio.DoubleBuffer;
import org.jspecify.annotations.Nullable;

/** An updater of parameters in double precision, in arrays or buffers. */
public final class DoubleUpdater extends Updater<double[]> {

  private final boolean[] given;
  private @Nullable BlockPass<double[], DoubleBuffer, DoubleBuffer> blocks;
  private @Nullable BlockPass<double[], DoubleBuffer[], @Nullable DoubleBuffer[]> tensorBlocks;
  private double @Nullable [] wholeX;
  private double @Nullable [] wholeG;

  DoubleUpdater(UpdatePlan plan, Parameters layout) {
    super(plan, layout, DoubleElements.INSTANCE);
    given = new boolean[layout.tensors().size()];
  }

  /**
   * Makes one step of every tensor, in buffers on or off the heap, from their positions to their
   * limits. The positions are not moved. Blocks of the buffers pass through heap scratch; with a
   * transform, or a rule that needs whole tensors, a copy of both is kept. An updater that has
   * stepped buffers keeps its state in pieces: steps of arrays then go through scratch as well, to
   * the same bits and half as fast.
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
    requireApart("parameters", parameters, gradient);
    claim();
    try {
      if (needsWholeArrays()) {
        return stepCopies(parameters, gradient, present);
      }
      BlockPass<double[], DoubleBuffer, DoubleBuffer> pass =
          blocks == null ? bufferPass(COPY, COPY) : blocks;
      blocks = pass;
      pass.begin(parameters, gradient);
      try {
        return stepBlocks(pass, present);
      } finally {
        pass.end();
      }
    } finally {
      release();
    }
  }

  @Override
  double[] wideParameters() {
    throw new IllegalStateException("parameters in double precision are arrays or copied to one");
  }

  private StepOutcome stepCopies(
      DoubleBuffer parameters, DoubleBuffer gradient, boolean @Nullable [] present) {
    int n = layout().length();
    double[] x = wholeX();
    double[] g = wholeG();
    COPY.get(parameters, 0, x, n);
    COPY.get(gradient, 0, g, n);
    StepOutcome outcome = stepArrays(x, g, present);
    if (outcome == StepOutcome.APPLIED) {
      COPY.put(x, parameters, 0, n, 0);
    }
    return outcome;
  }

  /**
   * Makes one step of tensors that lie apart, each in a buffer of its own; see {@link
   * #step(DoubleBuffer, DoubleBuffer)}.
   *
   * @param parameters one buffer a tensor, in the order of the layout; read and written, as many
   *     elements remaining as the tensor has
   * @param gradients one buffer a tensor, null for a tensor without a gradient; read only; must not
   *     share memory with {@code parameters}
   * @return what became of the step
   * @throws IllegalArgumentException if a length is wrong, a buffer of parameters is read-only, or
   *     a tensor and its gradient are one buffer
   * @throws IllegalStateException if a schedule gives a step size that is negative or not finite,
   *     or another thread is making a step
   * @throws NonFiniteGradientException under {@link NonFinite#FAIL}
   */
  public StepOutcome step(DoubleBuffer[] parameters, @Nullable DoubleBuffer[] gradients) {
    requireNonNull(parameters, "parameters");
    requireNonNull(gradients, "gradients");
    Checks.length("parameters", parameters.length, given.length);
    Checks.length("gradients", gradients.length, given.length);
    for (Parameters.Tensor tensor : layout().tensors()) {
      int i = tensor.index();
      DoubleBuffer gradient = gradients[i];
      requireNonNull(parameters[i], tensor.name());
      Checks.length(tensor.name(), parameters[i].remaining(), tensor.size());
      if (gradient != null) {
        Checks.length(tensor.name(), gradient.remaining(), tensor.size());
        requireApart(tensor.name(), parameters[i], gradient);
      }
    }
    claim();
    try {
      return stepApart(parameters, gradients);
    } finally {
      release();
    }
  }

  private StepOutcome stepApart(DoubleBuffer[] parameters, @Nullable DoubleBuffer[] gradients) {
    for (int i = 0; i < given.length; i++) {
      given[i] = gradients[i] != null;
    }
    if (needsWholeArrays()) {
      return stepCopies(parameters, gradients);
    }
    BlockPass<double[], DoubleBuffer[], @Nullable DoubleBuffer[]> pass =
        tensorBlocks == null ? tensorPass() : tensorBlocks;
    tensorBlocks = pass;
    pass.begin(parameters, gradients);
    try {
      return stepBlocks(pass, given);
    } finally {
      pass.end();
    }
  }

  private BlockPass<double[], DoubleBuffer[], @Nullable DoubleBuffer[]> tensorPass() {
    BlockCopy<double[], DoubleBuffer[]> copy = COPY.perTensor(layout());
    return bufferPass(copy, copy);
  }

  private StepOutcome stepCopies(DoubleBuffer[] parameters, @Nullable DoubleBuffer[] gradients) {
    double[] x = wholeX();
    double[] g = wholeG();
    for (Parameters.Tensor tensor : layout().tensors()) {
      DoubleBuffer gradient = gradients[tensor.index()];
      DoubleBuffer parameter = parameters[tensor.index()];
      parameter.get(parameter.position(), x, tensor.offset(), tensor.size());
      if (gradient != null) {
        gradient.get(gradient.position(), g, tensor.offset(), tensor.size());
      }
    }
    StepOutcome outcome = stepArrays(x, g, given);
    if (outcome == StepOutcome.APPLIED) {
      for (Parameters.Tensor tensor : layout().tensors()) {
        DoubleBuffer parameter = parameters[tensor.index()];
        parameter.put(parameter.position(), x, tensor.offset(), tensor.size());
      }
    }
    return outcome;
  }

  private double[] wholeX() {
    double[] x = wholeX == null ? new double[layout().length()] : wholeX;
    wholeX = x;
    return x;
  }

  private double[] wholeG() {
    double[] g = wholeG == null ? new double[layout().length()] : wholeG;
    wholeG = g;
    return g;
  }

  private static void requireApart(String name, DoubleBuffer parameters, DoubleBuffer gradient) {
    if (parameters.isReadOnly()) {
      throw new IllegalArgumentException(name + " is a read-only buffer");
    }
    if (parameters == gradient
        || shareArray(parameters, gradient)
        || startTogether(parameters, gradient)) {
      throw new IllegalArgumentException(name + " and its gradient share their memory");
    }
  }

  /** Whether two buffers begin at the same place of any memory: what is written is read there. */
  private static boolean startTogether(DoubleBuffer a, DoubleBuffer b) {
    double before = a.get(a.position());
    double seen = b.get(b.position());
    if (Double.compare(before, seen) != 0) {
      return false;
    }
    a.put(a.position(), before == 0 ? 1 : 0);
    boolean together = Double.compare(b.get(b.position()), seen) != 0;
    a.put(a.position(), before);
    return together;
  }

  /** Whether two buffers of one accessible array overlap. */
  private static boolean shareArray(DoubleBuffer a, DoubleBuffer b) {
    if (!a.hasArray() || !b.hasArray() || a.array() != b.array()) {
      return false;
    }
    int beginA = a.arrayOffset() + a.position();
    int beginB = b.arrayOffset() + b.position();
    return beginA < beginB + b.remaining() && beginB < beginA + a.remaining();
  }

  private static final BlockCopy<double[], DoubleBuffer> COPY =
      new BlockCopy<>() {
        @Override
        public void get(DoubleBuffer buffer, int from, double[] array, int length) {
          buffer.get(buffer.position() + from, array, 0, length);
        }

        @Override
        public void put(double[] array, DoubleBuffer buffer, int from, int length, int worker) {
          buffer.put(buffer.position() + from, array, 0, length);
        }
      };
}
