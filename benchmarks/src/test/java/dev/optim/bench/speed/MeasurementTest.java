package dev.optim.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {

  private static final Runnable NOTHING = () -> {};
  private static final Race RACE = new Race(NOTHING, NOTHING);

  /** The subject takes 1.6, 1.5 and 1.4 ms; the reference about twice as long. */
  private static final Measurement.Fork FORK =
      new Measurement.Fork(
          new double[] {1.6e6, 1.5e6, 1.4e6},
          new double[] {1.9, 2, 2.1},
          new double[] {0, 0.5, 40},
          true);

  @Test
  void aSpeedIsTheReferencesTimeOverTheSubjects() {
    Goal goal = Goal.speed("lion-1m", 2, "a loop", () -> RACE).per(1e6, "element");

    Measurement of = Measurement.of(goal, List.of(FORK));

    assertThat(of.figure()).isEqualTo(1.5);
    assertThat(of.unit()).isEqualTo("ns/element");
    assertThat(of.ratio()).isEqualTo(2);
    assertThat(of.error()).isCloseTo(0.1, within(1e-12));
    assertThat(of.goal()).isEqualTo(">= 2");
    assertThat(of.met()).isTrue();
    assertThat(of.line()).matches("lion-1m +1\\.500 ns/element +2\\.00 ± 0\\.10 +>= 2 +met +.*");
    Goal higher = Goal.speed("lion-1m", 2.01, "a loop", () -> RACE);
    assertThat(Measurement.of(higher, List.of(FORK)).met()).isFalse();
  }

  @Test
  void aCostIsTheSubjectsTimeOverTheReferences() {
    Goal goal = Goal.cost("iteration", 0.5, "its gradients", () -> RACE);

    Measurement of = Measurement.of(goal, List.of(FORK));

    assertThat(of.figure()).isEqualTo(1.5);
    assertThat(of.unit()).isEqualTo("ms");
    assertThat(of.ratio()).isEqualTo(0.5);
    assertThat(of.goal()).isEqualTo("<= 0.50");
    assertThat(of.met()).isTrue();
    Goal lower = Goal.cost("iteration", 0.49, "its gradients", () -> RACE);
    assertThat(Measurement.of(lower, List.of(FORK)).met()).isFalse();
  }

  @Test
  void aTimeHasNoRatio() {
    Measurement of =
        Measurement.of(Goal.time("gaussian", 1, 1e6, "draw", () -> NOTHING), List.of(FORK));

    assertThat(of.figure()).isEqualTo(1.5);
    assertThat(of.unit()).isEqualTo("ns/draw");
    assertThat(of.ratio()).isNull();
    assertThat(of.against()).isNull();
    assertThat(of.goal()).isEqualTo("<= 1 ns/draw");
    assertThat(of.met()).isFalse();
  }

  @Test
  void garbageIsBytesACall() {
    Measurement of = Measurement.of(Goal.noGarbage("step", () -> NOTHING), List.of(FORK));

    assertThat(of.figure()).isEqualTo(0.5);
    assertThat(of.unit()).isEqualTo("B/call");
    assertThat(of.met()).isTrue();
  }

  @Test
  void whatIsNotSteadyHasNoFigure() {
    Goal goal = Goal.speed("lion-1m", 1, "a loop", () -> RACE);
    Measurement.Fork wild =
        new Measurement.Fork(FORK.subject(), new double[] {1, 2, 3}, FORK.bytes(), true);
    Measurement.Fork cold = new Measurement.Fork(FORK.subject(), FORK.speed(), FORK.bytes(), false);

    Measurement noise = Measurement.of(goal, List.of(wild));
    Measurement early = Measurement.of(goal, List.of(FORK, cold));
    Measurement garbage = Measurement.of(Goal.noGarbage("step", () -> NOTHING), List.of(wild));

    assertThat(noise.unsteady()).isTrue();
    assertThat(noise.met()).isFalse();
    assertThat(noise.figure()).isNull();
    assertThat(noise.ratio()).isNull();
    assertThat(noise.line()).matches("lion-1m +unsteady, 2\\.00 ± 1\\.0");
    assertThat(early.unsteady()).isTrue();
    assertThat(early.line()).endsWith("before it had settled");
    assertThat(garbage.unsteady()).isFalse();
    assertThat(Measurement.failed(goal, "no memory").unsteady()).isFalse();
  }

  @Test
  void outcomesMakeATable() {
    Goal speed = Goal.speed("lion-1m", 2, "a loop", () -> RACE);
    Goal time = Goal.time("gaussian", 1, 1e6, "draw", () -> NOTHING);

    assertThat(
            Measurement.markdown(
                List.of(
                    Measurement.of(speed, List.of(FORK)),
                    Measurement.of(time, List.of(FORK)),
                    Measurement.failed(speed, "no memory"))))
        .isEqualTo(
            """
            | goal | against | wanted | ratio or figure | |
            |---|---|---|---|---|
            | `lion-1m` | a loop | ≥ 2 | 2.00 ± 0.10 | met |
            | `gaussian` |  | ≤ 1 ns/draw | 1.50 ns/draw | missed |
            | `lion-1m` | a loop | ≥ 2 | no memory |  |
            """);
  }

  @Test
  void anEntryHasTheFieldsThatWerePromised() {
    Goal goal = Goal.speed("lion-1m", 2, "a loop", () -> RACE).per(1e6, "element");
    ObjectMapper json = new ObjectMapper();

    JsonNode entry = json.valueToTree(Measurement.of(goal, List.of(FORK)));
    JsonNode failed = json.valueToTree(Measurement.failed(goal, "no memory"));

    assertThat(entry.toString())
        .isEqualTo(
            """
            {"name":"lion-1m","figure":1.5,"unit":"ns/element","ratio":2.0,"error":%s,\
            "against":"a loop","goal":">= 2","met":true}"""
                .formatted((2.1 - 1.9) / 2));
    assertThat(failed.get("ratio").isNull()).isTrue();
    assertThat(failed.get("met").booleanValue()).isFalse();
    assertThat(failed.get("failure").textValue()).isEqualTo("no memory");
  }

  @Test
  void theErrorIsThatOfForksWhereTheyDiffer() {
    double[] slow = {1.0, 1.01, 0.99, 1.0};
    double[] fast = {2.0, 2.01, 1.99, 2.0};

    assertThat(Statistics.error(List.of(slow, slow))).isLessThan(0.02);
    assertThat(Statistics.error(List.of(slow, fast))).isCloseTo(0.5, within(0.02));
    assertThat(Statistics.medianOf(List.of(slow, fast))).isEqualTo(1.5);
  }

  @Test
  void namesAreWordsAndUnique() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Goal.noGarbage("Lion 1M", () -> NOTHING))
        .withMessageContaining("name is Lion 1M");
    assertThat(Goals.all()).extracting(Goal::name).doesNotHaveDuplicates();
    assertThat(Goals.named("lion-1m").isCalled("Lion")).isTrue();
    assertThat(Goals.named("lion-1m").isCalled("lion-1")).isFalse();
  }
}
