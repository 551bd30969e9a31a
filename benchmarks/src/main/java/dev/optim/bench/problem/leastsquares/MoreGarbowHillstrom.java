package dev.optim.bench.problem.leastsquares;

import dev.optim.Checks;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The 22 functions of More and Wild's set, 1 to 22 in the order of the constants: 18 of More,
 * Garbow and Hillstrom's collection and, from {@link #BDQRTIC} on, four of CUTEr's.
 */
public enum MoreGarbowHillstrom {
  /** 1: linear, full rank. */
  LINEAR_FULL_RANK("linear", ones(), LinearResiduals::fullRank),
  /** 2: linear, rank 1. */
  LINEAR_RANK_1("linear1", ones(), LinearResiduals::rankOne),
  /** 3: linear, rank 1, with columns and rows of zeros. */
  LINEAR_RANK_1_ZEROS("linear1z", ones(), LinearResiduals::rankOneWithZeros),
  /** 4: Rosenbrock's valley. */
  ROSENBROCK("rosenbrock", at(-1.2, 1), PolynomialResiduals::rosenbrock),
  /** 5: a helical valley. */
  HELICAL_VALLEY("helix", at(-1, 0, 0), DataResiduals::helicalValley),
  /** 6: Powell's function with a singular Jacobian at the minimum. */
  POWELL_SINGULAR("powell", at(3, -1, 0, 1), PolynomialResiduals::powellSingular),
  /** 7: Freudenstein and Roth's function, with a local minimum. */
  FREUDENSTEIN_ROTH("freudenstein", at(0.5, -2), PolynomialResiduals::freudensteinRoth),
  /** 8: Bard's data. */
  BARD("bard", ones(), DataResiduals::bard),
  /** 9: Kowalik and Osborne's data. */
  KOWALIK_OSBORNE("kowalik", at(0.25, 0.39, 0.415, 0.39), DataResiduals::kowalikOsborne),
  /** 10: Meyer's data. */
  MEYER("meyer", at(0.02, 4000, 250), DataResiduals::meyer),
  /** 11: Watson's polynomial fit. */
  WATSON("watson", halves(), PolynomialResiduals::watson),
  /** 12: Box's function in three dimensions. */
  BOX("box", at(0, 10, 20), DataResiduals::box),
  /** 13: Jennrich and Sampson's function. */
  JENNRICH_SAMPSON("jennrich", at(0.3, 0.4), DataResiduals::jennrichSampson),
  /** 14: Brown and Dennis's function. */
  BROWN_DENNIS("brown-dennis", at(25, 5, -5, -1), DataResiduals::brownDennis),
  /** 15: Chebyshev quadrature. */
  CHEBYQUAD("chebyquad", MoreGarbowHillstrom::evenlySpaced, PolynomialResiduals::chebyquad),
  /** 16: Brown's almost linear function. */
  BROWN_ALMOST_LINEAR("brown", halves(), PolynomialResiduals::brownAlmostLinear),
  /** 17: Osborne's first data. */
  OSBORNE_1("osborne1", at(0.5, 1.5, 1, 0.01, 0.02), DataResiduals::osborne1),
  /** 18: Osborne's second data. */
  OSBORNE_2(
      "osborne2", at(1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5), DataResiduals::osborne2),
  /** 19: a banded quartic. */
  BDQRTIC("bdqrtic", ones(), PolynomialResiduals::bdqrtic),
  /** 20: a chain of cubes. */
  CUBE("cube", halves(), PolynomialResiduals::cube),
  /** 21: Mancino's function. */
  MANCINO("mancino", LinearResiduals::mancinoStart, LinearResiduals::mancino),
  /** 22: dipoles in the heart. */
  HEART("heart", at(-0.3, -0.39, 0.3, -0.344, -1.2, 2.69, 1.59, -1.5), PolynomialResiduals::heart);

  private final String title;
  private final IntFunction<double[]> start;
  private final Maker maker;

  MoreGarbowHillstrom(String title, IntFunction<double[]> start, Maker maker) {
    this.title = title;
    this.start = start;
    this.maker = maker;
  }

  MoreGarbowHillstrom(String title, IntFunction<double[]> start, Residual residual) {
    this(title, start, (n, m) -> residual);
  }

  /** Makes the residuals for n variables and m residuals. */
  @FunctionalInterface
  interface Maker {
    Residual of(int n, int m);
  }

  /**
   * The function's number in the set.
   *
   * @return 1..22
   */
  public int number() {
    return ordinal() + 1;
  }

  /**
   * The function in a word.
   *
   * @return lower case, without blanks
   */
  public String title() {
    return title;
  }

  /**
   * The standard start.
   *
   * @param n the number of variables, one the function is defined for
   * @return a new array
   */
  public double[] start(int n) {
    double[] point = start.apply(n).clone();
    Checks.length("the start of " + title, point.length, n);
    return point;
  }

  Residual residual(int n, int m) {
    return maker.of(n, m);
  }

  private static IntFunction<double[]> at(double... point) {
    return n -> point;
  }

  private static IntFunction<double[]> ones() {
    return n -> filled(n, 1);
  }

  private static IntFunction<double[]> halves() {
    return n -> filled(n, 0.5);
  }

  private static double[] filled(int n, double value) {
    double[] point = new double[n];
    Arrays.fill(point, value);
    return point;
  }

  private static double[] evenlySpaced(int n) {
    double[] point = new double[n];
    for (int j = 0; j < n; j++) {
      point[j] = (j + 1.0) / (n + 1);
    }
    return point;
  }
}
