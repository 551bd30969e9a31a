package dev.optim.bilevel;

import dev.optim.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/** f_y(x, y) = 0, with second-order products given or by central differences. */
final class Optimality implements ImplicitEquation {

  /** About the cube root of the rounding error: balances truncation and rounding. */
  private static final double STEP = 0x1p-17;

  private final Oracle oracle;
  private final LevelObjective lower;
  private final @Nullable Curvature curvature;
  private final double[] moved;
  private final double[] backY;
  private final double[] backX;

  Optimality(BilevelProblem problem) {
    this(problem, problem.coupling() == null && problem.lowerBlock().isWhole());
  }

  /** The derivatives of f, whatever the constraints. */
  static Optimality ofObjective(BilevelProblem problem) {
    return new Optimality(problem, true);
  }

  private Optimality(BilevelProblem problem, boolean allowed) {
    if (!allowed) {
      throw new IllegalArgumentException(
          "the lower level is constrained: f_y need not vanish; use fixedPoint");
    }
    oracle = new Oracle(problem);
    lower = problem.lower();
    curvature = problem.curvature();
    moved = new double[problem.lowerDimension()];
    backY = new double[problem.lowerDimension()];
    backX = new double[problem.upperDimension()];
  }

  /** f at a point. */
  double value(double[] x, double[] y) {
    return oracle.value(lower, x, y);
  }

  @Override
  public void residual(double[] x, double[] y, double[] out) {
    oracle.gradientY(lower, x, y, Oracle.WHOLE, out);
  }

  @Override
  public void transposedY(double[] x, double[] y, double[] u, double[] out) {
    if (curvature != null) {
      oracle.hessianYY(curvature, x, y, u, out);
      return;
    }
    double h = step(y, u);
    oracle.gradientY(lower, x, move(y, u, -h), Oracle.WHOLE, backY);
    oracle.gradientY(lower, x, move(y, u, h), Oracle.WHOLE, out);
    quotient(out, backY, h);
  }

  @Override
  public void transposedX(double[] x, double[] y, double[] u, double[] out) {
    if (curvature != null) {
      oracle.mixedXY(curvature, x, y, u, out);
      return;
    }
    double h = step(y, u);
    oracle.gradientX(lower, x, move(y, u, -h), Oracle.WHOLE, backX);
    oracle.gradientX(lower, x, move(y, u, h), Oracle.WHOLE, out);
    quotient(out, backX, h);
  }

  private static double step(double[] y, double[] u) {
    double size = Kernels.maxAbs(u, 0, u.length);
    return size == 0 ? STEP : STEP * (1 + Kernels.maxAbs(y, 0, y.length)) / size;
  }

  private double[] move(double[] y, double[] u, double h) {
    for (int i = 0; i < moved.length; i++) {
      moved[i] = y[i] + h * u[i];
    }
    return moved;
  }

  private static void quotient(double[] forward, double[] back, double h) {
    for (int i = 0; i < forward.length; i++) {
      forward[i] = (forward[i] - back[i]) / (2 * h);
    }
  }
}
