package dev.optim.bilevel;

/** Problems of the papers that several tests solve. */
final class ToyProblems {

  private ToyProblems() {}

  /**
   * LLC: a lower level with one equality that is not strongly convex. x in R^n, y = (y1, y2) in
   * R^2n; solved by x = -0.3, y1 = 0.7, y2 = -0.4.
   */
  static BilevelProblem llc(int n) {
    double[][] a = {GoldenMath.filled(n, 1)};
    double[][] b = {GoldenMath.filled(2 * n, 1)};
    return BilevelProblem.of(n, 2 * n)
        .upper(
            LevelObjective.of(
                (x, y) -> {
                  double sum = 0;
                  for (int i = 0; i < n; i++) {
                    double d = x[i] - y[n + i];
                    double e = y[i] - 1;
                    sum += 0.5 * (d * d + e * e);
                  }
                  return sum;
                },
                (x, y, out) -> {
                  for (int i = 0; i < n; i++) {
                    out[i] = x[i] - y[n + i];
                  }
                },
                (x, y, out) -> {
                  for (int i = 0; i < n; i++) {
                    out[i] = y[i] - 1;
                    out[n + i] = y[n + i] - x[i];
                  }
                }))
        .lower(
            LevelObjective.of(
                (x, y) -> {
                  double sum = 0;
                  for (int i = 0; i < n; i++) {
                    sum += 0.5 * y[i] * y[i] - x[i] * y[i] + y[n + i];
                  }
                  return sum;
                },
                (x, y, out) -> {
                  for (int i = 0; i < n; i++) {
                    out[i] = -y[i];
                  }
                },
                (x, y, out) -> {
                  for (int i = 0; i < n; i++) {
                    out[i] = y[i] - x[i];
                    out[n + i] = 1;
                  }
                }))
        .coupling(LinearCoupling.equal(a, b, new double[1]))
        .build();
  }

  /** The start of LLC in the authors' code: the whole state (x, y, theta, lambda, z). */
  static double[] llcStart(int n, double start, double lambda, double z) {
    double x = start - (start + 2 * start);
    double y = start - (2 * start + x) / 2;
    double theta = 1 - (2 + x) / 2;
    return GoldenMath.join(
        GoldenMath.filled(n, x),
        GoldenMath.filled(2 * n, y),
        GoldenMath.filled(2 * n, theta),
        new double[] {lambda},
        new double[] {z});
  }

  /** x^2 + y^2 over y = 1 - x, without constraints: solved by (1/2, 1/2). */
  static BilevelProblem.Builder line() {
    LevelObjective.Partial residual = (x, y, out) -> out[0] = 2 * (x[0] + y[0] - 1);
    return BilevelProblem.of(1, 1)
        .upper(
            LevelObjective.of(
                (x, y) -> x[0] * x[0] + y[0] * y[0],
                (x, y, out) -> out[0] = 2 * x[0],
                (x, y, out) -> out[0] = 2 * y[0]))
        .lower(
            LevelObjective.of((x, y) -> (x[0] + y[0] - 1) * (x[0] + y[0] - 1), residual, residual));
  }
}
