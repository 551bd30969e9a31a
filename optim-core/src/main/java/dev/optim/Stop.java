package dev.optim;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * When a run ends: an immutable condition, combined with {@link #or} and {@link #and}. What a
 * condition has to remember lives in the {@link Check} that each run gets of its own.
 *
 * <pre>{@code
 * Stop stop = Stop.gradientNorm(1e-8).or(Stop.iterations(10_000)).or(Stop.deadline(Duration.ofMinutes(1)));
 * }</pre>
 */
@FunctionalInterface
public interface Stop {

  /**
   * Begins to watch a run.
   *
   * @return the live condition of one run
   */
  Check begin();

  /** A condition that watches one run. */
  @FunctionalInterface
  interface Check {

    /**
     * Looks at the iterate. It is called at the start and after each iteration, once each.
     *
     * @param iterate live; not to be kept
     * @return why the run shall end, or empty
     */
    Optional<StopReason> check(Iterate iterate);
  }

  /**
   * Ends as soon as one of the two conditions holds.
   *
   * @param other the other condition
   * @return the union; where both hold the reason is that of this one
   */
  default Stop or(Stop other) {
    requireNonNull(other, "other");
    return () -> {
      Check first = begin();
      Check second = other.begin();
      return iterate -> {
        // both are asked at every iterate: each has to see them all
        Optional<StopReason> a = first.check(iterate);
        Optional<StopReason> b = second.check(iterate);
        return a.isPresent() ? a : b;
      };
    };
  }

  /**
   * Ends when both conditions hold at the same iterate.
   *
   * @param other the other condition
   * @return the intersection; the reason is that of this one
   */
  default Stop and(Stop other) {
    requireNonNull(other, "other");
    return () -> {
      Check first = begin();
      Check second = other.begin();
      return iterate -> {
        Optional<StopReason> a = first.check(iterate);
        Optional<StopReason> b = second.check(iterate);
        return b.isPresent() ? a : Optional.empty();
      };
    };
  }

  /**
   * Ends where a condition of the user's own holds.
   *
   * @param reason the reason to give
   * @param condition asked at every iterate
   * @return the condition
   */
  static Stop when(StopReason reason, Predicate<? super Iterate> condition) {
    requireNonNull(reason, "reason");
    requireNonNull(condition, "condition");
    Optional<StopReason> yes = Optional.of(reason);
    Check check = iterate -> condition.test(iterate) ? yes : Optional.empty();
    return () -> check;
  }

  /**
   * Ends after a number of iterations.
   *
   * @param most the iterations allowed, at least 0; 0 evaluates the start and no more
   * @return the condition
   */
  static Stop iterations(long most) {
    Checks.atLeast("iterations", most, 0);
    return when(StopReason.ITERATION_BUDGET, iterate -> iterate.iteration() >= most);
  }

  /**
   * Ends once a number of objective values has been used. A budget is looked at between iterations:
   * the last iteration may go over it.
   *
   * @param most the values allowed, at least 0
   * @return the condition
   */
  static Stop values(long most) {
    Checks.atLeast("values", most, 0);
    return when(StopReason.EVALUATION_BUDGET, iterate -> iterate.evaluations().values() >= most);
  }

  /**
   * Ends once a number of gradients has been used; the last iteration may go over it.
   *
   * @param most the gradients allowed, at least 0
   * @return the condition
   */
  static Stop gradients(long most) {
    Checks.atLeast("gradients", most, 0);
    return when(StopReason.EVALUATION_BUDGET, iterate -> iterate.evaluations().gradients() >= most);
  }

  /**
   * Ends once a number of term gradients of a finite sum has been used: n of them are one epoch.
   *
   * @param most the terms allowed, at least 0
   * @return the condition
   */
  static Stop terms(long most) {
    Checks.atLeast("terms", most, 0);
    return when(StopReason.EVALUATION_BUDGET, iterate -> iterate.evaluations().terms() >= most);
  }

  /**
   * Ends once a number of questions has been put to a ranking oracle.
   *
   * @param most the questions allowed, at least 0
   * @return the condition
   */
  static Stop rankings(long most) {
    Checks.atLeast("rankings", most, 0);
    return when(StopReason.EVALUATION_BUDGET, iterate -> iterate.evaluations().rankings() >= most);
  }

  /**
   * Ends when the value is at or below a target.
   *
   * @param value the target; not NaN
   * @return the condition
   */
  static Stop target(double value) {
    Checks.require(!Double.isNaN(value), "value", value, "a number");
    return when(StopReason.TARGET_REACHED, iterate -> iterate.value() <= value);
  }

  /**
   * Ends when the Euclidean norm of the gradient is at or below a tolerance. It never holds for
   * methods that do not report {@link Iterate#GRADIENT_NORM}.
   *
   * @param tolerance at least 0, in units of value per coordinate
   * @return the condition
   */
  static Stop gradientNorm(double tolerance) {
    Checks.nonNegative("tolerance", tolerance);
    return when(
        StopReason.GRADIENT_TOLERANCE,
        iterate -> iterate.metric(Iterate.GRADIENT_NORM) <= tolerance);
  }

  /**
   * Ends when no coordinate has moved by more than a tolerance since the iteration before. A step
   * that was skipped or held back, as accumulation does, does not move the point either: do not
   * join it with those.
   *
   * @param tolerance at least 0, in the unit of the coordinates
   * @return the condition
   */
  static Stop pointChange(double tolerance) {
    Checks.nonNegative("tolerance", tolerance);
    return () -> new PointChange(tolerance);
  }

  /**
   * Ends when the best value has not become better by a relative amount within a window of
   * iterations.
   *
   * @param window the iterations without improvement, at least 1
   * @param relativeImprovement by how much of |best| (or of 1, if that is more) a value has to lie
   *     below the best to count; at least 0
   * @return the condition; it never holds for methods that know no value
   */
  static Stop stagnation(long window, double relativeImprovement) {
    Checks.atLeastOne("window", window);
    Checks.nonNegative("relativeImprovement", relativeImprovement);
    return () -> new Stagnation(window, relativeImprovement);
  }

  /**
   * Ends after a time. It is looked at between iterations: an evaluation that hangs is not
   * interrupted by it.
   *
   * @param allowed the time from the start of the run, more than zero
   * @return the condition
   */
  static Stop deadline(Duration allowed) {
    return deadline(allowed, System::nanoTime);
  }

  /**
   * Ends after a time told by the given clock.
   *
   * @param allowed the time from the start of the run, more than zero
   * @param nanoClock nanoseconds from any origin, never going back
   * @return the condition
   */
  static Stop deadline(Duration allowed, LongSupplier nanoClock) {
    requireNonNull(nanoClock, "nanoClock");
    if (allowed.isNegative() || allowed.isZero()) {
      throw new IllegalArgumentException("allowed is " + allowed + ", must be more than zero");
    }
    long nanos = saturatedNanos(allowed);
    return () -> {
      long begin = nanoClock.getAsLong();
      return iterate ->
          nanoClock.getAsLong() - begin >= nanos
              ? Optional.of(StopReason.DEADLINE)
              : Optional.empty();
    };
  }

  /**
   * Ends when the point, or a value that is known, is infinite or the point is NaN.
   *
   * @return the condition
   */
  static Stop nonFinite() {
    return when(
        StopReason.NON_FINITE,
        iterate -> {
          if (Double.isInfinite(iterate.value())) {
            return true;
          }
          for (double coordinate : iterate.point()) {
            if (!Double.isFinite(coordinate)) {
              return true;
            }
          }
          return false;
        });
  }

  private static long saturatedNanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException tooLong) {
      return Long.MAX_VALUE;
    }
  }
}
