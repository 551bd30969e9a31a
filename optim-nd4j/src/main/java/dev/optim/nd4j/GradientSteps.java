package dev.optim.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Turns gradients into steps in place. */
interface GradientSteps {

  /**
   * Makes step t; a gradient that is not finite becomes zero, and the state stays.
   *
   * @throws IllegalArgumentException if an array cannot be used or has the wrong length, before
   *     anything is written
   */
  void apply(INDArray gradient, List<INDArray> state, long t);
}
