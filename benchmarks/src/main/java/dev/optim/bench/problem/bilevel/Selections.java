package dev.optim.bench.problem.bilevel;

import dev.optim.Start;
import dev.optim.bench.data.DataSets;
import dev.optim.bench.data.Samples;
import dev.optim.bench.data.TrainTest;
import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.CostUnit;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.report.Metric;
import dev.optim.bilevel.BilevelProblem;
import dev.optim.bilevel.InnerSolver;
import dev.optim.random.RandomStream;
import dev.optim.update.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hyper-parameters of models on real data, chosen by validation. A run is judged by its
 * hyper-parameters alone: whenever it is measured the lower level is solved for them, and what is
 * lowered is F(x, y(x)), the validation loss.
 */
public final class Selections {

  private static final long SPLIT_SEED = 123;

  /** Not logarithmic: that of the support vector machine may be negative. */
  private static final Metric VALIDATION =
      new Metric("validation loss", Metric.Better.LOWER, false);

  private Selections() {}

  /**
   * One ridge parameter for each coefficient of a linear regression.
   *
   * @return the problem, 10 hyper-parameters
   */
  public static Problem<TwoForms> diabetesRidge() {
    TrainTest outer = TrainTest.split(DataSets.diabetes(), 300, SPLIT_SEED);
    TrainTest inner = TrainTest.split(outer.train(), 150, SPLIT_SEED).standardized();
    Samples test = new TrainTest(outer.train(), outer.test()).standardized().test();
    PenaltySelection selection =
        new PenaltySelection(PenaltySelection.Loss.SQUARED, inner.train(), inner.test(), 100);
    BilevelProblem problem = selection.problem();
    return of(
        "diabetes-ridge",
        "bilevel: a ridge parameter for each of 10 coefficients, linear regression",
        "Linear regression on the diabetes data, a ridge parameter exp(x_j) for each of the 10"
            + " coefficients: 150 training, 150 validation, 142 test samples, targets divided by"
            + " 100; starts within 1 of x = -2.",
        TwoForms.same(problem),
        around(-2, problem.upperDimension(), new double[problem.lowerDimension()]),
        1e-6,
        gradients(1500, 10),
        List.of(Metric.loss("test error")),
        (x, y) -> new double[] {selection.loss(y, test)});
  }

  /**
   * One ridge parameter for each coefficient of a logistic regression.
   *
   * @return the problem, 30 hyper-parameters
   */
  public static Problem<TwoForms> cancerRidge() {
    TrainTest outer = TrainTest.split(DataSets.breastCancer(), 300, SPLIT_SEED).standardized();
    TrainTest inner = TrainTest.split(outer.train(), 150, SPLIT_SEED);
    PenaltySelection selection =
        new PenaltySelection(PenaltySelection.Loss.LOGISTIC, inner.train(), inner.test(), 1);
    BilevelProblem problem = selection.problem();
    return of(
        "cancer-ridge",
        "bilevel: a ridge parameter for each of 30 coefficients, logistic regression",
        "Logistic regression on breast tumours, a ridge parameter exp(x_j) for each of the 30"
            + " coefficients: 150 training, 150 validation, 269 test samples; starts within 1 of x"
            + " = -2.",
        TwoForms.same(problem),
        around(-2, problem.upperDimension(), new double[problem.lowerDimension()]),
        1e-6,
        gradients(1500, 10),
        List.of(Metric.accuracy("test accuracy")),
        (x, y) -> new double[] {PenaltySelection.accuracy(y, outer.test())});
  }

  /**
   * One slack cost for each training sample of a support vector machine.
   *
   * @return the problem, 60 hyper-parameters; its lower level has 60 coupled constraints
   */
  public static Problem<TwoForms> cancerMargin() {
    TrainTest outer = TrainTest.split(DataSets.breastCancer(), 160, SPLIT_SEED).standardized();
    TrainTest inner = TrainTest.split(outer.train(), 60, SPLIT_SEED);
    MarginSelection selection = new MarginSelection(inner.train(), inner.test());
    TwoForms forms = new TwoForms(selection.constrained(), selection.reduced());
    double[] lower = lowerSolution(forms, selection, -5.5);
    return of(
        "cancer-svm",
        "bilevel: a slack cost for each of 60 samples, support vector machine",
        "A support vector machine on breast tumours, a slack cost exp(x_i) for each of 60 training"
            + " samples; 100 validation, 409 test samples. LV-HBA and BiC-GAFFA see the margins as"
            + " constraints of the lower level, the others its reduced form; starts within 1/2 of x"
            + " = -5.5, with the machine trained at -5.5.",
        forms,
        around(-5.5, 0.5, forms.stated().upperDimension(), lower),
        1e-6,
        gradients(1000, 10),
        List.of(Metric.accuracy("test accuracy")),
        (x, y) -> new double[] {PenaltySelection.accuracy(y, outer.test())});
  }

  private static double[] lowerSolution(TwoForms forms, MarginSelection selection, double cost) {
    double[] x = new double[forms.stated().upperDimension()];
    Arrays.fill(x, cost);
    double[] y = new double[forms.reduced().lowerDimension()];
    InnerSolver.newton(forms.reduced(), 1e-10, 100).solve(x, y);
    return selection.withSlack(y);
  }

  /**
   * One weight for each training sample, some of which have a wrong label.
   *
   * @return the problem, 90 hyper-parameters
   */
  public static Problem<TwoForms> digitsCleaning() {
    Samples raw = DataSets.digits();
    double[] sixteen = new double[raw.features()];
    Arrays.fill(sixteen, 16);
    Samples digits = raw.scaled(new double[raw.features()], sixteen);
    TrainTest outer = TrainTest.split(digits, 150, SPLIT_SEED);
    TrainTest inner = TrainTest.split(outer.train(), 90, SPLIT_SEED);
    HyperCleaning cleaning =
        new HyperCleaning(inner.train(), inner.test(), 10, 0.3, 1e-3, RandomStream.of(SPLIT_SEED));
    BilevelProblem problem = cleaning.problem();
    boolean[] wrong = cleaning.corrupted();
    return of(
        "digits-cleaning",
        "bilevel: a weight for each of 90 samples with wrong labels, softmax regression",
        "Softmax regression on handwritten digits, a weight sigmoid(x_i) for each of 90 training"
            + " samples of which 27 have a wrong label; 60 validation, 1,647 test samples; starts"
            + " within 1 of x = 1. A label counts as found where its weight is below 1/2.",
        TwoForms.same(problem),
        around(1, problem.upperDimension(), new double[problem.lowerDimension()]),
        1e-3,
        gradients(400, 5),
        List.of(
            Metric.accuracy("test accuracy"),
            Metric.accuracy("wrong labels found"),
            Metric.accuracy("right labels kept")),
        (x, y) -> {
          double found = 0;
          double kept = 0;
          for (int i = 0; i < x.length; i++) {
            found += wrong[i] && x[i] < 0 ? 1 : 0;
            kept += !wrong[i] && x[i] >= 0 ? 1 : 0;
          }
          int all = (int) IntStream.range(0, x.length).filter(i -> wrong[i]).count();
          return new double[] {
            cleaning.accuracy(y, outer.test()), found / all, kept / (x.length - all)
          };
        });
  }

  private static Budget gradients(long total, int points) {
    return new Budget(CostUnit.GRADIENTS, total, points);
  }

  private static Start around(double x, int n, double[] y) {
    return around(x, 1, n, y);
  }

  private static Start around(double x, double radius, int n, double[] y) {
    double[] lower = new double[n + y.length];
    double[] upper = new double[n + y.length];
    Arrays.fill(lower, 0, n, x - radius);
    Arrays.fill(upper, 0, n, x + radius);
    System.arraycopy(y, 0, lower, n, y.length);
    System.arraycopy(y, 0, upper, n, y.length);
    return Start.uniform(lower, upper);
  }

  private static Problem<TwoForms> of(
      String name,
      String summary,
      String description,
      TwoForms forms,
      Start start,
      double tolerance,
      Budget budget,
      List<Metric> tested,
      Test test) {
    return new Problem<>(
        name,
        summary,
        description
            + " Gradients are partial gradients of either level and products with second"
            + " derivatives or constraints.",
        Parameters.vector(start.dimension()),
        start,
        budget,
        Stream.concat(Stream.of(VALIDATION), tested.stream()).toList(),
        () -> new Problem.Instance<>(forms, new Judge(forms.reduced(), tolerance, test)));
  }

  /** What else is measured of hyper-parameters x and their model y. */
  @FunctionalInterface
  private interface Test {
    double[] at(double[] x, double[] y);
  }

  /** Solves the lower level at the hyper-parameters of a point, from the point's own model. */
  private static final class Judge implements Problem.Measurement {

    private final BilevelProblem problem;
    private final Test test;
    private final InnerSolver solver;

    Judge(BilevelProblem problem, double tolerance, Test test) {
      this.problem = problem;
      this.test = test;
      solver = InnerSolver.newton(problem, tolerance, 100);
    }

    @Override
    public double[] at(double[] point) {
      int n = problem.upperDimension();
      double[] x = Arrays.copyOf(point, n);
      double[] y = Arrays.copyOfRange(point, n, n + problem.lowerDimension());
      solver.solve(x, y);
      return DoubleStream.concat(
              DoubleStream.of(problem.upper().value(x, y)), DoubleStream.of(test.at(x, y)))
          .toArray();
    }
  }
}
