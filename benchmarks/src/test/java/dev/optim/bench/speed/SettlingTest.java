package dev.optim.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class SettlingTest {

  private static final Duration CALM = Duration.ofMillis(300);

  private final AtomicInteger heats = new AtomicInteger();
  private long calls = 1;

  @Test
  void waitsUntilNobodyGetsFaster() {
    assertThat(settles(i -> Math.max(10, 100 - 10 * i), i -> 5, i -> 0)).isTrue();
    assertThat(heats).hasValue(9 + 1 + 3);
  }

  @Test
  void waitsForTheReferenceToo() {
    assertThat(settles(i -> 5, i -> Math.max(10, 100 - 10 * i), i -> 0)).isTrue();
    assertThat(heats).hasValue(9 + 1 + 3);
  }

  @Test
  void seesManySmallGains() {
    assertThat(settles(i -> Math.max(20, 100 - 4 * i), i -> 5, i -> 0)).isTrue();
    assertThat(heats.get()).isGreaterThan(18);
  }

  @Test
  void waitsForTheCompiler() {
    assertThat(settles(i -> 5, i -> 5, i -> 100 * Math.min(i, 8))).isTrue();
    assertThat(heats).hasValue(8 + 3);
  }

  @Test
  void noiseAndOtherCompilationDoNotKeepItWaiting() {
    assertThat(settles(i -> i % 2 == 0 ? 10 : 9.8, i -> 5, i -> i)).isTrue();
    assertThat(heats).hasValue(1 + 3);
  }

  @Test
  void manyCallsSettleSooner() {
    calls = 6000;
    assertThat(settles(i -> 5, i -> 5, i -> 0)).isTrue();
    assertThat(heats).hasValue(1 + 2);
  }

  @Test
  void givesUp() {
    assertThat(settles(i -> Math.pow(0.9, i), i -> 5, i -> 0)).isFalse();
    assertThat(heats).hasValue(50);
  }

  /** A heat takes 100 ms. */
  private boolean settles(
      IntToDoubleFunction subject, IntToDoubleFunction reference, IntToLongFunction compiled) {
    Settling settling =
        new Settling(
            CALM,
            Duration.ofSeconds(5),
            () -> heats.get() * 100_000_000L,
            () -> compiled.applyAsLong(heats.get()));
    return settling.await(
        () -> {
          int i = heats.getAndIncrement();
          return new Heat(
              subject.applyAsDouble(i), reference.applyAsDouble(i), Double.NaN, 0, calls);
        });
  }
}
