package dev.optim;

/**
 * A comparison of a gradient with central differences of its objective at one point.
 *
 * <p>The error of coordinate i is |g_i - d_i| / max(1, |g_i|, |d_i|): relative for large
 * derivatives, absolute for small ones. A correct gradient of a smooth function shows about 1e-9;
 * more than 1e-4 means a mistake, or a kink at the point.
 *
 * @param coordinate the worst coordinate
 * @param analytic the objective's own derivative there
 * @param numeric the central difference there
 * @param error the error there; NaN if one of the two is not finite
 */
public record GradientCheck(int coordinate, double analytic, double numeric, double error) {

  /**
   * Compares every coordinate. Cost: one gradient and 2n values.
   *
   * @param objective the objective
   * @param x the point, at least one coordinate, all finite; not changed
   * @return the worst coordinate; one that is not finite is worse than any other
   * @throws IllegalArgumentException if the point is empty or not finite
   */
  public static GradientCheck at(DifferentiableObjective objective, double[] x) {
    Checks.atLeastOne("x.length", x.length);
    Checks.finite("x", x);
    DifferentiableObjective guarded = new Evaluations().counting(objective);
    double[] analytic = new double[x.length];
    double[] numeric = new double[x.length];
    guarded.valueAndGradient(x, analytic);
    FiniteDifferences.central(guarded).gradient(x, numeric);
    int worst = 0;
    double worstError = -1;
    for (int i = 0; i < x.length; i++) {
      double scale = Math.max(1, Math.max(Math.abs(analytic[i]), Math.abs(numeric[i])));
      double error = Math.abs(analytic[i] - numeric[i]) / scale;
      if (!(error <= worstError)) {
        worst = i;
        worstError = error;
        if (!Double.isFinite(error)) {
          break;
        }
      }
    }
    return new GradientCheck(worst, analytic[worst], numeric[worst], worstError);
  }

  /**
   * Whether the gradient agrees.
   *
   * @param tolerance the largest error allowed
   * @return whether the worst error is finite and within the tolerance
   */
  public boolean passes(double tolerance) {
    return error <= tolerance;
  }

  /**
   * This check, if it passes.
   *
   * @param tolerance the largest error allowed
   * @return this
   * @throws IllegalArgumentException naming the worst coordinate and both derivatives
   */
  public GradientCheck orThrow(double tolerance) {
    if (!passes(tolerance)) {
      throw new IllegalArgumentException(
          "the gradient is wrong: coordinate "
              + coordinate
              + " is "
              + analytic
              + ", central differences give "
              + numeric
              + " (error "
              + error
              + ", allowed "
              + tolerance
              + ")");
    }
    return this;
  }
}
