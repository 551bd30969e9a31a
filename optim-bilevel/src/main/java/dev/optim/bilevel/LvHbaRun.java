package dev.optim.bilevel;

import dev.optim.kernel.Kernels;

/** One run of {@link LvHba}. */
final class LvHbaRun extends SingleLoopRun {

  private final LvHba method;
  private final LowerSaddle saddle;

  LvHbaRun(LvHba method, BilevelProblem problem, double[] start) {
    this(method, problem, new Oracle(problem), start);
  }

  private LvHbaRun(LvHba method, BilevelProblem problem, Oracle oracle, double[] start) {
    super(
        "LV-HBA run",
        method.toString(),
        method.penalty(),
        method.penaltyExponent(),
        problem,
        oracle,
        problem.jointProjection(oracle));
    this.method = method;
    if (method.feasibleTheta() && problem.innerProjection() == null) {
      throw new IllegalArgumentException(
          "feasibleTheta is true, but the problem has no innerProjection");
    }
    begin(start);
    StepRule rule = new StepRule(oracle, now.x, now.theta, l, method.gamma1(), method.gamma2());
    double size = method.eta() == LvHba.AUTOMATIC ? rule.automatic() : method.eta();
    step(size, rule.limit(), "(theta, lambda) spirals outwards");
    saddle = new LowerSaddle(method, oracle);
  }

  @Override
  void stepInner() {
    saddle.step(now, next, eta());
  }

  @Override
  void stepPoint(double c) {
    stepX(c);
    stepY(c);
    joint.project(w);
    next.join(w);
    double factor = method.beta() / method.gamma2();
    for (int i = 0; i < l; i++) {
      next.z[i] = saddle.clip(now.z[i] + factor * (next.lambda[i] - now.z[i]));
    }
  }

  /** Moves x along d_x, from the old (x, y) and the new (theta, lambda). */
  private void stepX(double c) {
    double weight = method.alpha() / c;
    double alpha = method.alpha();
    double[] x = now.x;
    double[] g = gradientX;
    oracle.gradientX(problem.upper(), x, now.y, Oracle.WHOLE, g);
    for (int i = 0; i < n; i++) {
      w[i] = x[i] - weight * g[i];
    }
    oracle.gradientX(problem.lower(), x, now.y, Oracle.WHOLE, g);
    Kernels.axpy(-alpha, g, w, 0, n);
    oracle.gradientX(problem.lower(), x, next.theta, Oracle.WHOLE, g);
    Kernels.axpy(alpha, g, w, 0, n);
    Coupling coupling = problem.coupling();
    if (coupling != null) {
      oracle.transposedX(coupling, x, next.theta, next.lambda, g);
      Kernels.axpy(alpha, g, w, 0, n);
    }
  }

  /** Moves y along d_y. */
  private void stepY(double c) {
    double weight = method.alpha() / c;
    double alpha = method.alpha();
    double pull = alpha / method.gamma1();
    double[] y = now.y;
    double[] theta = next.theta;
    double[] g = gradientY;
    oracle.gradientY(problem.upper(), now.x, y, Oracle.WHOLE, g);
    for (int i = 0; i < m; i++) {
      w[n + i] = y[i] + pull * (y[i] - theta[i]) - weight * g[i];
    }
    oracle.gradientY(problem.lower(), now.x, y, Oracle.WHOLE, g);
    Kernels.axpy(-alpha, g, 0, w, n, m);
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
