package dev.optim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final Offset<Double> EXACT = Offset.offset(1e-15);

  @Test
  void constant() {
    assertThat(Schedule.constant(0.3).at(0)).isEqualTo(0.3);
    assertThat(Schedule.constant(0.3).at(Long.MAX_VALUE)).isEqualTo(0.3);
  }

  @Test
  void cosineGoesHalfWayInTheMiddle() {
    Schedule cosine = Schedule.cosine(1, 0.2, 100);
    assertThat(cosine.at(0)).isEqualTo(1);
    assertThat(cosine.at(50)).isCloseTo(0.6, EXACT);
    assertThat(cosine.at(25)).isCloseTo(0.2 + 0.8 * (1 + Math.sqrt(0.5)) / 2, EXACT);
    assertThat(cosine.at(100)).isEqualTo(0.2);
    assertThat(cosine.at(Long.MAX_VALUE)).isEqualTo(0.2);
  }

  @Test
  void warmUpRisesToTheFirstValueAndThenBeginsTheSchedule() {
    Schedule warm = Schedule.cosine(1, 0, 10).withWarmUp(4);
    assertThat(warm.at(0)).isEqualTo(0.25);
    assertThat(warm.at(2)).isEqualTo(0.75);
    assertThat(warm.at(3)).isEqualTo(1);
    assertThat(warm.at(4)).isEqualTo(1);
    assertThat(warm.at(9)).isCloseTo(0.5, EXACT);
    assertThat(warm.at(14)).isZero();
  }

  @Test
  void warmUpStableDecay() {
    Schedule wsd = Schedule.stableThenDecay(1, 0.1, 10, 9).withWarmUp(5);
    assertThat(wsd.at(4)).isEqualTo(1);
    assertThat(wsd.at(15)).isEqualTo(1);
    assertThat(wsd.at(18)).isCloseTo(0.7, EXACT);
    assertThat(wsd.at(24)).isCloseTo(0.1, EXACT);
    assertThat(wsd.at(1000)).isCloseTo(0.1, EXACT);
  }

  @Test
  void polynomialExponentialStaircase() {
    assertThat(Schedule.polynomial(1, 0, 2, 10).at(5)).isCloseTo(0.25, EXACT);
    assertThat(Schedule.polynomial(1, 0.5, 1, 10).at(20)).isEqualTo(0.5);
    assertThat(Schedule.exponential(8, 0.5, 10).at(30)).isCloseTo(1, EXACT);
    assertThat(Schedule.exponential(8, 0.25, 10).at(5)).isCloseTo(4, EXACT);
    Schedule staircase = Schedule.staircase(1, 0.1, 30, 60);
    assertThat(staircase.at(29)).isEqualTo(1);
    assertThat(staircase.at(30)).isCloseTo(0.1, EXACT);
    assertThat(staircase.at(60)).isCloseTo(0.01, EXACT);
  }

  @Test
  void everyScheduleNamesItsParametersForCheckpoints() {
    assertThat(Schedule.staircase(1, 0.1, 30, 60).withWarmUp(5))
        .hasToString(
            "WarmUp[after=Staircase[initial=1.0, factor=0.1, milestones=[30, 60]], steps=5]");
    assertThat(Schedule.constant(1)).isEqualTo(Schedule.constant(1));
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> Schedule.constant(Double.NaN)).hasMessageContaining("value is NaN");
    assertThatThrownBy(() -> Schedule.cosine(1, 0, 0)).hasMessageContaining("steps is 0");
    assertThatThrownBy(() -> Schedule.polynomial(1, 0, 0, 5)).hasMessageContaining("power is 0.0");
    assertThatThrownBy(() -> Schedule.exponential(1, 1.5, 5)).hasMessageContaining("factor is 1.5");
    assertThatThrownBy(() -> Schedule.staircase(1, 0.1)).hasMessageContaining("milestones");
    assertThatThrownBy(() -> Schedule.staircase(1, 0.1, 5, 5)).hasMessageContaining("must rise");
    assertThatThrownBy(() -> Schedule.stableThenDecay(1, 0, -1, 5))
        .hasMessageContaining("stable is -1");
    assertThatThrownBy(() -> Schedule.constant(1).withWarmUp(0)).hasMessageContaining("steps is 0");
  }
}
