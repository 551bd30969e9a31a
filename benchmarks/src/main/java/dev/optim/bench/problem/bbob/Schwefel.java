package dev.optim.bench.problem.bbob;

import dev.optim.DifferentiableObjective;

/**
 * Schwefel's function, -1/n sum_i w[i] sin(sqrt|w[i]|), in the suite's coordinates: x has 2
 * |optimum| at its optimum; each coordinate is moved by its left neighbour's, drawn out around the
 * optimum and made a hundred times larger. Outside of [-500, 500] there is a penalty.
 */
record Schwefel(double[] factors) implements DifferentiableObjective {

  /** Each coordinate of the optimum, as COCO rounds it: twice its place in [-5, 5]. */
  static final double OPTIMUM = 4.2096874633;

  private static final double OFFSET = 418.9828872724339;

  @Override
  public double value(double[] x) {
    double penalty = 0;
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double w = coordinate(x, i);
      double beyond = Math.max(0, Math.abs(w) - 500);
      penalty += beyond * beyond;
      sum += w * StrictMath.sin(Math.sqrt(Math.abs(w)));
    }
    return 0.01 * (penalty + OFFSET - sum / x.length);
  }

  @Override
  public void gradient(double[] x, double[] out) {
    for (int i = 0; i < x.length; i++) {
      double w = coordinate(x, i);
      double root = Math.sqrt(Math.abs(w));
      double beyond = Math.max(0, Math.abs(w) - 500);
      double slope =
          2 * Math.copySign(beyond, w)
              - (StrictMath.sin(root) + 0.5 * root * StrictMath.cos(root)) / x.length;
      out[i] = 0.01 * slope * 100 * factors[i]; // by the sheared coordinate i
      if (i > 0) {
        out[i - 1] += 0.25 * out[i];
      }
    }
  }

  private double coordinate(double[] x, int i) {
    double sheared = i == 0 ? x[0] : x[i] + 0.25 * (x[i - 1] - OPTIMUM);
    return 100 * (factors[i] * (sheared - OPTIMUM) + OPTIMUM);
  }
}
