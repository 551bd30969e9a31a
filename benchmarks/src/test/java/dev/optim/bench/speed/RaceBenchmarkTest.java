package dev.optim.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

class RaceBenchmarkTest {

  /** JMH refuses to run beside another JMH; nothing here depends on how long anything takes. */
  @BeforeAll
  static void besideAnyOther() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  @Test
  void aRaceIsRunInAJvmOfItsOwn() throws RunnerException {
    Measurement of = new Bench(1, 100, 60_000, 1, 20).measure(Goals.named("lion-dead-parameters"));

    assertThat(of.failure()).isNull();
    assertThat(of.figure()).isPositive();
    assertThat(of.ratio()).isPositive();
  }

  @Test
  void aRaceThatCannotBeMadeIsAFailureAndNotAnError() throws RunnerException {
    Goal unknown = Goal.noGarbage("unknown", () -> () -> {});

    Measurement of = new Bench(1, 100, 60_000, 1, 20).measure(unknown);

    assertThat(of.failure()).contains("no goal unknown");
    assertThat(of.met()).isFalse();
  }

  @Test
  void allocationIsCountedOverAllThreadsThatAreThere() {
    int[][] kept = new int[1][];
    Lap lap = new Lap(() -> kept[0] = new int[1000]);
    Lap nothing = new Lap(() -> {});
    for (int i = 0; i < 5; i++) {
      lap.run(20);
      nothing.run(20);
    }

    assertThat(lap.bytesPerCall()).isBetween(4000.0, 5000.0);
    assertThat(nothing.bytesPerCall()).isLessThan(1);
  }
}
