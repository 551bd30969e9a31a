package dev.optim.bilevel;

import dev.optim.DifferentiableObjective;
import dev.optim.EvaluationException;
import dev.optim.GradientCheck;
import dev.optim.kernel.Kernels;

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

  /** The products with one vector that has a part in every direction. */
  static void check(
      Curvature curvature, LevelObjective lower, double[] x, double[] y, double tolerance) {
    double[] v = StepRule.begin(y.length);
    double h = 0x1p-17 * (1 + Kernels.maxAbs(y, 0, y.length));
    double[] ahead = y.clone();
    double[] behind = y.clone();
    Kernels.axpy(h, v, ahead, 0, y.length);
    Kernels.axpy(-h, v, behind, 0, y.length);
    double[] product = new double[y.length];
    double[] forward = new double[y.length];
    double[] back = new double[y.length];
    curvature.hessianYY(x.clone(), y.clone(), v.clone(), product);
    lower.gradientY(x.clone(), ahead.clone(), forward);
    lower.gradientY(x.clone(), behind.clone(), back);
    compare("curvature.hessianYY", product, forward, back, h, tolerance);
    product = new double[x.length];
    forward = new double[x.length];
    back = new double[x.length];
    curvature.mixedXY(x.clone(), y.clone(), v.clone(), product);
    lower.gradientX(x.clone(), ahead.clone(), forward);
    lower.gradientX(x.clone(), behind.clone(), back);
    compare("curvature.mixedXY", product, forward, back, h, tolerance);
  }

  private static void compare(
      String name, double[] product, double[] forward, double[] back, double h, double tolerance) {
    for (int i = 0; i < product.length; i++) {
      double quotient = (forward[i] - back[i]) / (2 * h);
      double size = Math.max(1, Math.max(Math.abs(quotient), Math.abs(product[i])));
      if (!(Math.abs(product[i] - quotient) <= tolerance * size)) {
        throw new IllegalArgumentException(
            "%s: coordinate %d is %s, differences of gradients give %s"
                .formatted(name, i, product[i], quotient));
      }
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
    } catch (IllegalArgumentException | EvaluationException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }
}
