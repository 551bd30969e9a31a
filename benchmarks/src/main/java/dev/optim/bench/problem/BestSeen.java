package dev.optim.bench.problem;

import dev.optim.DifferentiableObjective;
import dev.optim.Objective;
import java.util.concurrent.atomic.DoubleAccumulator;

/**
 * The smallest value among all a method was told in a run: what COCO, and More and Wild, measure
 * methods by, wherever these think the minimum is. One for each run; safe for use from several
 * threads.
 */
public final class BestSeen {

  private final DoubleAccumulator best =
      new DoubleAccumulator((a, b) -> b < a ? b : a, Double.POSITIVE_INFINITY);

  /** Nothing has been seen. */
  public BestSeen() {}

  /**
   * The smallest value so far.
   *
   * @return the value; infinity before the first that is a number
   */
  public double value() {
    return best.get();
  }

  /**
   * Watches the values of an objective.
   *
   * @param objective what the method asks
   * @return the same, watched
   */
  public Objective watching(Objective objective) {
    return x -> seen(objective.value(x));
  }

  /**
   * Watches the values of an objective, those that come with a gradient too.
   *
   * @param objective what the method asks
   * @return the same, watched; as a whole, without terms
   */
  public DifferentiableObjective watching(DifferentiableObjective objective) {
    return new DifferentiableObjective() {
      @Override
      public double value(double[] x) {
        return seen(objective.value(x));
      }

      @Override
      public void gradient(double[] x, double[] out) {
        objective.gradient(x, out);
      }

      @Override
      public double valueAndGradient(double[] x, double[] out) {
        return seen(objective.valueAndGradient(x, out));
      }
    };
  }

  private double seen(double value) {
    best.accumulate(value);
    return value;
  }
}
