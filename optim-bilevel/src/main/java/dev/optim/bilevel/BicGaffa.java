package dev.optim.bilevel;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.random.RandomStream;

/**
 * BiC-GAFFA: a single loop without second derivatives, and without a projection onto the coupling
 * constraints, by way of a doubly regularised gap function. With L(x,y,lambda) = f(x,y) +
 * lambda.g(x,y) and
 *
 * <pre>
 * G(x,y,z) = max_{theta in Y, lambda in Z}
 *            L(x,y,lambda) - L(x,theta,z) - |theta-y|^2/(2 gamma1) - |lambda-z|^2/(2 gamma2)
 * </pre>
 *
 * the problem is: minimise F over x in X, y in Y and z in Z subject to G(x,y,z) &lt;= 0. Iteration
 * k = 0, 1, ... with c_k = c (k+1)^p:
 *
 * <pre>
 * theta  = P_Y(theta - eta (f_y(x,theta) + g_y(x,theta)' z + (theta-y)/gamma1))
 * lambda = P_Z(z + gamma2 g(x,y))
 * x = P_X(x - alpha (F_x/c_k + f_x(x,y) + g_x(x,y)' lambda - f_x(x,theta) - g_x(x,theta)' z))
 * y = P_Y(y - alpha (F_y/c_k + f_y(x,y) + g_y(x,y)' lambda - (y-theta)/gamma1))
 * z = P_Z(z - alpha ((lambda-z)/gamma2 - g(x,theta)))          x, y, z all from old values
 * </pre>
 *
 * with [0, r] in Z for the multiplier of an inequality and [-r, r] for that of an equality.
 *
 * <p>Against {@link LvHba}: no joint projection, which dominates the cost where there are many
 * coupled rows; the constraints need be convex in y only, and hold in the limit only: {@link
 * BilevelMetrics#INFEASIBILITY} says how far they are from it.
 *
 * <p>Cost of an iteration: six partial gradients, two values of g, four transposed products, the
 * projections onto X and Y; memory 3(n + 2m + 2l). The point of the iterate is (x, y); it reports
 * no value. The start is x (then y = 0) or (x, y), projected onto X and Y, with theta = y and
 * lambda = z = 0; or the whole state (x, y, theta, lambda, z). Eta must be below 2/(L + 1/gamma1),
 * L being the Lipschitz constant of f_y + g_y' z: {@link #AUTOMATIC} and the warning are as for
 * {@link LvHba}, with f_y at the start alone. A run whose variables grow to 1e12 times the start
 * ends with {@link dev.optim.StopReason#DIVERGED}. The error is not monotone.
 *
 * <p>Assumes f and g convex in y, g affine in y for equalities. Reference: W. Yao, H. Yin, S. Zeng,
 * J. Zhang, Overcoming Lower-Level Constraints in Bilevel Optimization: A Novel Approach with
 * Regularized Gap Functions, ICLR 2025. The letters are those of LV-HBA.
 *
 * @param alpha the step size of (x, y, z), greater than 0
 * @param eta the step size of theta, greater than 0, or {@link #AUTOMATIC}
 * @param gamma1 the proximal parameter of theta, greater than 0
 * @param gamma2 the proximal parameter of lambda, greater than 0
 * @param penalty c of the penalty c (k+1)^p, greater than 0
 * @param penaltyExponent p, in [0, 1/2); 0 keeps the penalty fixed, and the limit an O(1/c) from
 *     the solution
 * @param multiplierBound r, greater than 0; infinity for none
 */
public record BicGaffa(
    double alpha,
    double eta,
    double gamma1,
    double gamma2,
    double penalty,
    double penaltyExponent,
    double multiplierBound)
    implements Optimizer<BilevelProblem> {

  /** As {@code eta}: the step size is chosen at the start. */
  public static final double AUTOMATIC = 0;

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is not in its range
   */
  public BicGaffa {
    Checks.positive("alpha", alpha);
    Checks.nonNegative("eta", eta);
    Checks.positive("gamma1", gamma1);
    Checks.positive("gamma2", gamma2);
    Checks.positive("penalty", penalty);
    Checks.require(
        penaltyExponent >= 0 && penaltyExponent < 0.5,
        "penaltyExponent",
        penaltyExponent,
        "in [0, 1/2)");
    Checks.require(multiplierBound > 0, "multiplierBound", multiplierBound, "greater than 0");
  }

  /**
   * alpha = 0.02, eta automatic, gamma1 = gamma2 = 1, c_k = (k+1)^0.45, r = 1000: for problems
   * whose derivatives are of the size of 1. Divide alpha by the size of the second derivatives of F
   * and f, and by gamma2 |g_y|^2.
   *
   * @return the preset
   */
  public static BicGaffa defaults() {
    return new BicGaffa(0.02, AUTOMATIC, 1, 1, 1, 0.45, 1000);
  }

  /**
   * Changes the step sizes.
   *
   * @param alpha the step size of (x, y, z)
   * @param eta the step size of theta, or {@link #AUTOMATIC}
   * @return a new record
   */
  public BicGaffa withSteps(double alpha, double eta) {
    return new BicGaffa(alpha, eta, gamma1, gamma2, penalty, penaltyExponent, multiplierBound);
  }

  /**
   * Changes the proximal parameters.
   *
   * @param gamma1 that of theta
   * @param gamma2 that of lambda
   * @return a new record
   */
  public BicGaffa withProximal(double gamma1, double gamma2) {
    return new BicGaffa(alpha, eta, gamma1, gamma2, penalty, penaltyExponent, multiplierBound);
  }

  /**
   * Changes the penalty c (k+1)^p.
   *
   * @param penalty c
   * @param penaltyExponent p
   * @return a new record
   */
  public BicGaffa withPenalty(double penalty, double penaltyExponent) {
    return new BicGaffa(alpha, eta, gamma1, gamma2, penalty, penaltyExponent, multiplierBound);
  }

  /**
   * Changes the bound of the multipliers.
   *
   * @param multiplierBound r
   * @return a new record
   */
  public BicGaffa withMultiplierBound(double multiplierBound) {
    return new BicGaffa(alpha, eta, gamma1, gamma2, penalty, penaltyExponent, multiplierBound);
  }

  /**
   * Begins a run.
   *
   * @param problem the problem
   * @param start where to begin: x, (x, y), or the whole state (x, y, theta, lambda, z)
   * @param random every random choice of the run, the start included, is drawn from this stream
   * @return the run, at iteration 0
   * @throws IllegalArgumentException if the start has neither n nor n + m nor n + 2m + 2l
   *     coordinates, or the problem has upper constraints
   */
  @Override
  public Run start(BilevelProblem problem, Start start, RandomStream random) {
    requireNonNull(problem, "problem");
    return new BicGaffaRun(this, problem, start.sample(Optimizer.startStream(random)));
  }
}
