package dev.optim;

import static java.util.Objects.requireNonNull;

/** An objective with its gradient. */
public interface DifferentiableObjective extends Objective, Gradient {

  /**
   * Evaluates f and its gradient at one point. The default asks for both apart; override it where
   * one pass gives both, since every gradient method of this library calls this one.
   *
   * @param x the point, n coordinates; read only, not kept
   * @param out receives the n partial derivatives; every element is written
   * @return f(x)
   */
  default double valueAndGradient(double[] x, double[] out) {
    // each half gets a point of its own: code that changes its point does no harm
    gradient(x.clone(), out);
    return value(x);
  }

  /**
   * What a whole gradient costs, in gradients of single terms: how whole gradients and mini-batches
   * are compared.
   *
   * @return 1, unless this is a {@link FiniteSum}
   */
  default int terms() {
    return 1;
  }

  /**
   * Joins a function and its gradient.
   *
   * @param objective f
   * @param gradient the gradient of the same f; nothing checks that here, {@link GradientCheck}
   *     does
   * @return both as one objective
   */
  static DifferentiableObjective of(Objective objective, Gradient gradient) {
    requireNonNull(objective, "objective");
    requireNonNull(gradient, "gradient");
    return new DifferentiableObjective() {
      @Override
      public double value(double[] x) {
        return objective.value(x);
      }

      @Override
      public void gradient(double[] x, double[] out) {
        gradient.gradient(x, out);
      }
    };
  }
}
