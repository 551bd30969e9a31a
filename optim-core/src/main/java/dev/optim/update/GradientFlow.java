package dev.optim.update;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of one step on its way through the transforms: an array, a scale a tensor that the
 * rule will multiply in as it reads, and which tensors have a gradient at all. It begins as the
 * caller's own array and is copied only if a transform asks to write.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
public final class GradientFlow<A> {

  private final Parameters layout;
  private final Elements<A> elements;
  private final Workers workers;
  private final Supplier<A> wideParameters;
  private final double[] scale;
  private final boolean[] present;
  private @Nullable A parameters;
  private @Nullable A gradient;
  private @Nullable A scratch;
  private boolean owned;
  private boolean held;
  private boolean skipped;

  /** For one updater; parameters that are no array of its precision come from the supplier. */
  GradientFlow(
      Parameters layout, Elements<A> elements, Workers workers, Supplier<A> wideParameters) {
    this.layout = layout;
    this.elements = elements;
    this.workers = workers;
    this.wideParameters = wideParameters;
    this.scale = new double[layout.tensors().size()];
    this.present = new boolean[scale.length];
  }

  /** Begins a step. The arrays are dropped again by {@link #end}. */
  void begin(@Nullable A parameters, A gradient, boolean[] present) {
    this.parameters = parameters;
    this.gradient = gradient;
    System.arraycopy(present, 0, this.present, 0, present.length);
    Arrays.fill(scale, 1);
    owned = false;
    held = false;
    skipped = false;
  }

  void end() {
    parameters = null;
    gradient = null;
  }

  boolean held() {
    return held;
  }

  boolean skipped() {
    return skipped;
  }

  /**
   * The layout of the arrays.
   *
   * @return the layout
   */
  public Parameters layout() {
    return layout;
  }

  /**
   * The arithmetic of the arrays.
   *
   * @return the arithmetic
   */
  public Elements<A> elements() {
    return elements;
  }

  /**
   * The threads of the step.
   *
   * @return to run units of work on
   */
  public Workers workers() {
    return workers;
  }

  /**
   * The parameters before the step.
   *
   * @return the caller's array, or a copy of parameters in bfloat16: read only, not to be kept
   */
  public A parameters() {
    given(gradient);
    A x = parameters == null ? wideParameters.get() : parameters;
    parameters = x;
    return x;
  }

  /**
   * The gradient, still to be multiplied by {@link #scale}.
   *
   * @return read only, not to be kept
   */
  public A gradient() {
    return given(gradient);
  }

  /**
   * The factor still to be multiplied into a tensor's gradient.
   *
   * @param tensor the tensor's index
   * @return the factor
   */
  public double scale(int tensor) {
    return scale[tensor];
  }

  /**
   * Whether a tensor has a gradient in this step.
   *
   * @param tensor the tensor's index
   * @return false if the tensor is left alone
   */
  public boolean present(int tensor) {
    return present[tensor];
  }

  /**
   * The gradient for writing, with the scales multiplied in (they are 1 afterwards). The first call
   * of a step copies it.
   *
   * @return read and write; not to be kept
   */
  public A writable() {
    A to = target();
    A from = gradient();
    for (Parameters.Tensor tensor : layout.tensors()) {
      int i = tensor.index();
      if (present[i] && (!owned || scale[i] != 1)) {
        elements.scale(scale[i], from, to, tensor.offset(), tensor.end());
        scale[i] = 1;
      }
    }
    owned = true;
    gradient = to;
    return to;
  }

  /**
   * Multiplies a factor into a tensor's gradient, without a pass over it.
   *
   * @param tensor the tensor's index
   * @param factor finite
   */
  public void scaleBy(int tensor, double factor) {
    scale[tensor] *= factor;
  }

  /**
   * The sum of squares of a tensor's gradient, scale included. Cost: one read of the tensor.
   *
   * @param tensor the tensor's index
   * @return 0 if the tensor has no gradient
   */
  public double squaredNorm(int tensor) {
    if (!present[tensor]) {
      return 0;
    }
    Parameters.Tensor t = layout.tensors().get(tensor);
    double sum = elements.squaredNorm(gradient(), t.offset(), t.end());
    return scale[tensor] * scale[tensor] * sum;
  }

  /**
   * Puts another gradient in the place of this one, with scale 1 for every tensor.
   *
   * @param other as long as the layout; read during this step only
   * @param otherPresent which tensors it has a gradient for; copied
   */
  public void replace(A other, boolean[] otherPresent) {
    gradient = other;
    owned = false;
    System.arraycopy(otherPresent, 0, present, 0, present.length);
    Arrays.fill(scale, 1);
  }

  /** Holds the step back: the transforms behind this one and the rule do not see it. */
  public void hold() {
    held = true;
  }

  /**
   * Refuses the step because what would come of it is not finite; the plan's {@link NonFinite} says
   * whether that is counted or thrown. The transform keeps the state it had.
   */
  public void skip() {
    skipped = true;
  }

  /** Where another gradient may be written: this one's array once it is a copy. */
  A target() {
    return owned ? gradient() : scratch();
  }

  private A scratch() {
    A array = scratch;
    if (array == null) {
      array = elements.allocate(layout.length());
      scratch = array;
    }
    return array;
  }

  private A given(@Nullable A array) {
    if (array == null) {
      throw new IllegalStateException("a gradient flow is read during its step only");
    }
    return array;
  }
}
