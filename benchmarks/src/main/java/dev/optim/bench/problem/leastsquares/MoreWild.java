package dev.optim.bench.problem.leastsquares;

import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.BARD;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.BDQRTIC;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.BOX;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.BROWN_ALMOST_LINEAR;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.BROWN_DENNIS;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.CHEBYQUAD;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.CUBE;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.FREUDENSTEIN_ROTH;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.HEART;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.HELICAL_VALLEY;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.JENNRICH_SAMPSON;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.KOWALIK_OSBORNE;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.LINEAR_FULL_RANK;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.LINEAR_RANK_1;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.LINEAR_RANK_1_ZEROS;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.MANCINO;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.MEYER;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.OSBORNE_1;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.OSBORNE_2;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.POWELL_SINGULAR;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.ROSENBROCK;
import static dev.optim.bench.problem.leastsquares.MoreGarbowHillstrom.WATSON;

import java.util.List;

/**
 * A problem of More and Wild's benchmark set: 22 functions, most of them More, Garbow and
 * Hillstrom's, in several sizes, from the standard start or from ten times that point.
 *
 * <p>J. More and S. Wild, "Benchmarking derivative-free optimization algorithms", SIAM Journal on
 * Optimization 20 (2009), 172-191; J. More, B. Garbow and K. Hillstrom, "Testing unconstrained
 * optimization software", ACM Transactions on Mathematical Software 7 (1981), 17-41.
 *
 * @param definition which function
 * @param variables the number of variables, n
 * @param residuals the number of residuals, m
 * @param far whether runs begin at ten times the standard start
 * @param best the smallest value known to be reached from the start: for some of the functions with
 *     several minima not the smallest there is
 */
public record MoreWild(
    MoreGarbowHillstrom definition, int variables, int residuals, boolean far, double best) {

  private static final List<MoreWild> ALL =
      List.of(
          near(LINEAR_FULL_RANK, 9, 45, 36),
          far(LINEAR_FULL_RANK, 9, 45, 36),
          near(LINEAR_RANK_1, 7, 35, 8.380281690140844),
          far(LINEAR_RANK_1, 7, 35, 8.380281690140844),
          near(LINEAR_RANK_1_ZEROS, 7, 35, 9.880597014925371),
          far(LINEAR_RANK_1_ZEROS, 7, 35, 9.880597014925371),
          near(ROSENBROCK, 2, 2, 0),
          far(ROSENBROCK, 2, 2, 0),
          near(HELICAL_VALLEY, 3, 3, 0),
          far(HELICAL_VALLEY, 3, 3, 0),
          near(POWELL_SINGULAR, 4, 4, 0),
          far(POWELL_SINGULAR, 4, 4, 0),
          near(FREUDENSTEIN_ROTH, 2, 2, 48.98425367924),
          far(FREUDENSTEIN_ROTH, 2, 2, 48.98425367924),
          near(BARD, 3, 15, 0.00821487730657898),
          far(BARD, 3, 15, 17.42869350115302),
          near(KOWALIK_OSBORNE, 4, 11, 0.000307505603849237),
          near(MEYER, 3, 16, 87.94585517052187),
          near(WATSON, 6, 31, 0.0022876700535524193),
          far(WATSON, 6, 31, 0.0022876700535524193),
          near(WATSON, 9, 31, 1.3997601380999674e-06),
          far(WATSON, 9, 31, 1.3997601380999674e-06),
          near(WATSON, 12, 31, 4.722382400656623e-10),
          far(WATSON, 12, 31, 4.722382400656623e-10),
          near(BOX, 3, 10, 0),
          near(JENNRICH_SAMPSON, 2, 10, 124.36218235561485),
          near(BROWN_DENNIS, 4, 20, 85822.20162635665),
          far(BROWN_DENNIS, 4, 20, 85822.20162635665),
          near(CHEBYQUAD, 6, 6, 0),
          near(CHEBYQUAD, 7, 7, 0),
          near(CHEBYQUAD, 8, 8, 0.00351687372567841),
          near(CHEBYQUAD, 9, 9, 0),
          near(CHEBYQUAD, 10, 10, 0.006503954800882957),
          near(CHEBYQUAD, 11, 11, 0.0027997615518666388),
          near(BROWN_ALMOST_LINEAR, 10, 10, 0),
          near(OSBORNE_1, 5, 33, 5.4648946974829027e-05),
          near(OSBORNE_2, 11, 65, 0.040137736293547756),
          far(OSBORNE_2, 11, 65, 1.7898135868810936),
          near(BDQRTIC, 8, 8, 10.238973421317638),
          near(BDQRTIC, 10, 12, 18.28116175359414),
          near(BDQRTIC, 11, 14, 22.260591734884432),
          near(BDQRTIC, 12, 16, 26.27276639679528),
          near(CUBE, 5, 5, 0),
          near(CUBE, 6, 6, 0),
          near(CUBE, 8, 8, 0),
          near(MANCINO, 5, 5, 0),
          far(MANCINO, 5, 5, 0),
          near(MANCINO, 8, 8, 0),
          near(MANCINO, 10, 10, 0),
          near(MANCINO, 12, 12, 0),
          far(MANCINO, 12, 12, 0),
          near(HEART, 8, 8, 0),
          far(HEART, 8, 8, 0));

  /**
   * The whole set.
   *
   * @return 53 problems, in its order
   */
  public static List<MoreWild> all() {
    return ALL;
  }

  /**
   * The sum of squares of {@link MoreGarbowHillstrom#HEART} as the set's Python code (BenDFO) has
   * it, with x7 where the published function has x6 in one place of the last residual. For
   * comparing with figures made by that code: the set here holds the published function.
   *
   * @return f in 8 variables
   */
  public static LeastSquares codedHeart() {
    return new LeastSquares(8, 8, PolynomialResiduals::codedHeart);
  }

  /**
   * The problem's name.
   *
   * @return e.g. {@code mw-watson-12}, or {@code mw-watson-12-far} with the far start
   */
  public String name() {
    return "mw-" + definition.title() + "-" + variables + (far ? "-far" : "");
  }

  /**
   * The sum of squares.
   *
   * @return f
   */
  public LeastSquares function() {
    return new LeastSquares(variables, residuals, definition.residual(variables, residuals));
  }

  /**
   * Where runs begin.
   *
   * @return a new array of n coordinates
   */
  public double[] start() {
    double[] start = definition.start(variables);
    if (far) {
      for (int j = 0; j < start.length; j++) {
        start[j] *= 10;
      }
    }
    return start;
  }

  private static MoreWild near(MoreGarbowHillstrom definition, int n, int m, double best) {
    return new MoreWild(definition, n, m, false, best);
  }

  private static MoreWild far(MoreGarbowHillstrom definition, int n, int m, double best) {
    return new MoreWild(definition, n, m, true, best);
  }
}
