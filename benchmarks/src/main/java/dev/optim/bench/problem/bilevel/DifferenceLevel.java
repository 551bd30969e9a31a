package dev.optim.bench.problem.bilevel;

import dev.optim.bilevel.LevelObjective;
import java.util.Objects;

/**
 * A level whose gradients are central differences: the suite's formulas are then written once.
 *
 * @param function the level
 * @param asked told of every gradient
 */
record DifferenceLevel(Value function, Runnable asked) implements LevelObjective {

  private static final double STEP = 0x1p-17;

  DifferenceLevel {
    Objects.requireNonNull(function, "function");
    Objects.requireNonNull(asked, "asked");
  }

  @Override
  public double value(double[] x, double[] y) {
    return function.at(x, y);
  }

  @Override
  public void gradientX(double[] x, double[] y, double[] out) {
    difference(x, y, x, out);
  }

  @Override
  public void gradientY(double[] x, double[] y, double[] out) {
    difference(x, y, y, out);
  }

  private void difference(double[] x, double[] y, double[] block, double[] out) {
    asked.run();
    for (int i = 0; i < block.length; i++) {
      double at = block[i];
      double h = STEP * Math.max(1, Math.abs(at));
      block[i] = at + h;
      double ahead = function.at(x, y);
      block[i] = at - h;
      out[i] = (ahead - function.at(x, y)) / (2 * h);
      block[i] = at;
    }
  }
}
