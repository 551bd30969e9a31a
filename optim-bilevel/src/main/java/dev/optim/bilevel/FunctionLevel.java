package dev.optim.bilevel;

import static java.util.Objects.requireNonNull;

/** A level made of three functions. */
record FunctionLevel(Value function, Partial partialX, Partial partialY) implements LevelObjective {

  FunctionLevel {
    requireNonNull(function, "value");
    requireNonNull(partialX, "gradientX");
    requireNonNull(partialY, "gradientY");
  }

  @Override
  public double value(double[] x, double[] y) {
    return function.at(x, y);
  }

  @Override
  public void gradientX(double[] x, double[] y, double[] out) {
    partialX.at(x, y, out);
  }

  @Override
  public void gradientY(double[] x, double[] y, double[] out) {
    partialY.at(x, y, out);
  }
}
