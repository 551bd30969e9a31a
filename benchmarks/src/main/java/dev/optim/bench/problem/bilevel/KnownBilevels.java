package dev.optim.bench.problem.bilevel;

import dev.optim.bilevel.LevelObjective.Value;
import java.util.List;
import java.util.stream.Stream;

/**
 * Small bilevel problems of the literature with their optima. Where a collection's value is only a
 * local optimum (AiyoshiShimizu1984Ex2, FalkLiu1995, Dempe1992b) the better one stands here.
 *
 * <p>Reference: S. Zhou, A. B. Zemkoho, A. Tin, BOLIB: Bilevel Optimization LIBrary of Test
 * Problems, 2020.
 */
public final class KnownBilevels {

  private static final double[][] NONE = {};

  private KnownBilevels() {}

  private static double[] at(double... numbers) {
    return numbers;
  }

  private static double[][] rows(double[]... rows) {
    return rows;
  }

  private static double square(double a) {
    return a * a;
  }

  private static KnownBilevel of(
      String name,
      Value upper,
      Value lower,
      int n,
      double[] start,
      double best,
      double[][] upperRows,
      double[][] lowerRows) {
    return new KnownBilevel(name, upper, lower, start, n, best, true, upperRows, lowerRows, null);
  }

  /**
   * The problem of a name.
   *
   * @param name its name in the literature
   * @return the problem
   * @throws IllegalArgumentException if there is none
   */
  public static KnownBilevel named(String name) {
    return all()
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no problem " + name));
  }

  /**
   * All problems, those outside of the methods' assumptions last.
   *
   * @return the problems
   */
  public static Stream<KnownBilevel> all() {
    return Stream.concat(regular().stream(), irregular().stream());
  }

  /**
   * The problems whose lower level is not convex, or has no inner point at the solution.
   *
   * @return the problems, in no particular order
   */
  public static List<KnownBilevel> irregular() {
    double[][] interval = rows(at(0, 1, -1), at(0, -1, -1));
    double[][] upperInterval = rows(at(1, 0, -1), at(-1, 0, -1));
    return List.of(
        irregular(
            "MitsosBarton2006Ex310",
            (x, y) -> y[0],
            (x, y) ->
                x[0]
                    * (16 * Math.pow(y[0], 4)
                        + 2 * Math.pow(y[0], 3)
                        - 8 * square(y[0])
                        - 1.5 * y[0]
                        + 0.5),
            at(1, 1),
            0.5,
            rows(at(1, 0, 0.1), at(-1, 0, -1)),
            interval),
        irregular(
            "MitsosBarton2006Ex313",
            (x, y) -> x[0] - y[0],
            (x, y) -> x[0] * y[0] * (y[0] / 2 - square(x[0])),
            at(1, 1),
            -1,
            upperInterval,
            interval),
        irregular(
            "MitsosBarton2006Ex314",
            (x, y) -> square(x[0] - 0.25) + square(y[0]),
            (x, y) -> Math.pow(y[0], 3) / 3 - x[0] * y[0],
            at(1, 1),
            0.25,
            upperInterval,
            interval),
        irregular(
            "MitsosBarton2006Ex317",
            (x, y) -> square(x[0] + 0.5) + square(y[0]) / 2,
            (x, y) -> x[0] * square(y[0]) / 2 + Math.pow(y[0], 4) / 4,
            at(1, 1),
            0.1875,
            upperInterval,
            interval),
        irregular(
            "Mirrlees1999",
            (x, y) -> square(x[0] - 2) + square(y[0] - 1),
            (x, y) -> -Math.exp(-square(y[0] - 1)) - x[0] * Math.exp(-square(y[0] + 1)),
            at(1, 1),
            1.001803701,
            NONE,
            rows(at(0, -1, -2), at(0, 1, -2))),
        irregular(
            "YeZhu2010Ex42",
            (x, y) -> square(x[0] - 1) + square(y[0]),
            (x, y) -> Math.pow(y[0], 3) - 3 * y[0],
            at(-1, -1),
            1,
            rows(at(1, 0, -3), at(-1, 0, -2)),
            rows(at(-1, 1, 0))),
        new KnownBilevel(
            "Dempe1992b",
            (x, y) -> square(x[0] - 3.5) + square(y[0] + 4),
            (x, y) -> square(y[0] - 3),
            at(-1, -1),
            1,
            28.25,
            false,
            NONE,
            NONE,
            (x, y) -> square(y[0]) - x[0]));
  }

  private static KnownBilevel irregular(
      String name,
      Value upper,
      Value lower,
      double[] start,
      double best,
      double[][] upperRows,
      double[][] lowerRows) {
    return new KnownBilevel(name, upper, lower, start, 1, best, false, upperRows, lowerRows, null);
  }

  /**
   * The problems that satisfy the assumptions of some method: a convex lower level.
   *
   * @return the problems, in no particular order
   */
  public static List<KnownBilevel> regular() {
    return List.of(
        of(
            "Bard1988Ex1",
            (x, y) -> square(x[0] - 5) + square(2 * y[0] + 1),
            (x, y) -> square(y[0] - 1) - 1.5 * x[0] * y[0],
            1,
            at(4, 0),
            17,
            rows(at(1, 0, 0)),
            rows(at(3, -1, 3), at(-1, 0.5, -4), at(-1, -1, -7), at(0, 1, 0))),
        of(
            "ClarkWesterberg1990a",
            (x, y) -> square(x[0] - 3) + square(y[0] - 2),
            (x, y) -> square(y[0] - 5),
            1,
            at(1, 1),
            5,
            rows(at(-1, 0, -8), at(1, 0, 0)),
            rows(at(2, -1, -1), at(-1, 2, 2), at(-1, -2, -14))),
        of(
            "Colson2002BIPA1",
            (x, y) -> -Math.pow(x[0] - 10, 3) - Math.pow(y[0] - 10, 3),
            (x, y) -> square(square(x[0] + 2 * y[0] - 15)),
            1,
            at(10, 10),
            250,
            rows(at(-1, 0, -5), at(1, -1, 0), at(1, 0, 0)),
            rows(at(-1, -1, -20), at(0, -1, -20), at(0, 1, 0))),
        of(
            "ShimizuAiyoshi1981Ex2",
            (x, y) -> 20 * (y[1] - y[0]) + square(x[1] - 20) + square(x[0] - 30),
            (x, y) -> square(x[0] - y[0]) + square(x[1] - y[1]),
            2,
            at(1, 1, 1, 1),
            225,
            rows(at(1, 2, 0, 0, 30), at(-1, -1, 0, 0, -25), at(0, -1, 0, 0, -15)),
            rows(at(0, 0, -1, 0, -10), at(0, 0, 0, -1, -10), at(0, 0, 1, 0, 0), at(0, 0, 0, 1, 0))),
        of(
            "AiyoshiShimizu1984Ex2",
            (x, y) -> 2 * (x[0] + x[1]) - 3 * (y[0] + y[1]) - 60,
            (x, y) -> square(y[0] - x[0] + 20) + square(y[1] - x[1] + 20),
            2,
            at(10, 10, 20, 20),
            0,
            rows(
                at(-1, -1, -1, 2, -40),
                at(-1, 0, 0, 0, -50),
                at(0, -1, 0, 0, -50),
                at(1, 0, 0, 0, 0),
                at(0, 1, 0, 0, 0)),
            rows(
                at(1, 0, -2, 0, 10),
                at(0, 1, 0, -2, 10),
                at(0, 0, 1, 0, -10),
                at(0, 0, 0, 1, -10),
                at(0, 0, -1, 0, -20),
                at(0, 0, 0, -1, -20))),
        of(
            "LamparielloSagratella2017Ex31",
            (x, y) -> square(x[0]) + square(y[0]),
            (x, y) -> y[0],
            1,
            at(1, 1),
            1,
            rows(at(1, 0, 1)),
            rows(at(1, 1, 1))),
        of(
            "LamparielloSagratella2017Ex32",
            (x, y) -> square(x[0]) + square(y[0]),
            (x, y) -> square(x[0] + y[0] - 1),
            1,
            at(1, 1),
            0.5,
            NONE,
            NONE),
        of(
            "LamparielloSagratella2017Ex33",
            (x, y) -> square(y[0] + y[1]) + square(x[0]),
            (x, y) -> y[0],
            1,
            at(1, 1, 1),
            0.5,
            rows(at(1, 0, 0, 0.5)),
            rows(at(1, 1, 1, 1), at(0, 1, 0, 0), at(0, 0, 1, 0))),
        of(
            "HenrionSurowiec2011",
            (x, y) -> square(x[0]) + 2 * y[0],
            (x, y) -> -y[0] * (x[0] - y[0] / 2),
            1,
            at(1, 1),
            -1,
            NONE,
            NONE),
        of(
            "MacalHurter1997",
            (x, y) -> square(x[0] - 1) + square(y[0] - 1),
            (x, y) -> 500 * y[0] - 50 * x[0] * y[0] + y[0] * y[0] / 2,
            1,
            at(1, 1),
            81.3278688525,
            NONE,
            NONE),
        of(
            "FalkLiu1995",
            (x, y) -> square(x[0] - 1.5) + square(x[1] - 1.5) + square(y[0]) + square(y[1]) - 4.5,
            (x, y) -> square(x[0] - y[0]) + square(x[1] - y[1]),
            2,
            at(0, 0, 1, 1),
            -2.25,
            NONE,
            rows(
                at(0, 0, 1, 0, 0.5),
                at(0, 0, 0, 1, 0.5),
                at(0, 0, -1, 0, -1.5),
                at(0, 0, 0, -1, -1.5))),
        of(
            "Outrata1990Ex1a",
            (x, y) ->
                square(y[0] - 3) / 2
                    + square(y[1] - 4) / 2
                    + (square(x[0]) + square(x[1])) / 10
                    - 12.5,
            (x, y) ->
                y[0] * (y[0] - 2 * y[1]) / 2
                    - x[1] * y[1]
                    - x[0] * y[0]
                    - y[1] * (2 * y[0] - 5 * y[1]) / 2,
            2,
            at(0, 0, 3, 3),
            -8.917203112,
            NONE,
            rows(
                at(0, 0, 0.333, -1, -2),
                at(0, 0, -1, 0.333, -2),
                at(0, 0, 1, 0, 0),
                at(0, 0, 0, 1, 0))),
        of(
            "BialasKarwan1984b",
            (x, y) -> -y[0],
            (x, y) -> y[0],
            1,
            at(10, 14),
            -11,
            rows(at(1, 0, 0)),
            rows(
                at(1, 2, 10),
                at(-1, -2, -38),
                at(1, -2, -18),
                at(-1, 2, -6),
                at(-2, 1, -21),
                at(0, 1, 0))),
        of(
            "TuyEtal2007",
            (x, y) -> square(x[0]) + square(y[0]),
            (x, y) -> -y[0],
            1,
            at(5, 0),
            22.5,
            rows(at(1, 0, 0), at(0, 1, 0)),
            rows(at(-3, -1, -15), at(-1, -1, -7), at(-1, -3, -15))),
        of(
            "AllendeStill2013",
            (x, y) -> square(x[0] - 1) + square(x[1] - 1) + square(y[0]) + square(y[1]),
            (x, y) -> square(y[0]) - 2 * x[1] * y[1] - 2 * x[0] * y[0] + square(y[1]),
            2,
            at(0, 0, 0, 0),
            1,
            rows(at(1, 0, 0, 0, 0), at(0, 1, 0, 0, 0), at(-1, 0, 0, 0, -2)),
            rows(
                at(0, 0, 1, 0, 0.5),
                at(0, 0, -1, 0, -1.5),
                at(0, 0, 0, 1, 0.5),
                at(0, 0, 0, -1, -1.5))),
        of(
            "HendersonQuandt1958",
            (x, y) -> x[0] * (x[0] / 2 + y[0] / 2 - 95),
            (x, y) -> y[0] * (x[0] / 2 + y[0] - 100),
            1,
            at(0, 0),
            -3266.666704,
            rows(at(-1, 0, -200), at(1, 0, 0)),
            rows(at(0, 1, 0))),
        of(
            "HatzEtal2013",
            (x, y) -> 2 * y[0] - x[0] + y[1],
            (x, y) -> square(x[0] - y[0]) + square(y[1]),
            1,
            at(1, 1, 1),
            0,
            NONE,
            rows(at(0, 1, 0, 0), at(0, 0, 1, 0))),
        of(
            "Bard1984a",
            (x, y) -> x[0] + y[0],
            (x, y) -> -5 * x[0] - y[0],
            1,
            at(1, 1),
            28.0 / 9,
            rows(at(1, 0, 0)),
            rows(at(1, 0.5, 2), at(0.25, -1, -2), at(-1, -0.5, -8), at(-1, 2, -4), at(0, 1, 0))),
        of(
            "Yezza1996Ex31",
            (x, y) -> 2 * x[0] - y[0] * (4 * x[0] - 3) + 1,
            (x, y) -> y[0] * (4 * x[0] - 1) - 2 * x[0] - 2,
            1,
            at(1, 1),
            1.5,
            rows(at(1, 0, 0), at(-1, 0, -1)),
            rows(at(0, 1, 0), at(0, -1, -1))));
  }
}
