package dev.optim.bilevel;

import dev.optim.kernel.Kernels;

/** One run of {@link LvHba}. */
final class LvHbaRun extends SingleLoopRun {

  private final LvHba method;
  private final LowerSaddle saddle;
  private final double[] lowerX;
  private final double[] thetaX;
  private final double[] productX;
  private final double[] lowerY;

  LvHbaRun(LvHba method, BilevelProblem problem, double[] start) {
    this(method, problem, new Oracle(problem), start);
  }

  private LvHbaRun(LvHba method, BilevelProblem problem, Oracle oracle, double[] start) {
    super(
        "LV-HBA run",
        method.toString(),
        method.penalty(),
        method.penaltyExponent(),
        method.multiplierBound(),
        problem,
        oracle,
        problem.jointProjection(oracle));
    this.method = method;
    if (method.feasibleTheta() && problem.innerProjection() == null) {
      throw new IllegalArgumentException(
          "feasibleTheta is true, but the problem has no innerProjection");
    }
    lowerX = new double[n];
    thetaX = new double[n];
    productX = new double[n];
    lowerY = new double[m];
    begin(start);
    StepRule rule = new StepRule(oracle, now.x, now.theta, l, method.gamma1(), method.gamma2());
    double size = method.eta() == LvHba.AUTOMATIC ? rule.automatic() : method.eta();
    step(size, rule.limit(), "(theta, lambda) spirals outwards");
    saddle = new LowerSaddle(method, oracle, multipliers);
  }

  @Override
  void stepInner() {
    saddle.step(now, next, eta());
  }

  @Override
  void stepPoint(double c) {
    evaluateX();
    evaluateY();
    double alpha = method.alpha();
    descendX(alpha / c, alpha, now.x, next.x);
    descendY(alpha / c, alpha, alpha / method.gamma1(), now.y, next.theta, next.y);
    joint.project(next.x, next.y, w);
    double factor = method.beta() / method.gamma2();
    for (int i = 0; i < l; i++) {
      next.z[i] = multipliers.clip(i, now.z[i] + factor * (next.lambda[i] - now.z[i]));
    }
  }

  /** The parts of d_x, from the old (x, y) and the new (theta, lambda). */
  private void evaluateX() {
    oracle.gradientX(problem.upper(), now.x, now.y, Oracle.WHOLE, gradientX);
    oracle.gradientX(problem.lower(), now.x, now.y, Oracle.WHOLE, lowerX);
    oracle.gradientX(problem.lower(), now.x, next.theta, Oracle.WHOLE, thetaX);
    Coupling coupling = problem.coupling();
    if (coupling != null) {
      oracle.transposedX(coupling, now.x, next.theta, next.lambda, productX);
    }
  }

  private void evaluateY() {
    oracle.gradientY(problem.upper(), now.x, now.y, Oracle.WHOLE, gradientY);
    oracle.gradientY(problem.lower(), now.x, now.y, Oracle.WHOLE, lowerY);
  }

  /** Each in a method of its own and in one pass: the compiler makes vectors of it. */
  private void descendX(double weight, double alpha, double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      double inner = lowerX[i] - thetaX[i] - productX[i];
      out[i] = x[i] - weight * gradientX[i] - alpha * inner;
    }
  }

  private void descendY(
      double weight, double alpha, double pull, double[] y, double[] theta, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = y[i] + pull * (y[i] - theta[i]) - weight * gradientY[i] - alpha * lowerY[i];
    }
  }

  /**
   * {@code c_k (|w - w+|/alpha + |z - z+|/beta)} plus the bound on |(theta, lambda) - (theta*,
   * lambda*)| that the strong monotonicity of the saddle problem gives for its last step.
   */
  @Override
  double residual(LvHbaState from, LvHbaState to, double c) {
    double points = from.squaredPointStep(to);
    double multipliers = LvHbaState.squaredDistance(from.z, to.z);
    double inner =
        LvHbaState.squaredDistance(from.theta, to.theta)
            + LvHbaState.squaredDistance(from.lambda, to.lambda);
    return c * (Math.sqrt(points) / method.alpha() + Math.sqrt(multipliers) / method.beta())
        + Math.max(method.gamma1(), method.gamma2()) * Math.sqrt(inner) / eta();
  }

  /** f(x,y) - v(x,y,z), with (theta, lambda) for the solution of the saddle problem. */
  @Override
  double gap() {
    double gap =
        oracle.value(problem.lower(), now.x, now.y)
            - oracle.value(problem.lower(), now.x, now.theta)
            - LvHbaState.squaredDistance(now.theta, now.y) / (2 * method.gamma1());
    Coupling coupling = problem.coupling();
    if (coupling != null) {
      gap +=
          LvHbaState.squaredDistance(now.lambda, now.z) / (2 * method.gamma2())
              - Kernels.dot(now.lambda, couplingAt(coupling, now.theta));
    }
    return gap;
  }
}
