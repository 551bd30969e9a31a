package dev.optim.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllowanceTest {

  private long now = 7_000;

  @Test
  void aGoalBeginsWhileTheLongestSoFarStillFits() {
    Allowance time = new Allowance(Duration.ofNanos(100), () -> now);

    assertThat(lasts(time, 30)).isTrue();
    assertThat(lasts(time, 10)).isTrue(); // 40 are used
    assertThat(lasts(time, 30)).isTrue(); // 70, and the longest took 30
    assertThat(time.begins()).isTrue();
    now++;
    assertThat(time.begins()).isFalse();
    assertThat(time.used()).isEqualTo(Duration.ofNanos(71));
  }

  @Test
  void everyAreaHasItsTurn() {
    List<Goal> goals =
        List.of(
            goal("lion-a"),
            goal("lion-b"),
            goal("lion-c"),
            goal("adam-a").thoroughOnly(),
            goal("adam-b"),
            goal("cbo-a"));

    assertThat(Goals.forALook(goals))
        .extracting(Goal::name)
        .containsExactly("lion-a", "adam-b", "cbo-a", "lion-b", "lion-c");
  }

  private boolean lasts(Allowance time, int nanos) {
    boolean begins = time.begins();
    now += nanos;
    time.ends();
    return begins;
  }

  private static Goal goal(String name) {
    return Goal.noGarbage(name, () -> () -> {});
  }
}
