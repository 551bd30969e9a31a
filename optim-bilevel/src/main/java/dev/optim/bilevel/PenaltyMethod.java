package dev.optim.bilevel;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.random.RandomStream;
import dev.optim.schedule.Schedule;

/**
 * The first-order penalty method for bilevel problems without coupling constraints: no second
 * derivatives, and under the proximal error bound no strong convexity of the lower level. It
 * descends on
 *
 * <pre>
 * psi_s(x) = (min_y (s F(x,y) + f(x,y)) - min_z f(x,z)) / s
 * grad psi_s(x) = F_x(x,y) + (f_x(x,y) - f_x(x,z)) / s
 * </pre>
 *
 * which tends to the bilevel objective as s = sigma tends to 0. Iteration k with s = sigma_k:
 *
 * <pre>
 * innerSteps times:  z = P_Y(z - gamma (f_y(x,z) + (z - w_z)/rho))
 *                    y = P_Y(y - gamma (s F_y(x,y) + f_y(x,y) + (y - w_y)/rho))
 * w_z = (1-b) w_z + b z,  w_y = (1-b) w_y + b y
 * x = P_X(x - alpha (F_x(x,y) + (f_x(x,y) - f_x(x,z))/s))
 * </pre>
 *
 * The Moreau centres w make the inner problems strongly convex where f is only weakly convex;
 * without them rho is infinite. With momentum eta &lt; 1 (single loop only) each gradient G is
 * replaced by the recursive estimate {@code d_k = G(now; xi_k) + (1-eta)(d_{k-1} - G(before;
 * xi_k))}, the same sample xi_k at both points.
 *
 * <p>Cost of an iteration: 3 innerSteps + 3 partial gradients, twice that with momentum; memory n +
 * 2m, with centres 2m more, with momentum 3n + 5m more. The point of the iterate is (x, y); the
 * start is x alone (then y = z = P_Y(0)) or (x, y) (then z = y). It reports no value, as {@link
 * LvHba} does not. alpha must be small against sigma times gamma; with sigma too large for its
 * iterations it stops at the bias, with sigma too small the errors of y and z, magnified by
 * 1/sigma, drown the gradient.
 *
 * <p>Reference: J. Kwon, D. Kwon, S. Wright, R. Nowak, On Penalty Methods for Nonconvex Bilevel
 * Optimization and First-Order Stochastic Approximation, ICLR 2024; F2SA and F3SA: J. Kwon, D.
 * Kwon, S. Wright, R. Nowak, A Fully First-Order Method for Stochastic Bilevel Optimization, ICML
 * 2023.
 *
 * @param alpha the step size of x, greater than 0
 * @param gamma the step size of y and z, greater than 0, at most 1/L of f_y
 * @param innerSteps the steps of y and z in an iteration, at least 1
 * @param sigma the penalty parameter as a function of the iteration, see {@link Sigma}
 * @param moreauRadius rho, greater than 0; infinity for no centres
 * @param moreauStep b, in (0, 1]; without effect for an infinite rho
 * @param momentum eta, in (0, 1]; 1 for none; below 1 only with one inner step
 * @param upperBatch the terms of F in a mini-batch; 0 for all
 * @param lowerBatch the terms of f in a mini-batch; 0 for all
 */
public record PenaltyMethod(
    double alpha,
    double gamma,
    int innerSteps,
    Schedule sigma,
    double moreauRadius,
    double moreauStep,
    double momentum,
    int upperBatch,
    int lowerBatch)
    implements Optimizer<BilevelProblem> {

  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one is not in its range
   */
  public PenaltyMethod {
    Checks.positive("alpha", alpha);
    Checks.positive("gamma", gamma);
    Checks.atLeastOne("innerSteps", innerSteps);
    requireNonNull(sigma, "sigma");
    Checks.require(moreauRadius > 0, "moreauRadius", moreauRadius, "greater than 0");
    Checks.require(moreauStep > 0 && moreauStep <= 1, "moreauStep", moreauStep, "in (0, 1]");
    Checks.require(
        momentum == 1 || (momentum > 0 && momentum < 1 && innerSteps == 1),
        "momentum",
        momentum,
        "in (0, 1], and 1 with more than one inner step");
    Checks.require(upperBatch >= 0, "upperBatch", upperBatch, "at least 0");
    Checks.require(lowerBatch >= 0, "lowerBatch", lowerBatch, "at least 0");
  }

  /**
   * Ten inner steps, no centres, no momentum, whole gradients.
   *
   * @param alpha the step size of x
   * @param gamma the step size of y and z
   * @param sigma the penalty parameter
   * @return the method
   */
  public static PenaltyMethod doubleLoop(double alpha, double gamma, Schedule sigma) {
    return new PenaltyMethod(alpha, gamma, 10, sigma, Double.POSITIVE_INFINITY, 1, 1, 0, 0);
  }

  /**
   * One inner step, no centres, whole gradients.
   *
   * @param alpha the step size of x, smaller than for the double loop
   * @param gamma the step size of y and z
   * @param sigma the penalty parameter
   * @param momentum eta, in (0, 1]
   * @return the method
   */
  public static PenaltyMethod singleLoop(
      double alpha, double gamma, Schedule sigma, double momentum) {
    return new PenaltyMethod(alpha, gamma, 1, sigma, Double.POSITIVE_INFINITY, 1, momentum, 0, 0);
  }

  /**
   * F2SA: the double loop with lambda = 1/sigma growing by delta an iteration. The step size of y
   * in the paper's letters is gamma/lambda.
   *
   * @param alpha the step size of x
   * @param gamma the step size of z
   * @param lambda lambda_0, greater than 0
   * @param delta the increment, at least 0
   * @return the method
   */
  public static PenaltyMethod f2sa(double alpha, double gamma, double lambda, double delta) {
    return doubleLoop(alpha, gamma, Sigma.ofMultiplier(lambda, delta));
  }

  /**
   * F3SA: F2SA with momentum in a single loop.
   *
   * @param alpha the step size of x
   * @param gamma the step size of z
   * @param lambda lambda_0, greater than 0
   * @param delta the increment, at least 0
   * @param momentum eta, in (0, 1]
   * @return the method
   */
  public static PenaltyMethod f3sa(
      double alpha, double gamma, double lambda, double delta, double momentum) {
    return singleLoop(alpha, gamma, Sigma.ofMultiplier(lambda, delta), momentum);
  }

  /**
   * Changes the inner steps.
   *
   * @param steps the steps of y and z in an iteration
   * @return a new record
   */
  public PenaltyMethod withInnerSteps(int steps) {
    return new PenaltyMethod(
        alpha, gamma, steps, sigma, moreauRadius, moreauStep, momentum, upperBatch, lowerBatch);
  }

  /**
   * Adds Moreau centres.
   *
   * @param radius rho
   * @param step b
   * @return a new record
   */
  public PenaltyMethod withCentres(double radius, double step) {
    return new PenaltyMethod(
        alpha, gamma, innerSteps, sigma, radius, step, momentum, upperBatch, lowerBatch);
  }

  /**
   * Takes mini-batches; the levels must be {@link LevelSum}s.
   *
   * @param upper the terms of F in a batch; 0 for all
   * @param lower the terms of f in a batch; 0 for all
   * @return a new record
   */
  public PenaltyMethod withBatches(int upper, int lower) {
    return new PenaltyMethod(
        alpha, gamma, innerSteps, sigma, moreauRadius, moreauStep, momentum, upper, lower);
  }

  /**
   * Begins a run.
   *
   * @param problem the problem
   * @param start where to begin: x, or (x, y)
   * @param random every random choice of the run, the start included, is drawn from this stream
   * @return the run, at iteration 0
   * @throws IllegalArgumentException if the start has neither n nor n + m coordinates, the problem
   *     has coupling constraints, or a batch is asked of a level that is no sum
   */
  @Override
  public Run start(BilevelProblem problem, Start start, RandomStream random) {
    requireNonNull(problem, "problem");
    return new PenaltyRun(
        this,
        problem,
        start.sample(Optimizer.startStream(random)),
        Batches.of("upper", problem.upper(), upperBatch, random.split("upper batches")),
        Batches.of("lower", problem.lower(), lowerBatch, random.split("lower batches")));
  }
}
