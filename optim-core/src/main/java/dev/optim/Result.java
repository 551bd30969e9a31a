package dev.optim;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a run led to.
 *
 * <p>The point is the best finite one seen; for methods that know no values it is the last one.
 */
public final class Result {

  private final double[] point;
  private final double value;
  private final StopReason reason;
  private final long iterations;
  private final Evaluations.Counts evaluations;
  private final Duration elapsed;
  private final Optional<Throwable> failure;
  private final List<RuntimeException> warnings;

  Result(
      double[] point,
      double value,
      StopReason reason,
      long iterations,
      Evaluations.Counts evaluations,
      Duration elapsed,
      Optional<Throwable> failure,
      List<RuntimeException> warnings) {
    this.point = point;
    this.value = value;
    this.reason = reason;
    this.iterations = iterations;
    this.evaluations = evaluations;
    this.elapsed = elapsed;
    this.failure = failure;
    this.warnings = List.copyOf(warnings);
  }

  Result withWarnings(List<RuntimeException> warnings) {
    return new Result(point, value, reason, iterations, evaluations, elapsed, failure, warnings);
  }

  /**
   * The best point seen.
   *
   * @return a new array with its coordinates
   */
  public double[] point() {
    return point.clone();
  }

  /**
   * The objective's value at {@link #point}.
   *
   * @return the value, NaN if the method knows none or no finite value was ever seen
   */
  public double value() {
    return value;
  }

  /**
   * Why the run ended.
   *
   * @return the reason
   */
  public StopReason reason() {
    return reason;
  }

  /**
   * The iterations made, those before a resumed checkpoint included.
   *
   * @return the number
   */
  public long iterations() {
    return iterations;
  }

  /**
   * How often the problem was asked, before a resumed checkpoint included.
   *
   * @return the counts
   */
  public Evaluations.Counts evaluations() {
    return evaluations;
  }

  /**
   * The time this call took; a resumed run counts from where it went on.
   *
   * @return the time by the wall clock
   */
  public Duration elapsed() {
    return elapsed;
  }

  /**
   * What the problem, the method or a stop condition threw.
   *
   * @return present if and only if the reason is {@link StopReason#EVALUATION_FAILED} or {@link
   *     StopReason#METHOD_FAILED}
   */
  public Optional<Throwable> failure() {
    return failure;
  }

  /**
   * What went wrong beside the run and did it no harm: what observers threw (each was asked no more
   * after that) and checkpoints that could not be written. And what the run says of itself, each a
   * {@link RunWarning}.
   *
   * @return one exception for each failure, in order
   */
  public List<RuntimeException> warnings() {
    return warnings;
  }

  /**
   * This result, unless the run went wrong.
   *
   * @return this
   * @throws IllegalStateException if {@link StopReason#failed}; its cause is {@link #failure}
   */
  public Result orThrow() {
    if (reason.failed()) {
      throw new IllegalStateException("the run ended with " + reason, failure.orElse(null));
    }
    return this;
  }

  @Override
  public String toString() {
    return "Result[value="
        + value
        + ", reason="
        + reason
        + ", iterations="
        + iterations
        + ", evaluations="
        + evaluations
        + "]";
  }
}
