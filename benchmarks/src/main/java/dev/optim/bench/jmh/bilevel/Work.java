package dev.optim.bench.jmh.bilevel;

import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.bench.data.Samples;
import dev.optim.bench.problem.bilevel.LinearToy;
import dev.optim.bench.problem.bilevel.PenaltySelection;
import dev.optim.bilevel.AdjointSolver;
import dev.optim.bilevel.BicGaffa;
import dev.optim.bilevel.BilevelProblem;
import dev.optim.bilevel.Coupling;
import dev.optim.bilevel.ImplicitEquation;
import dev.optim.bilevel.ImplicitObjective;
import dev.optim.bilevel.LevelObjective;
import dev.optim.bilevel.LvHba;
import dev.optim.bilevel.PenaltyMethod;
import dev.optim.bilevel.Sigma;
import dev.optim.kernel.Kernels;
import dev.optim.random.RandomStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * One iteration of each method, and the evaluations it makes, each on a scratch copy of its point
 * and into an array filled with NaN, as every method of the library asks.
 */
public final class Work {

  private static final int SAMPLES = 200;
  private static final int CG_STEPS = 20;
  private static final int INNER_STEPS = 10;
  private static final LvHba LV_HBA =
      new LvHba(1e-3, 1e-3, LvHba.AUTOMATIC, 10, 0.1, 1, 0.49, 1e3, false);

  private Work() {}

  /**
   * An iteration of LV-HBA on the linear toy problem.
   *
   * @param n the length of x
   * @return one iteration a call
   */
  public static Runnable lvHba(int n) {
    return iteration(LV_HBA, LinearToy.of(n), 3 * n);
  }

  /**
   * An iteration of BiC-GAFFA on the linear toy problem.
   *
   * @param n the length of x
   * @return one iteration a call
   */
  public static Runnable bicGaffa(int n) {
    BicGaffa method = new BicGaffa(1e-4, BicGaffa.AUTOMATIC, 10, 0.1, 1, 0.49, 1e3);
    return iteration(method, LinearToy.of(n), 3 * n);
  }

  /**
   * The projection of an iteration, onto the hyperplane of one row: two products and two updates.
   *
   * @param n the length of x
   * @return one projection a call, of a point that needs it
   */
  public static Runnable projection(int n) {
    double[] a = filled(n);
    double[] b = filled(2 * n);
    double[] x = new double[n];
    double[] y = new double[2 * n];
    return () -> {
      x[0] += 1;
      double step = -(Kernels.dot(a, x) + Kernels.dot(b, y)) / (3 * n);
      Kernels.axpy(step, a, x, 0, n);
      Kernels.axpy(step, b, y, 0, 2 * n);
    };
  }

  private static double[] filled(int length) {
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /**
   * The evaluations and the projection of an iteration of LV-HBA.
   *
   * @param n the length of x
   * @return all of them a call
   */
  public static Runnable lvHbaEvaluationsAndProjection(int n) {
    Runnable evaluations = lvHbaEvaluations(n);
    Runnable projection = projection(n);
    return () -> {
      evaluations.run();
      projection.run();
    };
  }

  /**
   * The evaluations of an iteration of LV-HBA: six partial gradients, one g, two transposed
   * products.
   *
   * @param n the length of x
   * @return all of them a call
   */
  public static Runnable lvHbaEvaluations(int n) {
    Guarded toy = new Guarded(n, 2 * n);
    Coupling coupling = LinearToy.coupling(n);
    double[] multiplier = {0.5};
    double[] g = new double[1];
    return () -> {
      toy.gradientY(LinearToy.LOWER);
      toy.copy();
      coupling.transposedY(toy.copyOfX, toy.copyOfY, multiplier, toy.emptyY());
      toy.copy();
      coupling.value(toy.copyOfX, toy.copyOfY, g);
      toy.gradientX(LinearToy.UPPER);
      toy.gradientX(LinearToy.LOWER);
      toy.gradientX(LinearToy.LOWER);
      toy.copy();
      coupling.transposedX(toy.copyOfX, toy.copyOfY, multiplier, toy.emptyX());
      toy.gradientY(LinearToy.UPPER);
      toy.gradientY(LinearToy.LOWER);
    };
  }

  /**
   * An iteration of the penalty method, ten inner steps, on a regression.
   *
   * @param d the coefficients
   * @return one iteration a call
   */
  public static Runnable penalty(int d) {
    PenaltyMethod method =
        PenaltyMethod.doubleLoop(1e-3, 1e-4, Sigma.fixed(0.1)).withInnerSteps(INNER_STEPS);
    return iteration(method, regression(d), d);
  }

  /**
   * The partial gradients of that iteration: 20 of f and 10 of F by y, two of f and one of F by x.
   *
   * @param d the coefficients
   * @return all of them a call
   */
  public static Runnable penaltyEvaluations(int d) {
    BilevelProblem problem = regression(d);
    Guarded guarded = new Guarded(d, d + 1);
    return () -> {
      for (int t = 0; t < INNER_STEPS; t++) {
        guarded.gradientY(problem.lower());
        guarded.gradientY(problem.upper());
        guarded.gradientY(problem.lower());
      }
      guarded.gradientX(problem.upper());
      guarded.gradientX(problem.lower());
      guarded.gradientX(problem.lower());
    };
  }

  /**
   * A hypergradient of a regression by 20 steps of conjugate gradients.
   *
   * @param d the coefficients
   * @return one hypergradient a call
   */
  public static Runnable hypergradient(int d) {
    BilevelProblem problem = regression(d);
    ImplicitObjective objective =
        new ImplicitObjective(
            problem,
            ImplicitEquation.optimality(problem),
            (x, y) -> {},
            AdjointSolver.cg(0, CG_STEPS),
            new Guarded(d, d + 1).y,
            Double.MAX_VALUE);
    double[] x = new double[d];
    double[] gradient = new double[d];
    return () -> objective.gradient(x, gradient);
  }

  /**
   * The evaluations of that hypergradient: 22 products with the Hessian, one mixed, one partial
   * gradient of f, two of F.
   *
   * @param d the coefficients
   * @return all of them a call
   */
  public static Runnable hypergradientEvaluations(int d) {
    BilevelProblem problem = regression(d);
    Guarded guarded = new Guarded(d, d + 1);
    var curvature = Objects.requireNonNull(problem.curvature());
    double[] v = guarded.y.clone();
    return () -> {
      guarded.gradientY(problem.lower());
      guarded.gradientY(problem.upper());
      for (int k = 0; k < CG_STEPS + 2; k++) {
        guarded.copy();
        curvature.hessianYY(guarded.copyOfX, guarded.copyOfY, v, guarded.emptyY());
      }
      guarded.gradientX(problem.upper());
      guarded.copy();
      curvature.mixedXY(guarded.copyOfX, guarded.copyOfY, v, guarded.emptyX());
    };
  }

  private static Runnable iteration(
      Optimizer<BilevelProblem> method, BilevelProblem problem, int dimension) {
    double[] start = new double[dimension];
    Run run = method.start(problem, Start.at(start), RandomStream.of(1));
    return () -> {
      if (run.advance().isPresent()) {
        throw new IllegalStateException("the run has ended");
      }
    };
  }

  private static BilevelProblem regression(int d) {
    double[] features = new double[SAMPLES * d];
    double[] targets = new double[SAMPLES];
    RandomStream.of(2).fillGaussian(features);
    RandomStream.of(3).fillGaussian(targets);
    Samples samples = new Samples(d, features, targets);
    return new PenaltySelection(PenaltySelection.Loss.SQUARED, samples, samples, 1).problem();
  }

  /** A point, with what guards it from the problem. */
  private static final class Guarded {

    private final double[] x;
    private final double[] y;
    private final double[] copyOfX;
    private final double[] copyOfY;
    private final double[] outX;
    private final double[] outY;

    Guarded(int n, int m) {
      x = new double[n];
      y = new double[m];
      RandomStream.of(4).fillGaussian(y);
      copyOfX = new double[n];
      copyOfY = new double[m];
      outX = new double[n];
      outY = new double[m];
    }

    void copy() {
      System.arraycopy(x, 0, copyOfX, 0, x.length);
      System.arraycopy(y, 0, copyOfY, 0, y.length);
    }

    double[] emptyX() {
      Arrays.fill(outX, Double.NaN);
      return outX;
    }

    double[] emptyY() {
      Arrays.fill(outY, Double.NaN);
      return outY;
    }

    void gradientX(LevelObjective level) {
      copy();
      level.gradientX(copyOfX, copyOfY, emptyX());
    }

    void gradientY(LevelObjective level) {
      copy();
      level.gradientY(copyOfX, copyOfY, emptyY());
    }
  }
}
