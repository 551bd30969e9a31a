package dev.optim.zeroth;

/** Adam's moments of every particle's distance from the consensus. */
final class Moments {

  final double[][] m;
  final double[][] v;
  private final Drift.Adaptive adam;

  Moments(Drift.Adaptive adam, int n, int d) {
    this.adam = adam;
    m = new double[n][d];
    v = new double[n][d];
  }

  /**
   * Takes the distance of particle i from its consensus into the moments.
   *
   * @param factor of the distance
   */
  void update(int i, double[] x, double[] c, double factor) {
    double[] first = m[i];
    double[] second = v[i];
    for (int k = 0; k < x.length; k++) {
      double g = factor * (x[k] - c[k]);
      first[k] = adam.beta1() * first[k] + (1 - adam.beta1()) * g;
      second[k] = adam.beta2() * second[k] + (1 - adam.beta2()) * g * g;
    }
  }

  /**
   * Moves particle i by -lambda m / (sqrt(v) + epsilon).
   *
   * @param step of the run, from 1, for the bias correction
   */
  void drift(int i, double[] x, long step) {
    double[] first = m[i];
    double[] second = v[i];
    double correction1 = 1 - power(adam.beta1(), step);
    double correction2 = 1 - power(adam.beta2(), step);
    for (int k = 0; k < x.length; k++) {
      double root = Math.sqrt(second[k] / correction2) + adam.epsilon();
      x[k] = Moves.clamp(x[k] - adam.lambda() * (first[k] / correction1) / root);
    }
  }

  /** By squaring: StrictMath's allocates until it is compiled. */
  private static double power(double base, long exponent) {
    double power = 1;
    double square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      power *= (rest & 1) == 1 ? square : 1;
      square *= square;
    }
    return power;
  }
}
