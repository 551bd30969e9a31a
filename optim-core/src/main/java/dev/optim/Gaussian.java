package dev.optim;

import dev.optim.random.RandomStream;
import java.util.Arrays;

/** Gaussian around a mean, independent coordinates. */
final class Gaussian implements Start {

  private final double[] mean;
  private final double standardDeviation;

  Gaussian(double[] mean, double standardDeviation) {
    this.mean = mean.clone();
    Checks.atLeastOne("mean.length", mean.length);
    Checks.finite("mean", this.mean);
    this.standardDeviation = Checks.nonNegative("standardDeviation", standardDeviation);
  }

  @Override
  public int dimension() {
    return mean.length;
  }

  @Override
  public double[] sample(RandomStream random) {
    if (standardDeviation == 0) {
      return mean.clone();
    }
    double[] point = new double[mean.length];
    random.fillGaussian(point, 0, point.length);
    for (int i = 0; i < point.length; i++) {
      point[i] = mean[i] + standardDeviation * point[i];
    }
    return point;
  }

  @Override
  public double spread() {
    return standardDeviation;
  }

  @Override
  public String toString() {
    return "gaussian around " + Arrays.toString(mean) + " with deviation " + standardDeviation;
  }
}
