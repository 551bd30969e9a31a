package dev.optim;

import dev.optim.random.RandomStream;
import java.util.Arrays;

/** Uniform in a box. */
final class Uniform implements Start {

  private final double[] lower;
  private final double[] upper;

  Uniform(double[] lower, double[] upper) {
    this.lower = lower.clone();
    this.upper = upper.clone();
    Checks.atLeastOne("lower.length", lower.length);
    Checks.length("upper", upper.length, lower.length);
    Checks.finite("lower", this.lower);
    Checks.finite("upper", this.upper);
    for (int i = 0; i < lower.length; i++) {
      if (this.upper[i] < this.lower[i]) {
        throw new IllegalArgumentException(
            "upper[" + i + "] is " + this.upper[i] + ", below lower[" + i + "] " + this.lower[i]);
      }
    }
  }

  @Override
  public int dimension() {
    return lower.length;
  }

  @Override
  public double[] sample(RandomStream random) {
    double[] point = new double[lower.length];
    random.fillUniform(point, 0, point.length);
    for (int i = 0; i < point.length; i++) {
      // two products, not lower + u (upper - lower): the width of a huge box may overflow
      double drawn = (1 - point[i]) * lower[i] + point[i] * upper[i];
      point[i] = Math.min(Math.max(drawn, lower[i]), upper[i]);
    }
    return point;
  }

  @Override
  public double spread() {
    double widest = 0;
    for (int i = 0; i < lower.length; i++) {
      widest = Math.max(widest, upper[i] / 2 - lower[i] / 2);
    }
    return widest / Math.sqrt(3);
  }

  @Override
  public String toString() {
    return "uniform in " + Arrays.toString(lower) + " .. " + Arrays.toString(upper);
  }
}
