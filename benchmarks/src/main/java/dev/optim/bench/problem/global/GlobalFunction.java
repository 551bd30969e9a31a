package dev.optim.bench.problem.global;

import dev.optim.Checks;
import dev.optim.Objective;
import dev.optim.Start;
import dev.optim.bench.problem.BestSeen;
import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.CostUnit;
import dev.optim.bench.problem.KnownMinimum;
import dev.optim.bench.problem.Problem;
import dev.optim.update.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Functions in any number of variables that global methods are usually tried on, as in SciPy's
 * benchmarks of its global optimizers: each with its usual box and its minimum, moved so that the
 * smallest value is 0. As problems of the comparison they have names like {@code ackley-d10};
 * {@code global-d10} is all of them.
 *
 * <p>Values only; safe for use from several threads.
 *
 * <p>M. Jamil and X.-S. Yang, "A literature survey of benchmark functions for global optimisation
 * problems", International Journal of Mathematical Modelling and Numerical Optimisation 4 (2013),
 * 150-194.
 */
public enum GlobalFunction {
  /** Waves on a funnel with a flat rim. */
  ACKLEY(-32.768, 32.768, i -> 0, GlobalFormulas::ackley),
  /** Kinked waves. */
  ALPINE(-10, 10, i -> 0, GlobalFormulas::alpine),
  /** One curved valley, the coordinates chained. */
  DIXON_PRICE(-10, 10, GlobalFormulas::dixonPriceMinimum, GlobalFormulas::dixonPrice),
  /** Many small waves on a wide bowl. */
  GRIEWANK(-600, 600, i -> 0, GlobalFormulas::griewank),
  /** Waves on a bowl around ones. */
  LEVY(-10, 10, i -> 1, GlobalFormulas::levy),
  /** 10^n valleys on a bowl. */
  RASTRIGIN(-5.12, 5.12, i -> 0, GlobalFormulas::rastrigin),
  /** Rings around the minimum. */
  SALOMON(-100, 100, i -> 0, GlobalFormulas::salomon),
  /** The best valley is next to a corner, far from the second best. */
  SCHWEFEL(-500, 500, i -> 420.968746359982, GlobalFormulas::schwefel),
  /** Two valleys in each coordinate, one a little lower. */
  STYBLINSKI_TANG(-5, 5, i -> -2.903534027771177, GlobalFormulas::styblinskiTang),
  /** One valley, ever steeper. */
  ZAKHAROV(-5, 10, i -> 0, GlobalFormulas::zakharov);

  /** The name of all together. */
  private static final String ALL = "global";

  private static final Pattern NAME = Pattern.compile("(?<title>[a-z-]+)-d(?<dimension>\\d{1,3})");
  private static final int VALUES_A_VARIABLE = 1000;
  private static final int POINTS = 500;

  private final double low;
  private final double high;
  private final IntToDoubleFunction minimum;
  private final Objective formula;

  GlobalFunction(double low, double high, IntToDoubleFunction minimum, Objective formula) {
    this.low = low;
    this.high = high;
    this.minimum = minimum;
    this.formula = formula;
  }

  /**
   * The problems of a name.
   *
   * @param name any name
   * @return one problem or all of a dimension; none if the name is not of this family
   */
  public static List<Problem<Objective>> problems(String name) {
    Matcher matcher = NAME.matcher(name.toLowerCase(Locale.ROOT));
    if (!matcher.matches() || Integer.parseInt(matcher.group("dimension")) < 1) {
      return List.of();
    }
    String title = matcher.group("title");
    return Arrays.stream(values())
        .filter(function -> title.equals(ALL) || title.equals(function.title()))
        .map(function -> function.problem(Integer.parseInt(matcher.group("dimension"))))
        .toList();
  }

  /**
   * The function in a word.
   *
   * @return lower case, e.g. "styblinski-tang"
   */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The lower end of the usual box.
   *
   * @return the same for every coordinate
   */
  public double low() {
    return low;
  }

  /**
   * The upper end of the usual box.
   *
   * @return the same for every coordinate
   */
  public double high() {
    return high;
  }

  /**
   * The function itself, in as many variables as its point has.
   *
   * @return at least 0 everywhere in the box, up to rounding
   */
  public Objective objective() {
    return formula;
  }

  /**
   * Where the function is 0.
   *
   * @param dimension the number of variables, at least 1
   * @return a new array
   */
  public double[] minimum(int dimension) {
    Checks.atLeastOne("dimension", dimension);
    double[] point = new double[dimension];
    Arrays.setAll(point, minimum);
    return point;
  }

  /**
   * The function as a problem: 1,000 values for each variable.
   *
   * @param dimension the number of variables, at least 1
   * @return the problem, its runs starting anywhere in the box
   */
  public Problem<Objective> problem(int dimension) {
    KnownMinimum known = new KnownMinimum(minimum(dimension), 0);
    String what = "%s's function in %d variables".formatted(inWords(), dimension);
    return new Problem<Objective>(
            title() + "-d" + dimension,
            what,
            what
                + ". Starts anywhere in [%s, %s]^n; the best of all values the method was told counts;"
                    .formatted(low, high)
                + " the smallest there is is 0.",
            Parameters.vector(dimension),
            Start.uniform(dimension, low, high),
            new Budget(CostUnit.VALUES, (long) VALUES_A_VARIABLE * dimension, POINTS),
            KnownMinimum.METRICS,
            () -> {
              BestSeen seen = new BestSeen();
              return new Problem.Instance<>(
                  seen.watching(formula), known.measurement(formula, seen));
            })
        .withLowest(0);
  }

  private String inWords() {
    StringBuilder words = new StringBuilder();
    for (String part : title().split("-")) {
      words.append(words.isEmpty() ? "" : " and ");
      words.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
    }
    return words.toString();
  }
}
