package dev.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.random.RandomStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class StartTest {

  @Test
  void aPointIsCopiedInAndOut() {
    double[] given = {1, 2};
    Start start = Start.at(given);
    given[0] = 9;
    double[] drawn = start.sample(RandomStream.of(1));
    assertThat(drawn).containsExactly(1, 2);
    drawn[0] = 7;
    assertThat(start.sample(RandomStream.of(1))).containsExactly(1, 2);
    assertThat(start.spread()).isZero();
    assertThat(start.dimension()).isEqualTo(2);
  }

  @Test
  void uniformFillsItsBoxAndNoMore() {
    double[] lower = {-2, 0, -Double.MAX_VALUE};
    double[] upper = {3, 0, Double.MAX_VALUE};
    Start start = Start.uniform(lower, upper);
    RandomStream random = RandomStream.of(5);
    double least = 9;
    double most = -9;
    for (int i = 0; i < 2000; i++) {
      double[] x = start.sample(random);
      assertThat(x[0]).isBetween(-2.0, 3.0);
      assertThat(x[1]).isZero();
      assertThat(x[2]).isFinite();
      least = Math.min(least, x[0]);
      most = Math.max(most, x[0]);
    }
    assertThat(least).isLessThan(-1.9);
    assertThat(most).isGreaterThan(2.9);
    assertThat(Start.uniform(4, -1, 1).spread())
        .isCloseTo(Math.sqrt(1.0 / 3), Offset.offset(1e-15));
  }

  @Test
  void gaussianHasItsMeanAndDeviation() {
    Start start = Start.gaussian(new double[] {5}, 2);
    RandomStream random = RandomStream.of(5);
    double sum = 0;
    double squares = 0;
    int n = 20_000;
    for (int i = 0; i < n; i++) {
      double x = start.sample(random)[0] - 5;
      sum += x;
      squares += x * x;
    }
    assertThat(sum / n).isCloseTo(0, Offset.offset(0.06));
    assertThat(squares / n).isCloseTo(4, Offset.offset(0.2));
    assertThat(Start.gaussian(new double[] {5}, 0).sample(random)).containsExactly(5);
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> Start.at()).hasMessageContaining("point.length is 0");
    assertThatThrownBy(() -> Start.at(1, Double.NaN))
        .hasMessage("point[1] is NaN, must be a finite number");
    assertThatThrownBy(() -> Start.uniform(new double[] {1, 2}, new double[] {3}))
        .hasMessage("upper has length 1, expected 2");
    assertThatThrownBy(() -> Start.uniform(new double[] {1}, new double[] {0}))
        .hasMessageContaining("below lower[0]");
    assertThatThrownBy(() -> Start.uniform(0, 0, 1)).hasMessageContaining("dimension is 0");
    assertThatThrownBy(() -> Start.gaussian(new double[] {1}, -1))
        .hasMessageContaining("standardDeviation is -1.0");
    assertThatThrownBy(() -> Start.at((double[]) null)).isInstanceOf(NullPointerException.class);
  }
}
