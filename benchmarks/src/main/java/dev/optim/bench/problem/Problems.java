package dev.optim.bench.problem;

import dev.optim.DifferentiableObjective;
import dev.optim.FiniteSum;
import dev.optim.Start;
import dev.optim.bench.data.DataSets;
import dev.optim.bench.data.Samples;
import dev.optim.bench.data.TrainTest;
import dev.optim.bench.report.Metric;
import dev.optim.update.Parameters;
import java.util.Arrays;
import java.util.List;

/** The problems that ship with the benchmarks. */
public final class Problems {

  private static final long SPLIT_SEED = 123;
  private static final int DIGITS_TRAINED = 1400;
  private static final int TUMOURS_TRAINED = 400;
  private static final List<Metric> CLASSIFICATION =
      List.of(Metric.loss("training loss"), Metric.accuracy("test accuracy"));

  private Problems() {}

  /**
   * Softmax regression on handwritten digits, 650 variables, convex.
   *
   * @return the problem, starting at zero
   */
  public static Problem<FiniteSum> digitsSoftmax() {
    double l2 = 1e-4;
    TrainTest data = digits();
    ReluNetwork model = new ReluNetwork(data.train(), 10, l2);
    return new Problem<>(
        "digits-softmax",
        "softmax regression on handwritten digits, 650 variables, convex",
        "Softmax regression on 8 x 8 handwritten digits: 1,400 training and 397 test samples,"
            + " cross entropy plus 1e-4/2 |weights|^2; convex; starts at zero.",
        model.layout(),
        Start.at(new double[model.layout().length()]),
        epochs(30, model),
        CLASSIFICATION,
        () -> network(data, l2));
  }

  /**
   * A network with one hidden layer on handwritten digits, 2,410 variables, not convex.
   *
   * @return the problem, starting at random weights
   */
  public static Problem<FiniteSum> digitsMlp() {
    double l2 = 1e-4;
    TrainTest data = digits();
    ReluNetwork model = new ReluNetwork(data.train(), 10, l2, 32);
    return new Problem<>(
        "digits-mlp",
        "a 64-32-10 network on handwritten digits, 2,410 variables",
        "A 64-32-10 network of rectified units on 8 x 8 handwritten digits: 1,400 training and 397"
            + " test samples, cross entropy plus 1e-4/2 |weights|^2; He's random start.",
        model.layout(),
        new HeStart(model.layout()),
        epochs(30, model),
        CLASSIFICATION,
        () -> network(data, l2, 32));
  }

  /**
   * Logistic regression on breast tumours, 31 variables, convex.
   *
   * @return the problem, starting at zero
   */
  public static Problem<FiniteSum> cancerLogistic() {
    double l2 = 1e-3;
    TrainTest data =
        TrainTest.split(DataSets.breastCancer(), TUMOURS_TRAINED, SPLIT_SEED).standardized();
    LogisticRegression model = new LogisticRegression(data.train(), l2);
    return new Problem<>(
        "cancer-logistic",
        "logistic regression on breast tumours, 31 variables, convex",
        "Logistic regression on 30 standardised measurements of breast tumours: 400 training and"
            + " 169 test samples, cross entropy plus 1e-3/2 |weights|^2; convex; starts at zero.",
        model.layout(),
        Start.at(new double[model.layout().length()]),
        epochs(40, model),
        CLASSIFICATION,
        () -> {
          LogisticRegression train = new LogisticRegression(data.train(), l2);
          LogisticRegression test = new LogisticRegression(data.test(), 0);
          return new Problem.Instance<>(
              train, x -> new double[] {train.value(x), test.accuracy(x)});
        });
  }

  /**
   * Rosenbrock's function in ten variables.
   *
   * @return the problem, starting near (-1.2, 1, -1.2, 1, ...)
   */
  public static Problem<DifferentiableObjective> rosenbrock() {
    double[] classic = new double[10];
    for (int i = 0; i < classic.length; i++) {
      classic[i] = i % 2 == 0 ? -1.2 : 1;
    }
    Rosenbrock function = new Rosenbrock();
    return new Problem<DifferentiableObjective>(
            "rosenbrock-10",
            "Rosenbrock's curved valley in 10 variables",
            "Rosenbrock's function in 10 variables: a curved valley with its minimum, 0, at"
                + " (1, ..., 1); starts near (-1.2, 1, -1.2, 1, ...), each coordinate with a Gaussian"
                + " of standard deviation 0.1.",
            Parameters.vector(classic.length),
            Start.gaussian(classic, 0.1),
            new Budget(CostUnit.GRADIENTS, 20_000, 100),
            List.of(Metric.loss("value"), Metric.loss("distance to the minimum")),
            () ->
                new Problem.Instance<>(
                    function, x -> new double[] {function.value(x), distanceToOnes(x)}))
        .withLowest(0);
  }

  private static TrainTest digits() {
    Samples raw = DataSets.digits();
    double[] zero = new double[raw.features()];
    double[] sixteen = new double[raw.features()];
    Arrays.fill(sixteen, 16);
    return TrainTest.split(raw.scaled(zero, sixteen), DIGITS_TRAINED, SPLIT_SEED);
  }

  private static Problem.Instance<FiniteSum> network(TrainTest data, double l2, int... hidden) {
    ReluNetwork train = new ReluNetwork(data.train(), 10, l2, hidden);
    ReluNetwork test = new ReluNetwork(data.test(), 10, 0, hidden);
    return new Problem.Instance<>(train, x -> new double[] {train.value(x), test.accuracy(x)});
  }

  private static Budget epochs(int epochs, FiniteSum sum) {
    return new Budget(CostUnit.SAMPLE_GRADIENTS, (long) epochs * sum.terms(), epochs);
  }

  private static double distanceToOnes(double[] x) {
    double squares = 0;
    for (double coordinate : x) {
      squares += (coordinate - 1) * (coordinate - 1);
    }
    return Math.sqrt(squares);
  }
}
