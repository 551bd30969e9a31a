package dev.optim.bench.problem.leastsquares;

import dev.optim.DifferentiableObjective;
import dev.optim.Objective;
import dev.optim.Start;
import dev.optim.bench.problem.BestSeen;
import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.CostUnit;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.report.Metric;
import dev.optim.update.Parameters;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * More and Wild's problems as problems of the comparison, by name: {@code mw-bard-3} offers values
 * only, {@code mw-bard-3-gradient} the gradient too; {@code more-wild} and {@code
 * more-wild-gradient} are all 53.
 *
 * <p>Runs start near the published point: each coordinate anywhere within a twentieth of its size,
 * so that seeds differ and population methods have a spread. As in More and Wild's profiles the
 * best of all values a method was told counts.
 */
public final class MoreWildProblems {

  /** The name of all together. */
  private static final String ALL = "more-wild";

  /** What the name of a problem that offers the gradient ends with. */
  private static final String GRADIENT = "-gradient";

  private static final int VALUES_A_VARIABLE = 500;
  private static final int GRADIENTS = 2000;
  private static final int POINTS = 500;
  private static final List<Metric> METRICS =
      List.of(Metric.loss("best value"), Metric.loss("value"));

  private MoreWildProblems() {}

  /**
   * The problems of a name that offer values only.
   *
   * @param name any name
   * @return one problem or all 53; none if the name is not of this family
   */
  public static List<Problem<Objective>> values(String name) {
    return named(name, "").map(MoreWildProblems::values).toList();
  }

  /**
   * The problems of a name that offer the gradient.
   *
   * @param name any name
   * @return one problem or all 53; none if the name is not of this family
   */
  public static List<Problem<DifferentiableObjective>> gradients(String name) {
    return named(name, GRADIENT).map(MoreWildProblems::gradients).toList();
  }

  private static Stream<MoreWild> named(String name, String suffix) {
    return MoreWild.all().stream()
        .filter(
            problem ->
                name.equalsIgnoreCase(ALL + suffix)
                    || name.equalsIgnoreCase(problem.name() + suffix));
  }

  /**
   * A problem that offers values only: 500 of them for each variable.
   *
   * @param problem one of the set
   * @return the problem
   */
  public static Problem<Objective> values(MoreWild problem) {
    Budget budget =
        new Budget(CostUnit.VALUES, (long) VALUES_A_VARIABLE * problem.variables(), POINTS);
    return problem(problem, "", "", budget, (seen, f) -> seen.watching((Objective) f));
  }

  /**
   * A problem that offers its gradient: 2,000 of them.
   *
   * @param problem one of the set
   * @return the problem
   */
  public static Problem<DifferentiableObjective> gradients(MoreWild problem) {
    Budget budget = new Budget(CostUnit.GRADIENTS, GRADIENTS, POINTS);
    return problem(
        problem,
        GRADIENT,
        ", with its gradient",
        budget,
        (seen, f) -> seen.watching((DifferentiableObjective) f));
  }

  private static <P> Problem<P> problem(
      MoreWild problem,
      String suffix,
      String offer,
      Budget budget,
      BiFunction<BestSeen, LeastSquares, P> oracle) {
    LeastSquares f = problem.function();
    String what =
        "More and Wild's %s, %d squares in %d variables%s%s"
            .formatted(
                problem.definition().title(),
                problem.residuals(),
                problem.variables(),
                problem.far() ? ", from a far start" : "",
                offer);
    return new Problem<P>(
            problem.name() + suffix,
            what,
            what
                + ". Starts within a twentieth of the published point; the best of all values the"
                + " method was told counts. The smallest value known from there is "
                + problem.best()
                + ".",
            Parameters.vector(problem.variables()),
            around(problem.start()),
            budget,
            METRICS,
            () -> {
              BestSeen seen = new BestSeen();
              return new Problem.Instance<>(oracle.apply(seen, f), x -> measured(f, seen, x));
            })
        .withLowest(problem.best());
  }

  private static Start around(double[] point) {
    double[] lower = new double[point.length];
    double[] upper = new double[point.length];
    for (int j = 0; j < point.length; j++) {
      double reach = 0.05 * (point[j] == 0 ? 1 : Math.abs(point[j]));
      lower[j] = point[j] - reach;
      upper[j] = point[j] + reach;
    }
    return Start.uniform(lower, upper);
  }

  /** Before the method has asked for anything, its starting point is the best there is. */
  private static double[] measured(LeastSquares f, BestSeen seen, double[] x) {
    double value = f.value(x);
    return new double[] {Double.isInfinite(seen.value()) ? value : seen.value(), value};
  }
}
