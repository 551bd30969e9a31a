package dev.optim.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GateTest {

  @Test
  void aMedianThatRoseByMoreThanTheToleranceIsWorse() {
    Gate gate = Gate.judge(report(100, 1.0, 1.06, 9), report(100, 1.0, 1.0, 9), 0.05);

    assertThat(gate.worse()).containsExactly("p, Adam: loss 1.060, was 1.000 (+6.0 %)");
    assertThat(gate.compared()).isEqualTo(1);
    assertThat(Gate.judge(report(100, 1.0, 1.04, 9), report(100, 1.0, 1.0, 9), 0.05).worse())
        .isEmpty();
  }

  @Test
  void onlySeedsThatBothHaveCount() {
    Gate gate = Gate.judge(report(100, 1, 1, 1, 5, 5, 5, 5), report(100, 1, 1, 1), 0.05);

    assertThat(gate.worse()).isEmpty();
  }

  @Test
  void whatBecameBetterIsCounted() {
    assertThat(Gate.judge(report(100, 0.5), report(100, 1), 0.05).better()).isEqualTo(1);
    assertThat(Gate.judge(report(100, 1), report(100, 1), 0).better()).isZero();
  }

  @Test
  void differencesOfRoundingDoNotCount() {
    // the runs begin at 10: 1e-8 of the way is 1e-7
    assertThat(Gate.judge(report(100, 5e-8), report(100, 1e-12), 0.05).worse()).isEmpty();
    assertThat(Gate.judge(report(100, 2e-7), report(100, 1e-12), 0.05).worse()).hasSize(1);
  }

  @Test
  void aRunMoreThatFailedIsWorse() {
    Gate gate = Gate.judge(report(100, 1, Double.NaN), report(100, 1, 1), 0.05);

    assertThat(gate.worse()).containsExactly("p, Adam: 1 run failed, 0 before");
  }

  @Test
  void anotherBudgetIsNotCompared() {
    Gate gate = Gate.judge(report(50, 9), report(100, 1), 0.05);

    assertThat(gate.worse()).isEmpty();
    assertThat(gate.compared()).isZero();
    assertThat(gate.notes()).containsExactly("p: another budget, not compared");
  }

  /** One optimizer on one problem; NaN for a run that failed. */
  private static Report report(long budget, double... finals) {
    List<RunReport> runs =
        IntStream.range(0, finals.length)
            .<RunReport>mapToObj(
                i ->
                    Double.isNaN(finals[i])
                        ? new RunReport.Failed(i, "lost")
                        : new RunReport.Completed(
                            i,
                            "budget",
                            Curve.builder(1)
                                .add(Spent.of(0, 0), 10)
                                .add(Spent.of(budget, 0), finals[i])
                                .build()))
            .toList();
    return new Report(
        "",
        Instant.EPOCH,
        Map.of(),
        List.of(0.1),
        List.of(
            new ProblemReport(
                "p",
                "",
                1,
                "gradients",
                budget,
                OptionalDouble.empty(),
                List.of(Metric.loss("loss")),
                List.of(new OptimizerReport("Adam", "", Tuning.NONE, runs)))));
  }
}
