package dev.optim.bilevel;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.random.RandomStream;

/**
 * LV-HBA: a single loop without second derivatives for bilevel problems whose lower level has
 * coupling constraints, by way of a proximal Lagrangian value function. With
 *
 * <pre>
 * v(x,y,z) = min_{theta in Y} max_{lambda in Z}
 *            f(x,theta) + lambda.g(x,theta) + |theta-y|^2/(2 gamma1) - |lambda-z|^2/(2 gamma2)
 * </pre>
 *
 * the problem is: minimise F over (x,y) in C = {X x Y : g &lt;= 0} and z in Z subject to f(x,y) -
 * v(x,y,z) &lt;= 0. Iteration k = 0, 1, ... with c_k = c (k+1)^p:
 *
 * <pre>
 * theta  = P_Y(theta - eta (f_y(x,theta) + g_y(x,theta)' lambda + (theta-y)/gamma1))     both from
 * lambda = P_Z(lambda + eta (g(x,theta) - (lambda-z)/gamma2))                            old values
 * (x,y)  = P_C(x - alpha (F_x/c_k + f_x(x,y) - f_x(x,theta) - g_x(x,theta)' lambda),
 *              y - alpha (F_y/c_k + f_y(x,y) - (y-theta)/gamma1))
 * z      = P_Z(z + beta (lambda-z)/gamma2)
 * </pre>
 *
 * with [0, r] in Z for the multiplier of an inequality and [-r, r] for that of an equality.
 *
 * <p>Cost of an iteration: six partial gradients, one g, two transposed products, one projection
 * onto C; memory 3(n + 2m + 2l) beside the projection. The point of the iterate is (x, y). It
 * reports no value, since F(x, y) lies below the optimum while the lower level is not solved; see
 * {@link BilevelMetrics} for what it reports. The start is x (then y = 0) or (x, y), projected onto
 * C (a warning of the result says where that moves it), with theta = y and lambda = z = 0; or the
 * whole state (x, y, theta, lambda, z).
 *
 * <p>The steps: (theta, lambda) spiral outwards unless {@code eta < (1/gamma1 + 1/gamma2) /
 * (|g_y|^2 + 1/(gamma1 gamma2))}. With {@link #AUTOMATIC} the run takes half of that limit and of
 * 1/(L + 1/gamma1), where |g_y| and the Lipschitz constant L of f_y are estimated at the start;
 * otherwise {@link dev.optim.Result#warnings} has the limit where eta exceeds it. A small gamma2
 * makes room where |g_y| is large. A run whose variables grow to 1e12 times the start ends with
 * {@link dev.optim.StopReason#DIVERGED}. The error is not monotone.
 *
 * <p>Assumes f convex in y, g convex in (x, y) and affine for equalities. Reference: W. Yao, C. Yu,
 * S. Zeng, J. Zhang, Constrained Bi-Level Optimization: Proximal Lagrangian Value Function Approach
 * and Hessian-free Algorithm, ICLR 2024.
 *
 * @param alpha the step size of (x, y), greater than 0
 * @param beta the step size of z, greater than 0
 * @param eta the step size of (theta, lambda), greater than 0, or {@link #AUTOMATIC}
 * @param gamma1 the proximal parameter of theta, greater than 0
 * @param gamma2 the proximal parameter of lambda, greater than 0
 * @param penalty c of the penalty c (k+1)^p, greater than 0
 * @param penaltyExponent p, in [0, 1/2); 0 keeps the penalty fixed, and the limit an O(1/c) from
 *     the solution
 * @param multiplierBound r, greater than 0; infinity for none
 * @param feasibleTheta whether theta is projected onto {theta in Y : g(x, theta) &lt;= 0} instead
 *     of Y; see {@link #withFeasibleTheta}
 */
public record LvHba(
    double alpha,
    double beta,
    double eta,
    double gamma1,
    double gamma2,
    double penalty,
    double penaltyExponent,
    double multiplierBound,
    boolean feasibleTheta)
    implements Optimizer<BilevelProblem> {

  /** As {@code eta}: the step size is chosen at the start by the rule above. */
  public static final double AUTOMATIC = 0;

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is not in its range
   */
  public LvHba {
    Checks.positive("alpha", alpha);
    Checks.positive("beta", beta);
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
   * alpha = beta = 0.05, eta automatic, gamma1 = gamma2 = 1, c_k = (k+1)^0.45, r = 1000: for
   * problems whose derivatives are of the size of 1. Divide alpha by the size of the second
   * derivatives of F and f.
   *
   * @return the preset
   */
  public static LvHba defaults() {
    return new LvHba(0.05, 0.05, AUTOMATIC, 1, 1, 1, 0.45, 1000, false);
  }

  /**
   * Changes the step sizes.
   *
   * @param alpha the step size of (x, y)
   * @param beta the step size of z
   * @param eta the step size of (theta, lambda), or {@link #AUTOMATIC}
   * @return a new record
   */
  public LvHba withSteps(double alpha, double beta, double eta) {
    return new LvHba(
        alpha, beta, eta, gamma1, gamma2, penalty, penaltyExponent, multiplierBound, feasibleTheta);
  }

  /**
   * Changes the proximal parameters.
   *
   * @param gamma1 that of theta
   * @param gamma2 that of lambda
   * @return a new record
   */
  public LvHba withProximal(double gamma1, double gamma2) {
    return new LvHba(
        alpha, beta, eta, gamma1, gamma2, penalty, penaltyExponent, multiplierBound, feasibleTheta);
  }

  /**
   * Changes the penalty c (k+1)^p.
   *
   * @param penalty c
   * @param penaltyExponent p
   * @return a new record
   */
  public LvHba withPenalty(double penalty, double penaltyExponent) {
    return new LvHba(
        alpha, beta, eta, gamma1, gamma2, penalty, penaltyExponent, multiplierBound, feasibleTheta);
  }

  /**
   * Changes the bound of the multipliers.
   *
   * @param multiplierBound r
   * @return a new record
   */
  public LvHba withMultiplierBound(double multiplierBound) {
    return new LvHba(
        alpha, beta, eta, gamma1, gamma2, penalty, penaltyExponent, multiplierBound, feasibleTheta);
  }

  /**
   * Projects theta onto the lower level's feasible set at x, as the authors' code does for their
   * second toy problem; the paper projects onto Y. Both have the same limit. The problem must have
   * an {@link BilevelProblem.Builder#innerProjection}.
   *
   * @return a new record
   */
  public LvHba withFeasibleTheta() {
    return new LvHba(
        alpha, beta, eta, gamma1, gamma2, penalty, penaltyExponent, multiplierBound, true);
  }

  /**
   * Begins a run.
   *
   * @param problem the problem
   * @param start where to begin: x, (x, y), or the whole state (x, y, theta, lambda, z)
   * @param random every random choice of the run, the start included, is drawn from this stream
   * @return the run, at iteration 0
   * @throws IllegalArgumentException if the start has neither n nor n + m nor n + 2m + 2l
   *     coordinates, the constraints leave no point, or there is no projection onto C
   */
  @Override
  public Run start(BilevelProblem problem, Start start, RandomStream random) {
    requireNonNull(problem, "problem");
    return new LvHbaRun(this, problem, start.sample(Optimizer.startStream(random)));
  }
}
