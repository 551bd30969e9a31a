package dev.optim.update;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An updater of parameters in single precision, in arrays or buffers, or in bfloat16.
 *
 * <p>Parameters in bfloat16 are the bits of {@link Bfloat16} numbers. A step works on them in
 * single precision, block by block, and rounds at random what it writes back: neighbours of 1 are
 * 1/256 away, so that a step of 1e-4 would never move it in plain rounding and does here, one time
 * in forty. The plan has the seed; the random bits of an element belong to it and the step, so that
 * the result is the same for any number of threads and after a checkpoint.
 */
public final class FloatUpdater extends Updater<float[]> {

  private final boolean[] given;
  private @Nullable BlockPass<float[], FloatBuffer, FloatBuffer> blocks;
  private @Nullable BlockPass<float[], FloatBuffer[], @Nullable FloatBuffer[]> tensorBlocks;
  private @Nullable BlockPass<float[], short[], float[]> narrow;
  private short @Nullable [] narrowParameters;
  private float @Nullable [] wholeX;
  private float @Nullable [] wholeG;

  FloatUpdater(UpdatePlan plan, Parameters layout) {
    super(plan, layout, FloatElements.INSTANCE);
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
  public StepOutcome step(FloatBuffer parameters, FloatBuffer gradient) {
    return step(parameters, gradient, null);
  }

  /**
   * Makes one step of the tensors that have a gradient; see {@link #step(FloatBuffer,
   * FloatBuffer)}.
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
      FloatBuffer parameters, FloatBuffer gradient, boolean @Nullable [] present) {
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
      BlockPass<float[], FloatBuffer, FloatBuffer> pass =
          blocks == null ? offHeap(COPY, COPY) : blocks;
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

  /**
   * Makes one step of every tensor of parameters in bfloat16.
   *
   * @param parameters the bits of {@link Bfloat16} numbers; read and written, of the layout's
   *     length
   * @param gradient read only; of the layout's length
   * @return what became of the step
   * @throws IllegalArgumentException if a length is wrong
   * @throws IllegalStateException if a schedule gives a step size that is negative or not finite,
   *     or another thread is making a step
   * @throws NonFiniteGradientException under {@link NonFinite#FAIL}
   */
  public StepOutcome step(short[] parameters, float[] gradient) {
    return step(parameters, gradient, null);
  }

  /**
   * Makes one step of the tensors in bfloat16 that have a gradient; see {@link #step(short[],
   * float[])}. A rule that looks at a row or tensor as a whole needs a copy of it in single
   * precision, a transform that looks at the parameters one of all of them.
   *
   * @param parameters the bits of {@link Bfloat16} numbers; read and written, of the layout's
   *     length
   * @param gradient read only; of the layout's length
   * @param present for each tensor whether it has a gradient; null for all of them
   * @return what became of the step
   * @throws IllegalArgumentException if a length is wrong
   * @throws IllegalStateException if a schedule gives a step size that is negative or not finite,
   *     or another thread is making a step
   * @throws NonFiniteGradientException under {@link NonFinite#FAIL}
   */
  public StepOutcome step(short[] parameters, float[] gradient, boolean @Nullable [] present) {
    requireNonNull(parameters, "parameters");
    requireNonNull(gradient, "gradient");
    Checks.length("parameters", parameters.length, layout().length());
    Checks.length("gradient", gradient.length, layout().length());
    claim();
    try {
      BlockPass<float[], short[], float[]> pass =
          narrow == null
              ? blockPass(BlockCopy.ofBfloat16(rounding()), BlockCopy.ofArrays())
              : narrow;
      narrow = pass;
      narrowParameters = parameters;
      try {
        return stepGradient(pass, parameters, null, gradient, present);
      } finally {
        narrowParameters = null;
        pass.end();
      }
    } finally {
      release();
    }
  }

  /**
   * Writes the point to evaluate, in single precision; see {@link #evaluationPoint(Object,
   * Object)}.
   *
   * @param parameters as the last step left them; read only
   * @param out written; of the layout's length
   * @throws IllegalArgumentException if a length is wrong
   */
  public void evaluationPoint(short[] parameters, float[] out) {
    requireNonNull(parameters, "parameters");
    requireNonNull(out, "out");
    Checks.length("parameters", parameters.length, layout().length());
    Checks.length("out", out.length, layout().length());
    Bfloat16.toFloats(parameters, out);
    evaluationPoint(out, out);
  }

  @Override
  float[] wideParameters() {
    short[] bits = narrowParameters;
    if (bits == null) {
      throw new IllegalStateException("parameters in single precision are arrays or copied to one");
    }
    float[] wide = wholeX();
    Bfloat16.toFloats(bits, wide);
    return wide;
  }

  private StepOutcome stepCopies(
      FloatBuffer parameters, FloatBuffer gradient, boolean @Nullable [] present) {
    int n = layout().length();
    float[] x = wholeX();
    float[] g = wholeG();
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
   * #step(FloatBuffer, FloatBuffer)}.
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
  public StepOutcome step(FloatBuffer[] parameters, @Nullable FloatBuffer[] gradients) {
    requireNonNull(parameters, "parameters");
    requireNonNull(gradients, "gradients");
    Checks.length("parameters", parameters.length, given.length);
    Checks.length("gradients", gradients.length, given.length);
    for (Parameters.Tensor tensor : layout().tensors()) {
      int i = tensor.index();
      FloatBuffer gradient = gradients[i];
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

  private StepOutcome stepApart(FloatBuffer[] parameters, @Nullable FloatBuffer[] gradients) {
    for (int i = 0; i < given.length; i++) {
      given[i] = gradients[i] != null;
    }
    if (needsWholeArrays()) {
      return stepCopies(parameters, gradients);
    }
    BlockPass<float[], FloatBuffer[], @Nullable FloatBuffer[]> pass =
        tensorBlocks == null ? tensorPass() : tensorBlocks;
    tensorBlocks = pass;
    pass.begin(parameters, gradients);
    try {
      return stepBlocks(pass, given);
    } finally {
      pass.end();
    }
  }

  private BlockPass<float[], FloatBuffer[], @Nullable FloatBuffer[]> tensorPass() {
    BlockCopy<float[], FloatBuffer[]> copy = COPY.perTensor(layout());
    return offHeap(copy, copy);
  }

  private <P, G> BlockPass<float[], P, G> offHeap(
      BlockCopy<float[], P> parameters, BlockCopy<float[], G> gradient) {
    narrow = null; // was made for the state as it was
    return bufferPass(parameters, gradient);
  }

  private StepOutcome stepCopies(FloatBuffer[] parameters, @Nullable FloatBuffer[] gradients) {
    float[] x = wholeX();
    float[] g = wholeG();
    for (Parameters.Tensor tensor : layout().tensors()) {
      FloatBuffer gradient = gradients[tensor.index()];
      FloatBuffer parameter = parameters[tensor.index()];
      parameter.get(parameter.position(), x, tensor.offset(), tensor.size());
      if (gradient != null) {
        gradient.get(gradient.position(), g, tensor.offset(), tensor.size());
      }
    }
    StepOutcome outcome = stepArrays(x, g, given);
    if (outcome == StepOutcome.APPLIED) {
      for (Parameters.Tensor tensor : layout().tensors()) {
        FloatBuffer parameter = parameters[tensor.index()];
        parameter.put(parameter.position(), x, tensor.offset(), tensor.size());
      }
    }
    return outcome;
  }

  private float[] wholeX() {
    float[] x = wholeX == null ? new float[layout().length()] : wholeX;
    wholeX = x;
    return x;
  }

  private float[] wholeG() {
    float[] g = wholeG == null ? new float[layout().length()] : wholeG;
    wholeG = g;
    return g;
  }

  private static void requireApart(String name, FloatBuffer parameters, FloatBuffer gradient) {
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
  private static boolean startTogether(FloatBuffer a, FloatBuffer b) {
    float before = a.get(a.position());
    float seen = b.get(b.position());
    if (Float.compare(before, seen) != 0) {
      return false;
    }
    a.put(a.position(), before == 0 ? 1 : 0);
    boolean together = Float.compare(b.get(b.position()), seen) != 0;
    a.put(a.position(), before);
    return together;
  }

  /** Whether two buffers of one accessible array overlap. */
  private static boolean shareArray(FloatBuffer a, FloatBuffer b) {
    if (!a.hasArray() || !b.hasArray() || a.array() != b.array()) {
      return false;
    }
    int beginA = a.arrayOffset() + a.position();
    int beginB = b.arrayOffset() + b.position();
    return beginA < beginB + b.remaining() && beginB < beginA + a.remaining();
  }

  private static final BlockCopy<float[], FloatBuffer> COPY =
      new BlockCopy<>() {
        @Override
        public void get(FloatBuffer buffer, int from, float[] array, int length) {
          buffer.get(buffer.position() + from, array, 0, length);
        }

        @Override
        public void put(float[] array, FloatBuffer buffer, int from, int length, int worker) {
          buffer.put(buffer.position() + from, array, 0, length);
        }
      };
}
