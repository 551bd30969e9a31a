package dev.optim.update;

/** Limits the norm of each tensor. */
record ClipByNorm(double norm) implements GradientTransform {

  @Override
  public <A> Live<A> begin(Parameters parameters, Elements<A> elements) {
    int tensors = parameters.tensors().size();
    return gradient -> {
      for (int i = 0; i < tensors; i++) {
        double length = Math.sqrt(gradient.squaredNorm(i));
        if (length > norm) {
          gradient.scaleBy(i, norm / length);
        }
      }
    };
  }
}
