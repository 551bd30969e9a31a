package dev.optim.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.DifferentiableObjective;
import dev.optim.bench.problem.Budget;
import dev.optim.bench.problem.CostUnit;
import dev.optim.bench.problem.Problem;
import dev.optim.sgd.Sgd;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentFileTest {

  @Test
  void everythingThatIsSaidCounts() throws Exception {
    Experiment experiment =
        parse(
                """
                title: Adam or Lion
                preset: first-order
                problems: [digits-softmax, ROSENBROCK-*]
                optimizers:
                  - Adam
                  - lion:
                      step size: {log: [1e-3, 1e-2]}
                      batch size: 32
                seeds: 10
                tuning: {studies: 2, trials: 4}
                budget: {sample gradients: 2800, time: 1.5 min}
                targets: [1e-1, 1e-4]
                """)
            .resolve(Catalogue.tracks());

    assertThat(experiment.title()).isEqualTo("Adam or Lion");
    assertThat(experiment.protocol())
        .isEqualTo(new Protocol(10, 2, 4, Duration.ofSeconds(90), List.of(1e-1, 1e-4)));
    assertThat(experiment.tracks()).hasSize(2);
    Track<?> track = experiment.tracks().get(0);
    assertThat(track.problems()).extracting(Problem::name).containsExactly("digits-softmax");
    assertThat(track.problems().get(0).budget())
        .isEqualTo(new Budget(CostUnit.SAMPLE_GRADIENTS, 2800, 30));
    assertThat(track.methods()).extracting(Method::name).containsExactly("Adam", "Lion");
    Method<?> lion = track.methods().get(1);
    assertThat(lion.ranges())
        .containsExactly(Range.log("step size", 1e-3, 1e-2), Range.fixed("batch size", 32));
    assertThat(experiment.tracks().get(1).methods().get(1).ranges())
        .containsExactly(Range.log("step size", 1e-3, 1e-2)); // it takes no batches there
    // the first points of Halton's sequence in one dimension: a half, a quarter, three quarters
    assertThat(lion.settings(0, 3))
        .extracting(Setting::toString)
        .containsExactly(
            "step size 0.00316, batch size 32",
            "step size 0.00178, batch size 32",
            "step size 0.00562, batch size 32");
  }

  @Test
  void whatIsNotSaidIsAsEver() throws Exception {
    Experiment everything = parse("").resolve(Catalogue.tracks());

    assertThat(everything.protocol()).isEqualTo(Protocol.STANDARD);
    assertThat(everything.tracks()).hasSameSizeAs(Catalogue.tracks());
  }

  @ParameterizedTest
  @ValueSource(strings = {"first-order", "second-order", "derivative-free", "bilevel", "ALL"})
  void everyPresetCanBeRun(String name) throws Exception {
    assertThat(ExperimentFile.preset(name).resolve(Catalogue.tracks()).pairings()).isNotEmpty();
  }

  @Test
  void theTourCanBeRun() throws Exception {
    assertThat(ExperimentFile.standard().resolve(Catalogue.tracks()).pairings())
        .hasSize(3 * 9 + 8 + 2 * 7 + 6);
  }

  @Test
  void theExampleOfTheDocumentationCanBeRun() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "comparison.md"));
    int begin = page.indexOf("```yaml\n") + "```yaml\n".length();

    Experiment experiment =
        parse(page.substring(begin, page.indexOf("```", begin))).resolve(Catalogue.tracks());

    assertThat(experiment.title()).isEqualTo("Adam or Lion");
    // digits-* are more problems where other tracks are on the class path
    assertThat(experiment.pairings()).hasSizeGreaterThanOrEqualTo(6);
    assertThat(experiment.protocol().timeLimit()).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sede: 3                       | 1:1: unknown key 'sede'; did you mean seeds?",
        "tuning: {study: 3}            | 1:10: unknown key 'study'; did you mean studies?",
        "seeds: many                   | 1:8: 'many' is no number",
        "seeds: 2.5                    | 1:8: seeds is 2.5, must be a whole number from 1",
        "seeds: 0                      | 1:8: seeds is 0, must be a whole number from 1",
        "seeds: [1                     | 1:10: expected ',' or ']', but got <stream end>",
        "- a list                      | 1:1: 'key: value' pairs are expected here",
        "preset: frist-order           | 1:9: unknown preset 'frist-order'; did you mean first-order?",
        "problems: []                  | 1:11: problems is empty",
        "problems: [a, {b: c}]         | 1:15: a single value is expected here",
        "problems: [digits-mpl]        | 1:12: unknown problem 'digits-mpl'; did you mean digits-mlp?",
        "optimizers: [Adma]            | 1:14: unknown optimizer 'Adma'; did you mean Adam?",
        "optimizers: [Adam: {size: 1}] | 1:21: unknown hyper-parameter of Adam 'size'; did you mean step size?",
        "optimizers: [Adam: {step size: -1}] | 1:21: ",
        "optimizers:\\n- Adam:\\n    step size: 0.1\\n    batch size: -3 | 4:5: batch size: size is -3",
        "optimizers: [Adam: {step size: {log: [1, 0.1]}}] | 1:32: the range of step size is 1.0 to 0.1",
        "optimizers: [Adam: {step size: {linar: [0, 1]}}] | 1:33: unknown key 'linar'; did you mean linear?",
        "optimizers: [Adam: {step size: {log: [1]}}] | 1:32: step size must be a number, {log: [low, high]}",
        "budget: {time: soon}          | 1:16: time is 'soon', must be like 30 s, 5 min or 1 h",
        "budget: {rankings: 5}         | none of these problems is counted in rankings",
        "targets: [1e-3, 1e-1]         | 1:17: targets must decrease",
        "seeds: 1\\nseeds: 2           | 2:1: 'seeds' comes twice",
      })
  void whatIsNotUnderstoodIsRefusedWhereItStands(String text, String complaint) {
    assertThatThrownBy(() -> parse(text.replace("\\n", "\n")).resolve(Catalogue.tracks()))
        .isInstanceOf(ExperimentException.class)
        .hasMessageStartingWith(complaint.startsWith("none") ? "" : "test.yaml:")
        .hasMessageContaining(complaint);
  }

  @Test
  void whatIsAskedFirstReplacesRangesAndBudgetsOneByOne() throws Exception {
    Request file =
        parse(
            """
            problems: [digits-softmax, bbob-f1-d2]
            optimizers: [Lion: {batch size: 32, step size: 0.1}, CBO]
            budget: {sample gradients: 2800, evaluations: 500}
            """);
    Request first =
        parse(
            "optimizers: [lion: {step size: {linear: [0.1, 0.2]}}, CBO]\nbudget: {evaluations: 90}");

    Experiment experiment = first.orElse(file).resolve(Catalogue.tracks());

    assertThat(experiment.tracks()).hasSize(2);
    assertThat(experiment.tracks().get(0).methods().get(0).ranges())
        .containsExactly(Range.linear("step size", 0.1, 0.2), Range.fixed("batch size", 32));
    assertThat(experiment.tracks())
        .extracting(track -> track.problems().get(0).budget().total())
        .containsExactly(2800L, 90L);
  }

  @Test
  void aCountThatWasFixedCanBeSearchedAgain() throws Exception {
    Method<DifferentiableObjective> counting =
        Method.of("descent", "downhill", Range.count("size", 1, 9), Sgd::of);
    Track<?> track = new Track<>(List.of(new Bowl().problem()), List.of(counting));
    Request fixed = parse("optimizers: [descent: {size: 3}]");
    Request searched = parse("optimizers: [descent: {size: {log: [2, 5]}}]");

    Experiment experiment = searched.orElse(fixed).resolve(List.of(track));

    assertThat(experiment.tracks().get(0).methods().get(0).ranges())
        .containsExactly(Range.count("size", 2, 5));
  }

  @Test
  void aFileThatIsNoTextIsRefused(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("e.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatThrownBy(() -> ExperimentFile.read(file))
        .isInstanceOf(ExperimentException.class)
        .hasMessage("cannot read " + file + ": it is no text in UTF-8");
  }

  @Test
  void familiesOfProblemsAreNamedLikeProblems() throws Exception {
    Experiment experiment =
        parse("problems: [bbob-f1-d2, bbob-f8-d2]\noptimizers: [CBO: {sigma: {log: [1, 16]}}]")
            .resolve(Catalogue.tracks());

    assertThat(experiment.pairings()).hasSize(2);
    assertThat(experiment.tracks().get(0).methods().get(0).settings(0, 3))
        .extracting(setting -> Math.round(setting.get("sigma")))
        .containsExactly(4L, 2L, 8L);
  }

  @Test
  void timesAreReadAsPeopleWriteThem() {
    assertThat(ExperimentFile.time("30 s")).contains(Duration.ofSeconds(30));
    assertThat(ExperimentFile.time("1.5min")).contains(Duration.ofSeconds(90));
    assertThat(ExperimentFile.time("2 h")).contains(Duration.ofHours(2));
    assertThat(ExperimentFile.time("250 ms")).contains(Duration.ofMillis(250));
    assertThat(ExperimentFile.time("0 s")).isEqualTo(Optional.empty());
    assertThat(ExperimentFile.time("a while")).isEqualTo(Optional.empty());
  }

  @Test
  void aStarStandsForAnyLetters() {
    assertThat(List.of("digits-mlp", "digits-*", "*MLP", "d*-*p", "*"))
        .allMatch(pattern -> Names.asked(List.of(pattern), "digits-mlp"));
    assertThat(List.of("digits", "digit-*", "*ml", "d**x"))
        .noneMatch(pattern -> Names.asked(List.of(pattern), "digits-mlp"));
  }

  private static Request parse(String text) throws ExperimentException, IOException {
    return ExperimentFile.parse("test.yaml", new StringReader(text));
  }
}
