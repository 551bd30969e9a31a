package dev.optim.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpreadTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void interpolatesLikeNumPy() {
    // numpy.quantile([1, 2, 4, 8], [0, .25, .5, .75, 1])
    assertThat(Spread.of(new double[] {8, 1, 4, 2}, Metric.Better.LOWER))
        .isEqualTo(new Spread(1, 1.75, 3, 5, 8));
  }

  @Test
  void ofOneValueIsThatValue() {
    assertThat(Spread.of(new double[] {7}, Metric.Better.LOWER))
        .isEqualTo(new Spread(7, 7, 7, 7, 7));
  }

  @Test
  void ofNothingIsNotANumber() {
    assertThat(Spread.of(new double[0], Metric.Better.LOWER).median()).isNaN();
  }

  @Test
  void aBadNumberIsTheWorstInEitherDirection() {
    double[] values = {Double.NaN, 1, 2};

    assertThat(Spread.of(values, Metric.Better.LOWER))
        .isEqualTo(new Spread(1, 1.5, 2, INFINITY, INFINITY));
    assertThat(Spread.of(values, Metric.Better.HIGHER))
        .isEqualTo(new Spread(-INFINITY, -INFINITY, 1, 1.5, 2));
  }

  @Test
  void infinitiesOnlyStayInfinite() {
    assertThat(Spread.of(new double[] {INFINITY, INFINITY}, Metric.Better.LOWER).median())
        .isEqualTo(INFINITY);
  }

  @Test
  void leavesItsInputAsItWas() {
    double[] values = {3, Double.NaN, 1};

    Spread.of(values, Metric.Better.LOWER);

    assertThat(values).containsExactly(3, Double.NaN, 1);
  }
}
