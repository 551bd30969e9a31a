package dev.optim.bilevel;

import static java.util.Objects.requireNonNull;

/** The step of (theta, lambda): one gradient descent-ascent step on the lower level's saddle. */
final class LowerSaddle {

  private final LvHba method;
  private final Oracle oracle;
  private final BilevelProblem problem;
  private final MultiplierSet multipliers;
  private final double[] gradient;
  private final double[] product;
  private final double[] g;

  LowerSaddle(LvHba method, Oracle oracle, MultiplierSet multipliers) {
    this.method = method;
    this.oracle = oracle;
    this.multipliers = multipliers;
    problem = oracle.problem();
    Coupling coupling = problem.coupling();
    gradient = new double[problem.lowerDimension()];
    product = new double[problem.lowerDimension()];
    g = new double[coupling == null ? 0 : coupling.rows()];
  }

  /** theta of the next state; without coupling the product is zero. */
  private void descend(double eta, double pull, double[] y, double[] theta, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = theta[i] - pull * (theta[i] - y[i]) - eta * (gradient[i] + product[i]);
    }
  }

  /** Sets next.theta and next.lambda, both from now. */
  void step(LvHbaState now, LvHbaState next, double eta) {
    oracle.gradientY(problem.lower(), now.x, now.theta, Oracle.WHOLE, gradient);
    Coupling coupling = problem.coupling();
    if (coupling != null) {
      oracle.transposedY(coupling, now.x, now.theta, now.lambda, product);
      oracle.coupling(coupling, now.x, now.theta, g);
      double gamma2 = method.gamma2();
      for (int i = 0; i < g.length; i++) {
        double descent = (now.lambda[i] - now.z[i]) / gamma2 - g[i];
        next.lambda[i] = multipliers.clip(i, now.lambda[i] - eta * descent);
      }
    }
    descend(eta, eta / method.gamma1(), now.y, now.theta, next.theta);
    if (method.feasibleTheta()) {
      oracle.project(requireNonNull(problem.innerProjection()), now.x, next.theta);
    } else {
      problem.lowerBlock().project(next.theta);
    }
  }
}
