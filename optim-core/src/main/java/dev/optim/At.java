package dev.optim;

import dev.optim.random.RandomStream;
import java.util.Arrays;

/** Always the same point. */
final class At implements Start {

  private final double[] point;

  At(double[] point) {
    this.point = point.clone();
    Checks.atLeastOne("point.length", point.length);
    Checks.finite("point", this.point);
  }

  @Override
  public int dimension() {
    return point.length;
  }

  @Override
  public double[] sample(RandomStream random) {
    return point.clone();
  }

  @Override
  public double spread() {
    return 0;
  }

  @Override
  public String toString() {
    return "at " + Arrays.toString(point);
  }
}
