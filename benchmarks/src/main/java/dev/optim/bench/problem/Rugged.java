package dev.optim.bench.problem;

import dev.optim.DifferentiableObjective;
import dev.optim.Objective;
import dev.optim.Start;
import dev.optim.bench.report.Metric;
import dev.optim.update.Parameters;
import java.util.Arrays;
import java.util.List;

/**
 * Functions with many local minima, in the forms in which methods without gradients are compared in
 * the literature. Each has its global minimum, 0, at the origin.
 */
public final class Rugged {

  private static final List<Metric> METRICS =
      List.of(Metric.loss("value"), Metric.loss("distance to the minimum"));

  private Rugged() {}

  /**
   * Rastrigin's function: a bowl under waves of height 10, 11^d local minima within +-5.
   *
   * @param x the point
   * @return sum of x^2 - 10 cos(2 pi x) + 10
   */
  public static double rastrigin(double[] x) {
    double sum = 0;
    for (double v : x) {
      sum += v * v - 10 * StrictMath.cos(2 * Math.PI * v) + 10;
    }
    return sum;
  }

  /**
   * Rastrigin's function with its gradient.
   *
   * @return the function
   */
  public static DifferentiableObjective rastrigin() {
    return DifferentiableObjective.of(
        Rugged::rastrigin,
        (x, out) -> {
          for (int i = 0; i < x.length; i++) {
            out[i] = 2 * x[i] + 20 * Math.PI * StrictMath.sin(2 * Math.PI * x[i]);
          }
        });
  }

  /**
   * Ackley's function: nearly flat far away, a funnel in the middle, waves all over.
   *
   * @param x the point
   * @return 20 + e - 20 exp(-0.2 |x| / sqrt(d)) - exp(mean of cos(2 pi x))
   */
  public static double ackley(double[] x) {
    double squares = 0;
    double cosines = 0;
    for (double v : x) {
      squares += v * v;
      cosines += StrictMath.cos(2 * Math.PI * v);
    }
    return 20 * (1 - StrictMath.exp(-0.2 * Math.sqrt(squares / x.length)))
        + Math.E
        - StrictMath.exp(cosines / x.length);
  }

  /**
   * Griewank's function: a wide bowl under waves that are not aligned with the axes' units.
   *
   * @param x the point
   * @return 1 + |x|^2 / 4000 - product of cos(x_i / sqrt(i)), i from 1
   */
  public static double griewank(double[] x) {
    double sum = 0;
    double product = 1;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * x[i];
      product *= StrictMath.cos(x[i] / Math.sqrt(i + 1));
    }
    return 1 + sum / 4000 - product;
  }

  /**
   * Rastrigin's function in ten variables, values only.
   *
   * @return the problem
   */
  public static Problem<Objective> rastriginProblem() {
    return problem(
        "rastrigin-10",
        "Rastrigin's waves in a bowl, 10 variables, values only",
        "Rastrigin's function in 10 variables, a bowl under waves of height 10; uniform start in"
            + " [-3, 3] per coordinate.",
        3,
        Rugged::rastrigin);
  }

  /**
   * Ackley's function in ten variables, values only.
   *
   * @return the problem
   */
  public static Problem<Objective> ackleyProblem() {
    return problem(
        "ackley-10",
        "Ackley's funnel in a rippled plain, 10 variables, values only",
        "Ackley's function in 10 variables, a funnel in a rippled plain; uniform start in [-3, 3]"
            + " per coordinate.",
        3,
        Rugged::ackley);
  }

  /**
   * Griewank's function in ten variables, values only.
   *
   * @return the problem
   */
  public static Problem<Objective> griewankProblem() {
    return problem(
        "griewank-10",
        "Griewank's shallow waves in a wide bowl, 10 variables, values only",
        "Griewank's function in 10 variables, shallow waves in a wide bowl; uniform start in"
            + " [-10, 10] per coordinate.",
        10,
        Rugged::griewank);
  }

  /**
   * Rosenbrock's function in ten variables, values only.
   *
   * @return the problem
   */
  public static Problem<Objective> valleyProblem() {
    double[] ones = new double[10];
    Arrays.fill(ones, 1);
    Rosenbrock function = new Rosenbrock();
    return problem(
        "valley-10",
        "Rosenbrock's curved valley, 10 variables, values only",
        "Rosenbrock's function in 10 variables, a curved valley with its minimum, 0, at (1, ...,"
            + " 1); values only; uniform start in [-2, 2] per coordinate.",
        2,
        function::value,
        ones);
  }

  /**
   * Rastrigin's function in two variables from a start two barriers away from the minimum in each:
   * what stops gradient descent, and what does not stop consensus hopping.
   *
   * @return the problem
   */
  public static Problem<DifferentiableObjective> barriersProblem() {
    double[] away = {2.1, -1.9};
    return new Problem<>(
        "barriers-2",
        "Rastrigin's waves in 2 variables, seen from two barriers away",
        "Rastrigin's function in 2 variables with its gradient, started near (2.1, -1.9), two"
            + " barriers away from its minimum, 0, at the origin, in each coordinate; each value"
            + " and each gradient counts as one.",
        Parameters.vector(2),
        Start.gaussian(away, 0.1),
        new Budget(CostUnit.CALLS, 8000, 80),
        METRICS,
        () ->
            new Problem.Instance<>(rastrigin(), x -> measure(x, Rugged::rastrigin, new double[2])));
  }

  private static Problem<Objective> problem(
      String name, String summary, String description, double reach, Objective function) {
    return problem(name, summary, description, reach, function, new double[10]);
  }

  private static Problem<Objective> problem(
      String name,
      String summary,
      String description,
      double reach,
      Objective function,
      double[] minimizer) {
    return new Problem<>(
        name,
        summary,
        description,
        Parameters.vector(minimizer.length),
        Start.uniform(minimizer.length, -reach, reach),
        new Budget(CostUnit.VALUES, 20_000, 100),
        METRICS,
        () -> new Problem.Instance<>(function, x -> measure(x, function, minimizer)));
  }

  private static double[] measure(double[] x, Objective function, double[] minimizer) {
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      squares += (x[i] - minimizer[i]) * (x[i] - minimizer[i]);
    }
    return new double[] {function.value(x), Math.sqrt(squares)};
  }
}
