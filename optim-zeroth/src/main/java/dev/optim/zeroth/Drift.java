package dev.optim.zeroth;

import dev.optim.Checks;

/** How particles are drawn to the consensus. */
public sealed interface Drift permits Drift.Linear, Drift.Adaptive {

  /**
   * The stochastic differential equation's own drift: x moves by -lambda dt (x - c).
   *
   * @param lambda the rate, greater than 0
   * @return the drift
   */
  static Drift linear(double lambda) {
    return new Linear(lambda);
  }

  /**
   * Adam's direction made from x - c: x moves by -lambda m / (sqrt(v) + epsilon) with
   * bias-corrected moments; lambda is a length per step here, without dt.
   *
   * @param lambda the step length, greater than 0
   * @param beta1 decay rate of the first moment, in [0, 1); 0.9 in the reference code
   * @param beta2 decay rate of the second moment, in [0, 1); 0.99 in the reference code
   * @param epsilon added to the root, greater than 0; 1e-8 in the reference code
   * @return the drift
   */
  static Drift adam(double lambda, double beta1, double beta2, double epsilon) {
    return new Adaptive(lambda, beta1, beta2, epsilon);
  }

  /**
   * See {@link #linear}.
   *
   * @param lambda the rate
   */
  record Linear(double lambda) implements Drift {

    /** Checks the range. */
    public Linear {
      Checks.positive("lambda", lambda);
    }
  }

  /**
   * See {@link #adam}.
   *
   * @param lambda the step length
   * @param beta1 decay rate of the first moment
   * @param beta2 decay rate of the second moment
   * @param epsilon added to the root
   */
  record Adaptive(double lambda, double beta1, double beta2, double epsilon) implements Drift {

    /** Checks the ranges. */
    public Adaptive {
      Checks.positive("lambda", lambda);
      Checks.fraction("beta1", beta1);
      Checks.fraction("beta2", beta2);
      Checks.positive("epsilon", epsilon);
    }
  }
}
