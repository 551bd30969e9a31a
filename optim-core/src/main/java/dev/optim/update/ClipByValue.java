package dev.optim.update;

/** Limits each element. */
record ClipByValue(double bound) implements GradientTransform {

  @Override
  public <A> Live<A> begin(Parameters parameters, Elements<A> elements) {
    return gradient -> {
      A g = gradient.writable();
      for (Parameters.Tensor tensor : parameters.tensors()) {
        if (gradient.present(tensor.index())) {
          elements.clamp(bound, g, tensor.offset(), tensor.end());
        }
      }
    };
  }
}
