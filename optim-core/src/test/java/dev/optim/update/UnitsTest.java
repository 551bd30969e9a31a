package dev.optim.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.schedule.Schedule;
import dev.optim.testing.HeavyBall;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

  /** The largest layout there can be is cut without a gap or an overflow. */
  @ParameterizedTest
  @CsvSource({"2147483647, 1", "1, 2147483647", "46340, 46340", "3, 715827882", "65537, 32767"})
  void coversTheLargestLayouts(int rows, int columns) {
    Parameters layout = Parameters.builder().add("w", rows, columns).build();
    for (UpdateRule.Scope scope : UpdateRule.Scope.values()) {
      UpdateRule[] rules = {new HeavyBall(Schedule.constant(1), scope)};
      Units units = Units.of(layout, rules);
      int next = 0;
      for (int unit = 0; unit < units.count(); unit++) {
        assertThat(units.from(unit)).isEqualTo(next);
        assertThat(units.to(unit)).isGreaterThan(next);
        next = units.to(unit);
      }
      assertThat(next).isEqualTo(layout.length());
      assertThat(units.first(0)).isZero();
      assertThat(units.end(0)).isEqualTo(units.count());
    }
  }
}
