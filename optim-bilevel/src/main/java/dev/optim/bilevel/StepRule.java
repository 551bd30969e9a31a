package dev.optim.bilevel;

import static java.util.Objects.requireNonNull;

import dev.optim.kernel.Kernels;

/**
 * The largest step size of (theta, lambda) that does not spiral outwards. On the block [[1/gamma1,
 * s], [-s, 1/gamma2]] with s = |g_y| the step must stay below (1/gamma1 + 1/gamma2) / (s^2 +
 * 1/(gamma1 gamma2)); descent on f needs a step below 2/(L + 1/gamma1), L being the Lipschitz
 * constant of f_y. Both norms come from power iterations on differences, at the start; they hold
 * there, and everywhere for quadratic f and linear g.
 */
final class StepRule {

  private static final int POWER_ITERATIONS = 12;

  private final Oracle oracle;
  private final double[] x;
  private final double[] y;
  private final double limit;
  private final double automatic;

  /** The rule for l coupled rows; for 0 of them that of plain descent on theta. */
  StepRule(Oracle oracle, double[] x, double[] y, int l, double gamma1, double gamma2) {
    this.oracle = oracle;
    this.x = x;
    this.y = y;
    double u1 = 1 / gamma1;
    double u2 = 1 / gamma2;
    double s = l == 0 ? 0 : couplingNorm(l);
    double spiral = s == 0 ? 2 / u1 : (u1 + u2) / (s * s + u1 * u2);
    double curvature = curvature();
    limit = Math.min(spiral, 2 / (curvature + u1));
    // where the start gives no finite numbers the run ends with a typed outcome anyway
    automatic = 0.5 * Math.min(Double.isFinite(spiral) ? spiral : 1, 1 / (finite(curvature) + u1));
  }

  private static double finite(double number) {
    return Double.isFinite(number) ? number : 0;
  }

  double limit() {
    return limit;
  }

  /** Half of the limit of the saddle, or of 1/(L + 1/gamma1) where that is less. */
  double automatic() {
    return automatic;
  }

  /** |g_y|: products with g_y by differences of g, exact for linear g. */
  private double couplingNorm(int l) {
    Coupling coupling = requireNonNull(oracle.problem().coupling());
    double[] v = begin(y.length);
    double[] at = new double[l];
    double[] moved = new double[l];
    double[] point = new double[y.length];
    oracle.coupling(coupling, x, y, at);
    double norm = 0;
    for (int k = 0; k < POWER_ITERATIONS; k++) {
      double h = step(v);
      for (int i = 0; i < point.length; i++) {
        point[i] = y[i] + h * v[i];
      }
      oracle.coupling(coupling, x, point, moved);
      for (int i = 0; i < l; i++) {
        moved[i] = (moved[i] - at[i]) / h;
      }
      oracle.transposedY(coupling, x, y, moved, v);
      double length = Kernels.norm(v, 0, v.length);
      norm = Math.sqrt(length);
      if (!(length > 0) || !Double.isFinite(length)) {
        return norm;
      }
      Kernels.scale(1 / length, v, 0, v.length);
    }
    return norm;
  }

  /** The Lipschitz constant of f_y around the start. */
  private double curvature() {
    LevelObjective lower = oracle.problem().lower();
    double[] v = begin(y.length);
    double[] at = new double[y.length];
    double[] point = new double[y.length];
    oracle.gradientY(lower, x, y, Oracle.WHOLE, at);
    double norm = 0;
    for (int k = 0; k < POWER_ITERATIONS; k++) {
      double h = step(v);
      for (int i = 0; i < point.length; i++) {
        point[i] = y[i] + h * v[i];
      }
      oracle.gradientY(lower, x, point, Oracle.WHOLE, v);
      for (int i = 0; i < v.length; i++) {
        v[i] = (v[i] - at[i]) / h;
      }
      norm = Kernels.norm(v, 0, v.length);
      if (!(norm > 0) || !Double.isFinite(norm)) {
        return norm;
      }
      Kernels.scale(1 / norm, v, 0, v.length);
    }
    return norm;
  }

  private double step(double[] v) {
    return 0x1p-20 * (1 + Kernels.maxAbs(y, 0, y.length)) / Kernels.maxAbs(v, 0, v.length);
  }

  /** A unit vector with a part in every direction that problems are likely to have. */
  static double[] begin(int length) {
    double[] v = new double[length];
    for (int i = 0; i < length; i++) {
      v[i] = 1 + 0.5 * ((i * 7919L) % 13) / 13;
    }
    Kernels.scale(1 / Kernels.norm(v, 0, length), v, 0, length);
    return v;
  }
}
