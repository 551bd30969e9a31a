package dev.optim.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A made-up comparison of the size and shape of a real one: exponential decays with noise. Nothing
 * in it was measured.
 */
final class SampleReport {

  private static final int SEEDS = 5;
  private static final List<String> OPTIMIZERS =
      List.of("SGD", "Nesterov", "RMSProp", "Adam", "AdamW", "AdamP", "NAdam", "Lion");

  private SampleReport() {}

  /**
   * Writes a sample to look at.
   *
   * @param arguments the directory, and the points per run
   */
  public static void main(String[] arguments) throws IOException {
    ReportWriter.write(of(Integer.parseInt(arguments[1])), Path.of(arguments[0]));
  }

  /** Four problems, eight optimizers, five seeds, two of the runs failed. */
  static Report of(int pointsPerRun) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("Library", "optim 0.1.0-SNAPSHOT, commit 0000000");
    environment.put("JDK", "17.0.15+6, OpenJDK 64-Bit Server VM");
    environment.put("Flags", "-Xmx2g --add-modules jdk.incubator.vector");
    environment.put("CPU", "sample processor, 2 cores");
    environment.put("Seeds", "1 to 5");
    return new Report(
        "First-order methods on small, honest problems",
        Instant.parse("2026-11-01T12:00:00Z"),
        environment,
        List.of(1e-1, 1e-2, 1e-3),
        List.of(
            problem(
                "Softmax regression on digits",
                "Ten classes of 8 × 8 handwritten digits (UCI), cross-entropy with a small l2 term, "
                    + "mini-batches of 64.",
                650,
                pointsPerRun,
                0.06,
                true),
            problem(
                "One hidden layer on digits",
                "The same digits through 32 hidden units with tanh; not convex, so seeds differ.",
                2410,
                pointsPerRun,
                0.004,
                true),
            problem(
                "Logistic regression on breast cancer",
                "Thirty standardised features of 569 tumours, full gradients.",
                31,
                pointsPerRun,
                0.045,
                true),
            problem(
                "Rosenbrock",
                "The curved valley in ten dimensions, from (−1.2, 1, −1.2, 1, ...); the minimum is 0.",
                10,
                pointsPerRun,
                1e-11,
                false)));
  }

  private static ProblemReport problem(
      String name, String description, int dimension, int points, double floor, boolean accuracy) {
    List<Metric> metrics =
        accuracy
            ? List.of(Metric.loss("training loss"), Metric.accuracy("test accuracy"))
            : List.of(Metric.loss("distance to the minimum value"));
    List<OptimizerReport> optimizers =
        IntStream.range(0, OPTIMIZERS.size())
            .mapToObj(index -> optimizer(index, points, floor, accuracy))
            .toList();
    return new ProblemReport(
        name,
        description,
        dimension,
        "gradient evaluations",
        20L * points,
        accuracy ? OptionalDouble.empty() : OptionalDouble.of(0),
        metrics,
        optimizers);
  }

  private static OptimizerReport optimizer(int index, int points, double floor, boolean accuracy) {
    List<RunReport> runs = new ArrayList<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      if (index == 7 && seed == 3 && floor > 0.01) {
        runs.add(new RunReport.Failed(seed, "the loss was not finite at iteration 17"));
      } else {
        Random random = new Random(1000L * index + seed + Double.hashCode(floor));
        boolean converges = index >= 3 && !accuracy && seed % 2 == 1;
        Curve curve = curve(index, converges ? points * 3 / 4 : points, floor, accuracy, random);
        runs.add(new RunReport.Completed(seed, converges ? "tolerance" : "budget", curve));
      }
    }
    String steps = "step size " + List.of("0.1", "0.05", "0.001", "0.002").get(index % 4);
    return new OptimizerReport(
        OPTIMIZERS.get(index),
        index < 2 ? steps + ", momentum 0.9" : steps,
        new Tuning(15, 0, 300L * points, 1.5),
        runs);
  }

  private static Curve curve(int index, int points, double floor, boolean accuracy, Random random) {
    double start = accuracy ? 2.3 : 400;
    double rate = (0.5 + 0.35 * ((index * 5) % 8)) * Math.exp(0.2 * random.nextGaussian());
    double own = floor * (1 + 0.5 * ((index * 3) % 8)) * Math.exp(0.15 * random.nextGaussian());
    long nanosPerPoint = (long) (2e6 * (1 + 0.15 * index) * (1 + 0.1 * random.nextDouble()));
    Curve.Builder curve = Curve.builder(accuracy ? 2 : 1);
    for (int point = 0; point < points; point++) {
      double progress = 12.0 * point / points;
      double decay =
          accuracy
              ? 1 / (1 + Math.pow(rate * progress, 1.6))
              : Math.exp(-2.2 * rate * Math.max(0, progress - 2) - 0.6 * progress);
      double loss = (own + (start - own) * decay) * Math.exp(0.02 * random.nextGaussian());
      long nanos = point * nanosPerPoint;
      if (accuracy) {
        double correct = 0.97 - 0.87 * Math.min(1, decay) - 0.3 * own;
        double measured =
            point % 5 == 0 || point == points - 1
                ? Math.rint(360 * (correct + 0.004 * random.nextGaussian())) / 360
                : Double.NaN;
        curve.add(Spent.of(20L * point, nanos), loss, measured);
      } else {
        curve.add(Spent.of(20L * point, nanos), loss);
      }
    }
    return curve.build();
  }
}
