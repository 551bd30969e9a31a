package dev.optim.schedule;

import java.util.Arrays;

/**
 * A scalar, most often the step size, as a function of the step: a pure function, the same at every
 * call. Steps count from 0.
 *
 * <pre>{@code
 * Schedule stepSize = Schedule.cosine(1e-3, 1e-5, 9_500).withWarmUp(500);
 * }</pre>
 *
 * <p>Schedules are written into checkpoints by their {@code toString}; one of your own should be a
 * record or override it.
 *
 * @see Plateau for a step size that depends on the loss
 */
@FunctionalInterface
public interface Schedule {

  /**
   * The value at a step.
   *
   * @param step at least 0
   * @return the value; what uses it checks it at every step
   */
  double at(long step);

  /**
   * The same value at every step.
   *
   * @param value finite
   * @return the schedule
   */
  static Schedule constant(double value) {
    return new Constant(value);
  }

  /**
   * Half a cosine from a peak down to a floor, then the floor (Loshchilov and Hutter, SGDR, 2017,
   * without restarts).
   *
   * @param peak the value at step 0, finite
   * @param floor the value from step {@code steps} on, finite
   * @param steps the length of the decay, at least 1
   * @return the schedule
   */
  static Schedule cosine(double peak, double floor, long steps) {
    return new Cosine(peak, floor, steps);
  }

  /**
   * Stable, then decaying linearly: with {@link #withWarmUp} the warm-up-stable-decay schedule (Hu
   * et al., MiniCPM, 2024).
   *
   * @param peak the value of the stable phase, finite
   * @param floor the value at the end, finite
   * @param stable the length of the stable phase, at least 0
   * @param decay the length of the decay, at least 1
   * @return the schedule
   */
  static Schedule stableThenDecay(double peak, double floor, long stable, long decay) {
    return new StableDecay(peak, floor, stable, decay);
  }

  /**
   * A polynomial from one value to another: floor + (initial - floor) (1 - step/steps)^power, then
   * the floor. Power 1 is a straight line.
   *
   * @param initial the value at step 0, finite
   * @param floor the value from step {@code steps} on, finite
   * @param power more than 0
   * @param steps the length of the decay, at least 1
   * @return the schedule
   */
  static Schedule polynomial(double initial, double floor, double power, long steps) {
    return new Polynomial(initial, floor, power, steps);
  }

  /**
   * Exponential decay, initial factor^(step/every).
   *
   * @param initial the value at step 0, finite
   * @param factor what is left after {@code every} steps, in (0, 1]
   * @param every a number of steps, at least 1
   * @return the schedule
   */
  static Schedule exponential(double initial, double factor, long every) {
    return new Exponential(initial, factor, every);
  }

  /**
   * A staircase: initial factor^k after k of the milestones.
   *
   * @param initial the value before the first milestone, finite
   * @param factor by what each milestone multiplies, in (0, 1]
   * @param milestones the steps at which the value falls, rising, at least one; copied
   * @return the schedule
   */
  static Schedule staircase(double initial, double factor, long... milestones) {
    return new Staircase(initial, factor, Arrays.stream(milestones).boxed().toList());
  }

  /**
   * This schedule after a linear warm-up: steps 0..steps-1 rise to the first value, at(0) (step +
   * 1)/steps, and this schedule begins at step {@code steps}.
   *
   * @param steps the length of the warm-up, at least 1
   * @return the schedule
   */
  default Schedule withWarmUp(long steps) {
    return new WarmUp(this, steps);
  }
}
