package dev.optim.bilevel;

import dev.optim.kernel.Kernels;

/** One run of {@link BicGaffa}. */
final class BicGaffaRun extends SingleLoopRun {

  private final BicGaffa method;
  private final double[] g;

  BicGaffaRun(BicGaffa method, BilevelProblem problem, double[] start) {
    this(method, problem, new Oracle(problem), start);
  }

  private BicGaffaRun(BicGaffa method, BilevelProblem problem, Oracle oracle, double[] start) {
    super(
        "BiC-GAFFA run",
        method.toString(),
        method.penalty(),
        method.penaltyExponent(),
        method.multiplierBound(),
        problem,
        oracle,
        JointProjections.apart(problem));
    this.method = method;
    if (problem.upperConstraints() != null) {
      throw new IllegalArgumentException(
          "BiC-GAFFA takes no upper constraints on x and y together; LvHba does");
    }
    g = new double[l];
    begin(start);
    StepRule rule = new StepRule(oracle, now.x, now.theta, 0, method.gamma1(), method.gamma2());
    double size = method.eta() == BicGaffa.AUTOMATIC ? rule.automatic() : method.eta();
    step(size, rule.limit(), "theta does not come to rest");
  }

  @Override
  void stepInner() {
    stepTheta();
    stepLambda();
  }

  @Override
  void stepPoint(double c) {
    stepX(c);
    stepY(c);
    joint.project(next.x, next.y, w);
    stepZ();
  }

  private void stepTheta() {
    double eta = eta();
    double pull = eta / method.gamma1();
    double[] theta = next.theta;
    oracle.gradientY(problem.lower(), now.x, now.theta, Oracle.WHOLE, gradientY);
    for (int i = 0; i < m; i++) {
      theta[i] = now.theta[i] - pull * (now.theta[i] - now.y[i]) - eta * gradientY[i];
    }
    Coupling coupling = problem.coupling();
    if (coupling != null) {
      oracle.transposedY(coupling, now.x, now.theta, now.z, gradientY);
      Kernels.axpy(-eta, gradientY, theta, 0, m);
    }
    problem.lowerBlock().project(theta);
  }

  private void stepLambda() {
    Coupling coupling = problem.coupling();
    if (coupling != null) {
      oracle.coupling(coupling, now.x, now.y, g);
      for (int i = 0; i < l; i++) {
        next.lambda[i] = multipliers.clip(i, now.z[i] + method.gamma2() * g[i]);
      }
    }
  }

  private void stepX(double c) {
    double alpha = method.alpha();
    double weight = alpha / c;
    double[] x = now.x;
    oracle.gradientX(problem.upper(), x, now.y, Oracle.WHOLE, gradientX);
    for (int i = 0; i < n; i++) {
      next.x[i] = x[i] - weight * gradientX[i];
    }
    oracle.gradientX(problem.lower(), x, now.y, Oracle.WHOLE, gradientX);
    Kernels.axpy(-alpha, gradientX, next.x, 0, n);
    oracle.gradientX(problem.lower(), x, next.theta, Oracle.WHOLE, gradientX);
    Kernels.axpy(alpha, gradientX, next.x, 0, n);
    Coupling coupling = problem.coupling();
    if (coupling != null) {
      oracle.transposedX(coupling, x, now.y, next.lambda, gradientX);
      Kernels.axpy(-alpha, gradientX, next.x, 0, n);
      oracle.transposedX(coupling, x, next.theta, now.z, gradientX);
      Kernels.axpy(alpha, gradientX, next.x, 0, n);
    }
  }

  private void stepY(double c) {
    double alpha = method.alpha();
    double weight = alpha / c;
    double pull = alpha / method.gamma1();
    double[] y = now.y;
    double[] theta = next.theta;
    oracle.gradientY(problem.upper(), now.x, y, Oracle.WHOLE, gradientY);
    for (int i = 0; i < m; i++) {
      next.y[i] = y[i] + pull * (y[i] - theta[i]) - weight * gradientY[i];
    }
    oracle.gradientY(problem.lower(), now.x, y, Oracle.WHOLE, gradientY);
    Kernels.axpy(-alpha, gradientY, next.y, 0, m);
    Coupling coupling = problem.coupling();
    if (coupling != null) {
      oracle.transposedY(coupling, now.x, y, next.lambda, gradientY);
      Kernels.axpy(-alpha, gradientY, next.y, 0, m);
    }
  }

  private void stepZ() {
    Coupling coupling = problem.coupling();
    if (coupling != null) {
      oracle.coupling(coupling, now.x, next.theta, g);
      for (int i = 0; i < l; i++) {
        double descent = (next.lambda[i] - now.z[i]) / method.gamma2() - g[i];
        next.z[i] = multipliers.clip(i, now.z[i] - method.alpha() * descent);
      }
    }
  }

  /**
   * {@code c_k |(x,y,z) - (x,y,z)+| / alpha} plus the bound on |theta - theta*| that the strong
   * convexity of its problem gives for its last step.
   */
  @Override
  double residual(LvHbaState from, LvHbaState to, double c) {
    double points = from.squaredPointStep(to) + LvHbaState.squaredDistance(from.z, to.z);
    double inner = LvHbaState.squaredDistance(from.theta, to.theta);
    return c * Math.sqrt(points) / method.alpha() + method.gamma1() * Math.sqrt(inner) / eta();
  }

  /** G(x,y,z), with theta for the solution of its problem. */
  @Override
  double gap() {
    double gap =
        oracle.value(problem.lower(), now.x, now.y)
            - oracle.value(problem.lower(), now.x, now.theta)
            - LvHbaState.squaredDistance(now.theta, now.y) / (2 * method.gamma1());
    Coupling coupling = problem.coupling();
    if (coupling != null) {
      double[] atTheta = couplingAt(coupling, now.theta);
      gap -= Kernels.dot(now.z, atTheta);
      double[] atY = couplingAt(coupling, now.y);
      for (int i = 0; i < l; i++) {
        double lambda = multipliers.clip(i, now.z[i] + method.gamma2() * atY[i]);
        double d = lambda - now.z[i];
        gap += lambda * atY[i] - d * d / (2 * method.gamma2());
      }
    }
    return gap;
  }
}
