package dev.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StopTest {

  private static Iterate at(long iteration, double value, double... point) {
    return new IterateSnapshot(
        iteration,
        new Evaluations.Counts(iteration, 2 * iteration, 3 * iteration, 4 * iteration),
        point,
        value,
        Map.of(Iterate.GRADIENT_NORM, value / 10));
  }

  private static Optional<StopReason> first(Stop stop, Iterate... iterates) {
    Stop.Check check = stop.begin();
    Optional<StopReason> reason = Optional.empty();
    for (Iterate iterate : iterates) {
      reason = check.check(iterate);
    }
    return reason;
  }

  @Test
  void budgets() {
    assertThat(first(Stop.iterations(3), at(2, 1))).isEmpty();
    assertThat(first(Stop.iterations(3), at(3, 1))).contains(StopReason.ITERATION_BUDGET);
    assertThat(first(Stop.values(3), at(2, 1))).isEmpty();
    assertThat(first(Stop.values(3), at(3, 1))).contains(StopReason.EVALUATION_BUDGET);
    assertThat(first(Stop.gradients(5), at(2, 1))).isEmpty();
    assertThat(first(Stop.gradients(5), at(3, 1))).contains(StopReason.EVALUATION_BUDGET);
    assertThat(first(Stop.terms(7), at(2, 1))).isEmpty();
    assertThat(first(Stop.terms(7), at(3, 1))).contains(StopReason.EVALUATION_BUDGET);
    assertThat(first(Stop.rankings(9), at(2, 1))).isEmpty();
    assertThat(first(Stop.rankings(9), at(3, 1))).contains(StopReason.EVALUATION_BUDGET);
  }

  @Test
  void tolerances() {
    assertThat(first(Stop.target(1), at(0, 1.1))).isEmpty();
    assertThat(first(Stop.target(1), at(0, 1))).contains(StopReason.TARGET_REACHED);
    assertThat(first(Stop.target(1), at(0, Double.NaN))).isEmpty();
    assertThat(first(Stop.gradientNorm(0.1), at(0, 1))).contains(StopReason.GRADIENT_TOLERANCE);
    assertThat(first(Stop.gradientNorm(0.1), at(0, 1.1))).isEmpty();
    assertThat(first(Stop.gradientNorm(0.1), at(0, Double.NaN))).isEmpty();
    assertThat(first(Stop.pointChange(0.5), at(0, 1, 1, 1))).isEmpty();
    assertThat(first(Stop.pointChange(0.5), at(0, 1, 1, 1), at(1, 1, 1, 2))).isEmpty();
    assertThat(first(Stop.pointChange(0.5), at(0, 1, 1, 1), at(1, 1, 1, 1.5)))
        .contains(StopReason.STEP_TOLERANCE);
  }

  @Test
  void stagnationCountsFromTheLastImprovement() {
    Stop stop = Stop.stagnation(2, 0.1);
    assertThat(first(stop, at(0, 10), at(1, 8), at(2, 7.9))).isEmpty();
    assertThat(first(stop, at(0, 10), at(1, 8), at(2, 7.9), at(3, 7.8)))
        .contains(StopReason.STAGNATION);
    assertThat(first(stop, at(0, 10), at(1, 8), at(2, 7.9), at(3, 7.0))).isEmpty();
    assertThat(first(stop, at(0, Double.NaN), at(5, Double.NaN))).isEmpty();
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(first(stop, at(0, infinity), at(1, 10), at(2, 8), at(3, 6))).isEmpty();
  }

  @Test
  void deadlineByTheGivenClock() {
    long[] now = {100};
    Stop stop = Stop.deadline(Duration.ofNanos(50), () -> now[0]);
    Stop.Check check = stop.begin();
    now[0] = 149;
    assertThat(check.check(at(1, 1))).isEmpty();
    now[0] = 150;
    assertThat(check.check(at(2, 1))).contains(StopReason.DEADLINE);
    assertThat(stop.begin().check(at(2, 1))).isEmpty();
    assertThat(Stop.deadline(Duration.ofDays(400_000_000)).begin().check(at(0, 1))).isEmpty();
  }

  @Test
  void nonFinite() {
    assertThat(first(Stop.nonFinite(), at(0, Double.NaN, 1))).isEmpty();
    assertThat(first(Stop.nonFinite(), at(0, Double.NEGATIVE_INFINITY, 1)))
        .contains(StopReason.NON_FINITE);
    assertThat(first(Stop.nonFinite(), at(0, 1, 1, Double.NaN))).contains(StopReason.NON_FINITE);
  }

  @Test
  void orTakesTheFirstReasonAndAndNeedsBoth() {
    Stop low = Stop.target(1);
    Stop many = Stop.iterations(5);
    assertThat(first(low.or(many), at(5, 1))).contains(StopReason.TARGET_REACHED);
    assertThat(first(low.or(many), at(5, 2))).contains(StopReason.ITERATION_BUDGET);
    assertThat(first(low.or(many), at(4, 2))).isEmpty();
    assertThat(first(low.and(many), at(4, 1))).isEmpty();
    assertThat(first(low.and(many), at(5, 2))).isEmpty();
    assertThat(first(low.and(many), at(5, 1))).contains(StopReason.TARGET_REACHED);
  }

  @Test
  void bothSidesSeeEveryIterate() {
    Stop either = Stop.target(-1).or(Stop.stagnation(2, 0));
    assertThat(first(either, at(0, 5), at(1, 4), at(2, 4), at(3, 4)))
        .contains(StopReason.STAGNATION);
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> Stop.iterations(-1))
        .hasMessage("iterations is -1, must be at least 0");
    assertThatThrownBy(() -> Stop.target(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Stop.gradientNorm(-1)).hasMessageContaining("tolerance is -1.0");
    assertThatThrownBy(() -> Stop.deadline(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Stop.stagnation(0, 0)).hasMessageContaining("window is 0");
  }
}
