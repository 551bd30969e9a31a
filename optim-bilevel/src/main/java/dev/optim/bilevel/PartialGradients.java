package dev.optim.bilevel;

import dev.optim.DifferentiableObjective;
import dev.optim.GradientCheck;

/** Partial gradients against central differences, one function and one block at a time. */
final class PartialGradients {

  private PartialGradients() {}

  static void check(String name, LevelObjective level, double[] x, double[] y, double tolerance) {
    check(
        name + ".gradientX",
        DifferentiableObjective.of(
            p -> level.value(p, y.clone()), (p, out) -> level.gradientX(p, y.clone(), out)),
        x,
        tolerance);
    check(
        name + ".gradientY",
        DifferentiableObjective.of(
            p -> level.value(x.clone(), p), (p, out) -> level.gradientY(x.clone(), p, out)),
        y,
        tolerance);
  }

  static void check(Coupling coupling, double[] x, double[] y, double tolerance) {
    for (int row = 0; row < coupling.rows(); row++) {
      double[] unit = new double[coupling.rows()];
      unit[row] = 1;
      int i = row;
      check(
          "coupling.transposedX of row " + row,
          DifferentiableObjective.of(
              p -> value(coupling, p, y, i),
              (p, out) -> coupling.transposedX(p, y.clone(), unit.clone(), out)),
          x,
          tolerance);
      check(
          "coupling.transposedY of row " + row,
          DifferentiableObjective.of(
              p -> value(coupling, x, p, i),
              (p, out) -> coupling.transposedY(x.clone(), p, unit.clone(), out)),
          y,
          tolerance);
    }
  }

  private static double value(Coupling coupling, double[] x, double[] y, int row) {
    double[] out = new double[coupling.rows()];
    coupling.value(x.clone(), y.clone(), out);
    return out[row];
  }

  private static void check(
      String name, DifferentiableObjective function, double[] point, double tolerance) {
    try {
      GradientCheck.at(function, point).orThrow(tolerance);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }
}
