package dev.optim.bench.problem;

import dev.optim.Start;
import dev.optim.random.RandomStream;
import dev.optim.update.Parameters;

/**
 * Starts a network of rectified units: weights Gaussian with variance 2 / inputs, biases zero.
 * Tensors of two dimensions, [outputs, inputs], are weights; the others are biases.
 *
 * <p>K. He, X. Zhang, S. Ren and J. Sun, "Delving deep into rectifiers", ICCV 2015.
 *
 * @param layout the network's tensors
 */
public record HeStart(Parameters layout) implements Start {

  @Override
  public int dimension() {
    return layout.length();
  }

  @Override
  public double[] sample(RandomStream random) {
    double[] x = new double[layout.length()];
    for (Parameters.Tensor tensor : layout.tensors()) {
      if (tensor.dimensions() == 2) {
        random.fillGaussian(x, tensor.offset(), tensor.end());
        double deviation = deviation(tensor);
        for (int i = tensor.offset(); i < tensor.end(); i++) {
          x[i] *= deviation;
        }
      }
    }
    return x;
  }

  @Override
  public double spread() {
    return layout.tensors().stream()
        .filter(tensor -> tensor.dimensions() == 2)
        .mapToDouble(HeStart::deviation)
        .max()
        .orElse(0);
  }

  private static double deviation(Parameters.Tensor weight) {
    return Math.sqrt(2.0 / weight.columns());
  }
}
