package dev.optim.bilevel;

import dev.optim.Checks;
import dev.optim.kernel.Elementary;
import dev.optim.schedule.Schedule;

/**
 * Schedules of the penalty parameter sigma: the weight of the upper objective against the lower.
 * The solution of the penalised problem is an O(sigma) from that of the bilevel problem.
 */
public final class Sigma {

  private Sigma() {}

  /**
   * The same sigma throughout: converges to a point O(sigma) from the solution.
   *
   * @param sigma greater than 0
   * @return the schedule
   * @throws IllegalArgumentException if sigma is not a finite number greater than 0
   */
  public static Schedule fixed(double sigma) {
    return new Power(sigma, 0);
  }

  /**
   * sigma_k = first (k+1)^-exponent.
   *
   * @param first sigma_0, greater than 0
   * @param exponent at least 0; 1/3 is usual
   * @return the schedule
   * @throws IllegalArgumentException if an argument is not in its range
   */
  public static Schedule decreasing(double first, double exponent) {
    return new Power(first, exponent);
  }

  /**
   * sigma_k = 1/(first + increment k): the multiplier lambda = 1/sigma of F2SA and F3SA grows by
   * the same amount each iteration.
   *
   * @param first lambda_0, greater than 0
   * @param increment delta, at least 0
   * @return the schedule
   * @throws IllegalArgumentException if an argument is not in its range
   */
  public static Schedule ofMultiplier(double first, double increment) {
    return new Multiplier(first, increment);
  }

  private record Power(double first, double exponent) implements Schedule {
    Power {
      Checks.positive("sigma", first);
      Checks.nonNegative("exponent", exponent);
    }

    @Override
    public double at(long step) {
      // StrictMath.pow allocates
      return first * Elementary.exp(-exponent * Elementary.log(step + 1.0));
    }
  }

  private record Multiplier(double first, double increment) implements Schedule {
    Multiplier {
      Checks.positive("first", first);
      Checks.nonNegative("increment", increment);
    }

    @Override
    public double at(long step) {
      return 1 / (first + increment * step);
    }
  }
}
