package dev.optim.bench.problem;

import static java.util.Objects.requireNonNull;

import dev.optim.Objective;
import dev.optim.bench.report.Metric;
import java.util.List;

/**
 * Where an objective has its smallest value, and how runs are measured by it.
 *
 * @param point where; one of several places, perhaps
 * @param value the smallest value
 */
public record KnownMinimum(double[] point, double value) {

  /** What {@link #measurement} measures. */
  public static final List<Metric> METRICS =
      List.of(Metric.loss("best value above the minimum"), Metric.loss("distance to the minimum"));

  /** Copies the point. */
  public KnownMinimum {
    point = point.clone();
  }

  @Override
  public double[] point() {
    return point.clone();
  }

  /**
   * Measures by how much the best of all values a method was told is too large, and how far its
   * point is from the minimum. Before it has asked for any, the value of its point counts.
   *
   * @param objective what has this minimum
   * @param seen watches what the method is told
   * @return the measurement of one run
   */
  public Problem.Measurement measurement(Objective objective, BestSeen seen) {
    requireNonNull(objective, "objective");
    requireNonNull(seen, "seen");
    return x -> {
      double best = Double.isInfinite(seen.value()) ? objective.value(x) : seen.value();
      double squares = 0;
      for (int i = 0; i < x.length; i++) {
        squares += (x[i] - point[i]) * (x[i] - point[i]);
      }
      return new double[] {best - value, Math.sqrt(squares)};
    };
  }
}
