package dev.optim.update;

/** Limits the norm of the whole gradient. */
record ClipByGlobalNorm(double norm) implements GradientTransform {

  @Override
  public <A> Live<A> begin(Parameters parameters, Elements<A> elements) {
    int tensors = parameters.tensors().size();
    return gradient -> {
      double sum = 0;
      for (int i = 0; i < tensors; i++) {
        sum += gradient.squaredNorm(i);
      }
      double length = Math.sqrt(sum);
      if (length > norm) {
        for (int i = 0; i < tensors; i++) {
          gradient.scaleBy(i, norm / length);
        }
      }
    };
  }
}
