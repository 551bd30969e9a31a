package dev.optim.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Curve CURVE = Curve.builder(1).add(Spent.of(0, 0), 1).build();

  @Test
  void aCurveGrowsAndKeepsEveryPoint() {
    Curve.Builder builder = Curve.builder(2);
    for (int point = 0; point < 1000; point++) {
      builder.add(Spent.of(2L * point, 3L * point), point, -point);
    }

    Curve curve = builder.build();

    assertThat(curve.size()).isEqualTo(1000);
    assertThat(curve.metrics()).isEqualTo(2);
    assertThat(curve.spent(777)).isEqualTo(Spent.of(1554, 2331));
    assertThat(curve.value(1, 777)).isEqualTo(-777);
    assertThat(curve.total()).isEqualTo(Spent.of(1998, 2997));
    assertThat(curve.finalValue(0)).isEqualTo(999);
  }

  @Test
  void aCurveDoesNotChangeWithItsBuilder() {
    Curve.Builder builder = Curve.builder(1).add(Spent.of(1, 1), 1);
    Curve curve = builder.build();

    builder.add(Spent.of(2, 2), 2);

    assertThat(curve.size()).isEqualTo(1);
    assertThat(curve.finalValue(0)).isEqualTo(1);
  }

  @Test
  void theFinalValueIsTheLastOneMeasured() {
    Curve curve =
        Curve.builder(2)
            .add(Spent.of(1, 1), 5, Double.NaN)
            .add(Spent.of(2, 2), Double.NaN, Double.NaN)
            .build();

    assertThat(curve.finalValue(0)).isEqualTo(5);
    assertThat(curve.finalValue(1)).isNaN();
  }

  @Test
  void aRefusedPointLeavesTheBuilderAsItWas() {
    Curve.Builder builder = Curve.builder(1).add(Spent.of(10, 100), 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.add(Spent.of(9, 100), 1))
        .withMessage("evaluations is 9; it must not be less than 10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.add(Spent.of(11, 99), 1))
        .withMessage("elapsedNanos is 99; it must not be less than 100");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.add(Spent.of(11, 101), 1, 2))
        .withMessage("metrics has 2 values; the curve has 1");
    assertThat(builder.build().size()).isEqualTo(1);
  }

  @Test
  void anEmptyCurveIsNone() {
    assertThatIllegalStateException().isThrownBy(() -> Curve.builder(1).build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Curve.builder(0))
        .withMessage("metrics is 0; at least 1 is needed");
  }

  @Test
  void separatesResultsFromFailures() {
    RunReport.Completed completed = new RunReport.Completed(1, "budget", CURVE);
    RunReport.Failed failed = new RunReport.Failed(2, "the loss was not finite");
    OptimizerReport optimizer =
        new OptimizerReport("Adam", "", Tuning.NONE, List.of(failed, completed));

    assertThat(optimizer.completed()).containsExactly(completed);
    assertThat(optimizer.failed()).containsExactly(failed);
  }

  @Test
  void refusesWhatCouldNotBeToldApart() {
    RunReport run = new RunReport.Completed(1, "budget", CURVE);
    OptimizerReport adam = new OptimizerReport("Adam", "", Tuning.NONE, List.of(run));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OptimizerReport("Adam", "", Tuning.NONE, List.of(run, run)))
        .withMessage("runs of Adam has seed 1 twice; seeds must differ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> problem(10, List.of(adam, adam)))
        .withMessage("optimizers has the name 'Adam' twice; names must differ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OptimizerReport(" ", "", Tuning.NONE, List.of(run)))
        .withMessage("optimizer has a blank name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Report("title", Instant.EPOCH, Map.of(), List.of(1e-3), List.of()))
        .withMessage("problems is empty; at least one is needed");
  }

  @Test
  void refusesWhatDoesNotFitTogether() {
    Curve other = Curve.builder(2).add(Spent.of(0, 0), 1, 1).build();
    OptimizerReport adam =
        new OptimizerReport(
            "Adam", "", Tuning.NONE, List.of(new RunReport.Completed(3, "budget", other)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> problem(10, List.of(adam)))
        .withMessage("the curve of Adam, seed 3 has 2 metrics; the problem has 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> problem(0, List.of(adam)))
        .withMessage("dimension is 0; at least 1 is needed");
  }

  @Test
  void anEarlierReportKeepsWhatTheNewOneHasNot() {
    Report earlier = report(problem("p", 10, "a", "b"), problem("q", 10, "a"));

    Report both = report(problem("r", 10, "a"), problem("p", 10, "b", "c")).including(earlier);

    assertThat(both.problems()).extracting(ProblemReport::name).containsExactly("p", "q", "r");
    assertThat(both.problems().get(0).optimizers())
        .extracting(OptimizerReport::name)
        .containsExactly("a", "b", "c");
    // another dimension is another problem, and another budget as well: only the new one counts
    assertThat(report(problem("p", 20, "c")).including(earlier).problems().get(0).optimizers())
        .extracting(OptimizerReport::name)
        .containsExactly("c");
  }

  private static Report report(ProblemReport... problems) {
    return new Report("title", Instant.EPOCH, Map.of(), List.of(1e-3), List.of(problems));
  }

  private static ProblemReport problem(String name, int dimension, String... optimizers) {
    return new ProblemReport(
        name,
        "",
        dimension,
        "evaluations",
        100,
        OptionalDouble.empty(),
        List.of(Metric.loss("loss")),
        Stream.of(optimizers)
            .map(
                each ->
                    new OptimizerReport(
                        each,
                        "",
                        Tuning.NONE,
                        List.of(new RunReport.Completed(1, "budget", CURVE))))
            .toList());
  }

  private static ProblemReport problem(int dimension, List<OptimizerReport> optimizers) {
    return new ProblemReport(
        "Rosenbrock",
        "",
        dimension,
        "evaluations",
        100,
        OptionalDouble.empty(),
        List.of(Metric.loss("loss")),
        optimizers);
  }
}
