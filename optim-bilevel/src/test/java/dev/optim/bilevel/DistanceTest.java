package dev.optim.bilevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.StopReason;
import org.assertj.core.api.OptionalAssert;
import org.junit.jupiter.api.Test;

/** When an iterate is out of every scale. */
class DistanceTest {

  private static OptionalAssert<StopReason> at(double reach, double... block) {
    return assertThat(Distance.outcome(new double[][] {{0.5}, block}, reach));
  }

  @Test
  void itIsTheLargestCoordinateThatCounts() {
    at(1e12, 1, -2).isEmpty();
    // the norm is beyond the reach, and no coordinate
    at(1e12, 0.9e12, -0.9e12).isEmpty();
    at(1e12, 0, -1.1e12).contains(StopReason.DIVERGED);
    at(1e12, 1e200).contains(StopReason.DIVERGED);
    at(1e12).isEmpty();
  }

  @Test
  void squaresThatOverflowAreNotInfinite() {
    at(1e200, 1e199, 1e199).isEmpty();
    at(1e200, -2e200).contains(StopReason.DIVERGED);
  }

  @Test
  void whatIsNotFiniteIsSaidSo() {
    at(1e12, 1, Double.NaN).contains(StopReason.NON_FINITE);
    at(1e12, Double.NEGATIVE_INFINITY).contains(StopReason.NON_FINITE);
    at(1e200, Double.POSITIVE_INFINITY).contains(StopReason.NON_FINITE);
  }
}
