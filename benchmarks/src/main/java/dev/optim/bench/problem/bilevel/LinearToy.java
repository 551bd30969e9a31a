package dev.optim.bench.problem.bilevel;

import dev.optim.bilevel.BilevelProblem;
import dev.optim.bilevel.Coupling;
import dev.optim.bilevel.LevelObjective;
import dev.optim.bilevel.LinearCoupling;
import java.util.Arrays;

/**
 * The linearly coupled toy problem of LV-HBA (Yao et al., ICLR 2024), of any size. With x in R^n
 * and y = (u, v) in R^2n:
 *
 * <pre>
 * F = |x - v|^2 / 2 + |u - 1|^2 / 2,   f = |u|^2 / 2 - x.u + 1.v,   1.x + 1.u + 1.v = 0
 * </pre>
 *
 * <p>The lower level is solved by u = x + 1 and any v of the right sum; the problem by x = -0.3, u
 * = 0.7, v = -0.4, where F is n/20.
 */
public final class LinearToy {

  private LinearToy() {}

  /** F. */
  public static final LevelObjective UPPER =
      LevelObjective.of(
          (x, y) -> {
            int n = x.length;
            double sum = 0;
            for (int i = 0; i < n; i++) {
              double d = x[i] - y[n + i];
              double e = y[i] - 1;
              sum += 0.5 * (d * d + e * e);
            }
            return sum;
          },
          (x, y, out) -> {
            int n = x.length;
            for (int i = 0; i < n; i++) {
              out[i] = x[i] - y[n + i];
            }
          },
          (x, y, out) -> {
            int n = x.length;
            for (int i = 0; i < n; i++) {
              out[i] = y[i] - 1;
            }
            for (int i = 0; i < n; i++) {
              out[n + i] = y[n + i] - x[i];
            }
          });

  /** f. */
  public static final LevelObjective LOWER =
      LevelObjective.of(
          (x, y) -> {
            int n = x.length;
            double sum = 0;
            for (int i = 0; i < n; i++) {
              sum += 0.5 * y[i] * y[i] - x[i] * y[i] + y[n + i];
            }
            return sum;
          },
          (x, y, out) -> {
            for (int i = 0; i < out.length; i++) {
              out[i] = -y[i];
            }
          },
          (x, y, out) -> {
            int n = x.length;
            for (int i = 0; i < n; i++) {
              out[i] = y[i] - x[i];
            }
            Arrays.fill(out, n, 2 * n, 1);
          });

  /**
   * The equality.
   *
   * @param n the length of x
   * @return one row
   */
  public static Coupling coupling(int n) {
    return LinearCoupling.equal(
        new double[][] {ones(n)}, new double[][] {ones(2 * n)}, new double[1]);
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  /**
   * The problem.
   *
   * @param n the length of x, at least 1
   * @return x has n numbers, y twice as many
   */
  public static BilevelProblem of(int n) {
    return BilevelProblem.of(n, 2 * n).upper(UPPER).lower(LOWER).coupling(coupling(n)).build();
  }
}
