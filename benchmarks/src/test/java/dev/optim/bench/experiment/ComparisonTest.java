package dev.optim.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.optim.DifferentiableObjective;
import dev.optim.bench.report.Curve;
import dev.optim.bench.report.OptimizerReport;
import dev.optim.bench.report.Report;
import dev.optim.bench.report.RunReport;
import dev.optim.bench.report.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

  private static final Environment HERE = Environment.capture();
  private static final int TRIALS = 2 * 3 + 2 * 4; // two studies of descent, four seeds for both

  @TempDir Path folder;

  @Test
  void everyMethodRunsFromEverySeed() throws Exception {
    Bowl bowl = new Bowl();

    Report report = run(bowl.track(), 4, 1);

    assertThat(bowl.opened).hasValue(TRIALS);
    assertThat(report.problems()).hasSize(1);
    for (OptimizerReport optimizer : report.problems().get(0).optimizers()) {
      assertThat(optimizer.runs()).extracting(RunReport::seed).containsExactly(1L, 2L, 3L, 4L);
      for (RunReport.Completed run : optimizer.completed()) {
        Curve curve = run.curve();
        assertThat(run.stopReason()).isEqualTo("evaluation budget");
        assertThat(IntStream.range(0, curve.size()).mapToLong(i -> curve.spent(i).evaluations()))
            .containsExactly(1L, 5L, 10L, 15L, 20L);
        assertThat(curve.finalValue(0)).isLessThan(curve.value(0, 0));
      }
    }
  }

  @Test
  void tuningTakesTheSettingThatEndsLowest() throws Exception {
    Report report = run(new Bowl().track(), 1, 1);

    List<OptimizerReport> optimizers = report.problems().get(0).optimizers();
    // of 0.173, 0.0416 and 0.721, then of 0.0204, 0.353 and 0.0849: the nearest to 1
    assertThat(optimizers.get(0).hyperparameters())
        .startsWith("downhill; size 0.721 / 0.353 (")
        .contains("best of 3 tried in each of 2 studies");
    assertThat(optimizers.get(0).tuning().trials()).isEqualTo(6);
    assertThat(optimizers.get(0).tuning().evaluations()).isEqualTo(120);
    assertThat(optimizers.get(1).hyperparameters()).isEqualTo("Adam");
    assertThat(optimizers.get(1).tuning()).isEqualTo(Tuning.NONE);
  }

  @Test
  void theSeedsTakeTurnsWithTheChoicesOfTheStudies() throws Exception {
    run(new Bowl().track(), 4, 1);

    assertThat(
            Files.readAllLines(log()).stream()
                .filter(line -> line.matches(".*Sgd.*\"seed\":\\d,.*"))
                .map(line -> line.replaceAll(".*stepSize=([0-9.]+).*\"seed\":(\\d).*", "$2: $1")))
        .containsExactly("1: 0.721", "2: 0.353", "3: 0.721", "4: 0.353");
  }

  @Test
  void aChoiceAtTheEdgeSaysSo() throws Exception {
    Track<DifferentiableObjective> track =
        new Track<>(List.of(new Bowl().problem()), List.of(Bowl.descent(0.01, 0.1)));

    Report report = run(track, 1, 1);

    assertThat(report.problems().get(0).optimizers().get(0).hyperparameters())
        .contains("at the edge of what was tried in 2");
  }

  @Test
  void theNumberOfThreadsChangesNoResult() throws Exception {
    List<Double> one = values(run(new Bowl().track(), 4, 1));

    Files.delete(log());

    assertThat(values(run(new Bowl().track(), 4, 5))).isEqualTo(one);
  }

  @Test
  void aComparisonKilledAfterAnyRecordGoesOnWhereItWas() throws Exception {
    List<Double> undisturbed = values(run(new Bowl().track(), 4, 2));
    List<String> lines = Files.readAllLines(log());
    assertThat(lines).hasSize(TRIALS);

    for (int kept = 0; kept <= TRIALS; kept++) {
      String torn = kept == TRIALS ? "" : lines.get(kept).substring(0, 40 + kept);
      Files.writeString(log(), whole(lines.subList(0, kept)) + torn);
      Bowl bowl = new Bowl();

      Report report = run(bowl.track(), 4, 2);

      assertThat(bowl.opened).hasValue(TRIALS - kept);
      assertThat(values(report)).isEqualTo(undisturbed);
      List<String> resumed = Files.readAllLines(log());
      assertThat(resumed).hasSize(TRIALS);
      assertThat(resumed.subList(0, kept)).isEqualTo(lines.subList(0, kept));
    }
  }

  @Test
  void moreSeedsRunOnlyWhatIsNew() throws Exception {
    run(new Bowl().track(), 2, 1);
    Bowl bowl = new Bowl();

    Report report = run(bowl.track(), 4, 1);

    assertThat(bowl.opened).hasValue(2 * 2);
    assertThat(report.problems().get(0).optimizers().get(0).completed()).hasSize(4);
  }

  @Test
  void anotherBudgetOrEnvironmentIsAnotherTrial() throws Exception {
    run(new Bowl().track(), 1, 1);
    Bowl cheaper = new Bowl();
    run(cheaper.track().withBudgets(budget -> budget.dividedBy(2)), 1, 1);
    Bowl elsewhere = new Bowl();
    Environment other =
        new Environment(
            "another", HERE.jdk(), HERE.kernels(), HERE.cpu(), 1, "", "", HERE.commit());
    Report report;
    try (RunLog log = RunLog.open(log())) {
      report =
          new Comparison(experiment(1, elsewhere.track()), 1, other, log, (done, total) -> {})
              .run();
    }

    assertThat(cheaper.opened).hasValue(8);
    assertThat(elsewhere.opened).hasValue(8);
    assertThat(report.environment())
        .containsEntry("left out", "16 kept runs of another version, JDK or machine");
  }

  @Test
  void aFailedRunIsListedAndTriedAgain() throws Exception {
    Bowl bowl = new Bowl();
    bowl.broken = number -> number == 7; // the first after tuning

    Report report = run(bowl.track(), 4, 1);

    OptimizerReport descent = report.problems().get(0).optimizers().get(0);
    assertThat(descent.completed()).hasSize(3);
    assertThat(descent.failed())
        .containsExactly(new RunReport.Failed(1, "java.lang.IllegalStateException: out of order"));

    Bowl mended = new Bowl();
    Report again = run(mended.track(), 4, 1);

    assertThat(mended.opened).hasValue(1);
    assertThat(again.problems().get(0).optimizers().get(0).failed()).isEmpty();
    assertThat(Files.readAllLines(log())).hasSize(TRIALS + 1);
  }

  @Test
  void aDivergedRunIsListedButNotTriedAgain() throws Exception {
    Track<DifferentiableObjective> track =
        new Track<>(List.of(new Bowl().problem()), List.of(Bowl.descent(1e300, 1e301)));

    Report report = run(track, 2, 1);

    OptimizerReport wild = report.problems().get(0).optimizers().get(0);
    assertThat(wild.completed()).isEmpty();
    assertThat(wild.failed())
        .extracting(RunReport.Failed::reason)
        .allMatch(r -> r.contains("diverged"));
    assertThat(wild.hyperparameters()).contains("6 of which failed");
    String before = Files.readString(log());
    run(track, 2, 1);
    assertThat(Files.readString(log())).isEqualTo(before);
  }

  @Test
  void progressCountsWhatWasKnownBefore() throws Exception {
    run(new Bowl().track(), 2, 1);
    List<String> told = new ArrayList<>();
    try (RunLog log = RunLog.open(log())) {
      new Comparison(
              experiment(3, new Bowl().track()),
              1,
              HERE,
              log,
              (done, total) -> told.add(done + "/" + total))
          .run();
    }

    assertThat(told).containsExactly("6/12", "10/12", "11/12", "12/12");
  }

  @Test
  void nothingToCompareIsRefused() throws IOException {
    try (RunLog log = RunLog.open(log())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> experiment(1))
          .withMessage("the number of methods on problems is 0, must be at least 1");
      Experiment experiment = experiment(1, new Bowl().track());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Comparison(experiment, 0, HERE, log, (done, total) -> {}))
          .withMessage("threads is 0, must be at least 1");
    }
  }

  private Report run(Track<?> track, int seeds, int threads)
      throws IOException, InterruptedException {
    try (RunLog log = RunLog.open(log())) {
      return new Comparison(experiment(seeds, track), threads, HERE, log, (done, total) -> {})
          .run();
    }
  }

  private static Experiment experiment(int seeds, Track<?>... tracks) {
    Protocol protocol = Protocol.STANDARD.withSeeds(seeds).withTuning(2, 3);
    return new Experiment("Bowls", List.of(tracks), protocol);
  }

  private Path log() {
    return folder.resolve("runs.jsonl");
  }

  private static String whole(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /** Every number of every curve, the times apart. */
  private static List<Double> values(Report report) {
    List<Double> values = new ArrayList<>();
    for (OptimizerReport optimizer : report.problems().get(0).optimizers()) {
      for (RunReport.Completed run : optimizer.completed()) {
        for (int i = 0; i < run.curve().size(); i++) {
          values.add((double) run.curve().spent(i).evaluations());
          values.add(run.curve().value(0, i));
        }
      }
    }
    return values;
  }
}
