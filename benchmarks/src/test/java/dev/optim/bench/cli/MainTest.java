package dev.optim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optim.bench.report.OptimizerReport;
import dev.optim.bench.report.ProblemReport;
import dev.optim.bench.report.Report;
import dev.optim.bench.report.ReportReader;
import dev.optim.bench.report.Tuning;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {

  @TempDir Path folder;

  @Test
  void listNamesEverythingInALineEach() {
    Answer answer = ask("list");

    assertThat(answer.code).isZero();
    assertThat(answer.out.lines())
        .contains("Optimizers", "Problems")
        .anyMatch(line -> line.matches("  AdamW +Adam with decoupled weight decay.*"))
        .anyMatch(line -> line.matches("  digits-mlp +a 64-32-10 network.*"))
        .allMatch(line -> line.length() <= 100);
    assertThat(answer.err).isEmpty();
  }

  @Test
  void benchNamesItsGoals() {
    Answer answer = ask("bench", "--list", "Lion", "adamw-10m");

    assertThat(answer.code).isZero();
    assertThat(answer.out.lines())
        .allMatch(line -> line.matches("(lion|adamw-10m)\\S* +[<>]= .*"))
        .anyMatch(line -> line.matches("adamw-10m +>= 0\\..* against loop of 4 reads and 3 writes"))
        .anyMatch(line -> line.startsWith("lion-garbage"));
    assertThat(ask("bench", "--help").out).contains("--quick", "--json", "Exit codes");
  }

  @Test
  void aJsonFileThatCannotBeWrittenIsSaidBeforeAnythingRuns() {
    Answer answer = ask("bench", "lion-1m", "--json", folder.resolve("no/file").toString());

    assertThat(answer.code).isEqualTo(2);
    assertThat(answer.err).startsWith("optim bench: cannot write " + folder);
    assertThat(answer.out).isEmpty();
  }

  @Test
  void helpShowsExamplesAndEveryOption() {
    Answer answer = ask("compare", "--help");

    assertThat(answer.code).isZero();
    assertThat(answer.out)
        .contains("--quick", "--problems", "--optimizers", "--seeds", "--out", "--threads")
        .contains("--evaluations", "--gradients", "--range", "--targets")
        .contains("--fresh", "Examples:", "optim compare --quick");
    assertThat(ask("--help").out).contains("compare", "list", "Examples:");
    assertThat(ask("--version").out).startsWith("optim ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compare --problems digit-mpl | unknown problem 'digit-mpl'; did you mean digits-mlp?",
        "compare --problems bbob-f25-d10 | unknown problem 'bbob-f25-d10'; BBOB's functions are f1 to f24",
        "compare --problems bbob-f8-d1   | BBOB's dimensions are d2 to d320",
        "compare --problems bbob-f8-i0-d5 | BBOB's instances begin with i1",
        "compare --problems bbob-f7-d5-gradient | BBOB's f7 offers no gradient",
        "compare --problems bbob-8-d5 | BBOB's are named like bbob-f8-i2-d10, bbob-f8-d10 or bbob-d10",
        "compare --problems mw-brad-3 | unknown problem 'mw-brad-3'; did you mean mw-bard-3?",
        "compare --problems mnist-mlp | unknown problem 'mnist-mlp'; it comes with --data DIR",
        "compare --problems fashion-cnn | unknown problem 'fashion-cnn'; it comes with ./optim --peers and --data",
        "compare --optimizers adma    | unknown optimizer 'adma'; did you mean Adam?",
        "compare --seeds 0            | seeds is 0, must be at least 1",
        "compare --threads -2         | --threads is -2, must be at least 1",
        "compare --data nowhere       | --data: nowhere is no folder",
        "prune --seeds 0              | --seeds is 0, must be at least 1",
        "compare --seeds many         | 'many' is not an int",
        "compare --time soon          | --time is 'soon', must be like 30 s, 5 min or 1 h",
        "compare --targets 1e-3,1e-1  | targets is [0.001, 0.1], must decrease",
        "compare --preset frist-order | unknown preset 'frist-order'; did you mean first-order?",
        "compare --fail-if-worse 5%   | --fail-if-worse needs --against FILE",
        "compare --against x --fail-if-worse 5 | '5', which is 500 %; write 5% or 0.05",
        "compare --against x --fail-if-worse 1e3 | '1e3', which is 100000 %; write 1e3%",
        "compare --against x --fail-if-worse %5 | --fail-if-worse is '%5', must be like 5% or 0.05",
        "compare --gradients 0        | --gradients is 0, must be at least 1",
        "compare --problems diabetes-ridge --rankings 5 | none of these problems is counted in rankings",
        "compare --range Adam.alpha=1 | --range 'Adam.alpha=1': unknown hyper-parameter of Adam 'alpha'",
        "compare --range Adma.size=1  | --range 'Adma.size=1': unknown optimizer 'Adma'; did you mean Adam?",
        "compare --range Adam=1..2    | --range 'Adam=1..2': must be like 'Adam.step size=1e-4..1e-1'",
        "compare --range CBO.sigma=0..9 | the range of sigma is 0.0 to 9.0, must be positive, or 'linear'",
        "compare --optimizers lion --range CBO.sigma=1..9 | CBO with a sigma is not among what is compared",
        "compare --against nowhere    | there is no file nowhere",
        "compare nowhere.yaml         | cannot read nowhere.yaml: there is no such file",
        "compare --quik               | Unknown option: '--quik'; did you mean --quick?",
        "compare --seeds              | Missing required parameter",
        "bench loin-1m              | unknown goal 'loin-1m'; did you mean lion-1m? --list names them",
        "bench --jsn x               | Unknown option: '--jsn'; did you mean --json?",
        "comapre                      | did you mean compare?",
      })
  void badCommandLinesAreRefusedInOneLine(String line, String complaint) {
    Answer answer = ask(line.split(" "));

    assertThat(answer.code).isEqualTo(2);
    assertThat(answer.err).startsWith("optim").contains(complaint);
    assertThat(answer.err.lines()).hasSize(1);
    assertThat(answer.out).isEmpty();
  }

  @Test
  void noCommandIsRefused() {
    assertThat(ask().code).isEqualTo(2);
  }

  @Test
  void aTinyComparisonWritesItsReportAndGoesOnFromWhatIsThere() throws IOException {
    Path out = folder.resolve("new").resolve("report");
    String[] command = {
      "compare",
      "--quick",
      "--problems",
      "Rosenbrock-10,cancer-logistic",
      "--optimizers",
      "ADAM,lion",
      "--seeds",
      "2",
      "--threads",
      "2",
      "--out",
      out.toString()
    };

    Answer first = ask(command);

    assertThat(first.code).isZero();
    assertThat(first.out)
        .contains("rosenbrock-10", "cancer-logistic", "Adam", "Lion", "training loss")
        .contains("Report: " + out.resolve("index.html"))
        .doesNotContain("digits", "AdamW");
    assertThat(first.err).startsWith("0 of 28 runs done").endsWith("28 of 28 runs done\n");
    assertThat(out).isDirectoryContaining("glob:**index.html");
    assertThat(out.resolve("summary.csv")).content().contains("Adam");
    List<String> lines = Files.readAllLines(out.resolve("runs.jsonl"));
    assertThat(lines).hasSize(28);

    Answer second = ask(command);

    assertThat(second.code).isZero();
    assertThat(second.out).isEqualTo(first.out);
    assertThat(second.err).isEqualTo("20 of 28 runs done\n28 of 28 runs done\n");
    assertThat(Files.readAllLines(out.resolve("runs.jsonl"))).isEqualTo(lines);
  }

  @Test
  void anotherComparisonInTheSameFolderKeepsTheReportOfTheFirst() throws IOException {
    assertThat(ask(tiny("rosenbrock-10", "adam,lion")).code).isZero();
    assertThat(ask(tiny("cancer-logistic", "adam")).code).isZero();
    assertThat(ask(tiny("rosenbrock-10", "sgd")).code).isZero();

    Report report = ReportReader.read(folder.resolve("results.json"));
    assertThat(report.problems())
        .extracting(ProblemReport::name)
        .containsExactly("rosenbrock-10", "cancer-logistic");
    assertThat(report.problems().get(0).optimizers())
        .extracting(OptimizerReport::name)
        .containsExactly("Adam", "Lion", "SGD");
  }

  @Test
  void aReportOfAnotherVersionIsNotThrownAway() throws IOException {
    ask(tiny("rosenbrock-10", "adam"));
    Path results = folder.resolve("results.json");
    String elsewhere =
        Files.readString(results).replaceAll("\"JDK\":\"[^\"]*\"", "\"JDK\":\"1.4\"");
    Files.writeString(results, elsewhere);

    Answer answer = ask(tiny("cancer-logistic", "adam"));

    assertThat(answer.code).isEqualTo(2);
    assertThat(answer.err)
        .contains("also holds rosenbrock-10, run with another library, JDK or machine")
        .contains("choose another folder with --out, or replace it with --fresh");
    assertThat(results).hasContent(elsewhere);
  }

  @Test
  void whatGotWorseIsSaidAndFails() throws IOException {
    ask(tiny("rosenbrock-10", "adam"));
    Path now = folder.resolve("results.json");
    Path before = folder.resolve("before.json");
    Files.copy(now, before);
    String[] gate = plus(tiny("rosenbrock-10", "adam"), "--against", before.toString());

    Answer same = ask(gate);
    assertThat(same.code).isZero();
    assertThat(same.err).contains("1 compared, 0 worse, 0 better by more than 5 %\n");

    // what was reached before is now said to have been a hundredth
    Report report = ReportReader.read(now);
    double value =
        report.problems().get(0).optimizers().get(0).completed().get(0).curve().finalValue(0);
    Files.writeString(
        before,
        Files.readString(before).replace(Double.toString(value), Double.toString(value / 100)));
    Answer worse = ask(plus(gate, "--fail-if-worse", "5%"));
    assertThat(worse.code).isEqualTo(1);
    assertThat(worse.err).contains("1 compared, 1 worse", "worse: rosenbrock-10, Adam: value ");
    assertThat(ask(plus(gate, "--fail-if-worse", "99999%")).code).isZero();
    Answer other = ask(plus(tiny("rosenbrock-10", "lion"), "--against", before.toString()));
    assertThat(other.code).isEqualTo(1);
    assertThat(other.err).contains("0 compared", "not compared: rosenbrock-10, Adam: not run now");
    assertThat(ask(plus(gate, "--fail-if-worse", "a bit")).code).isEqualTo(2);
  }

  @Test
  void anExperimentFileIsRun() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("experiment.yaml"),
            """
            title: Small
            problems: rosenbrock-10
            optimizers: [Adam: {step size: 0.01}]
            seeds: 1
            budget: {gradients: 100}
            """);

    assertThat(ask("compare", file.toString(), "--out", folder.toString()).code).isZero();

    Report report = ReportReader.read(folder.resolve("results.json"));
    assertThat(report.title()).isEqualTo("Small");
    assertThat(report.problems().get(0).budget()).isEqualTo(100);
    assertThat(report.problems().get(0).optimizers().get(0).tuning()).isEqualTo(Tuning.NONE);
    assertThat(report.problems().get(0).optimizers().get(0).hyperparameters())
        .endsWith("; step size 0.01");

    Files.writeString(file, "problem: rosenbrock-10\n");
    Answer answer = ask("compare", file.toString(), "--out", folder.toString());
    assertThat(answer.code).isEqualTo(2);
    assertThat(answer.err)
        .startsWith(
            "optim compare: " + file + ":1:1: unknown key 'problem'; did you mean problems?");
  }

  @Test
  void budgetsAndRangesCanBeSaidOnTheCommandLine() throws IOException {
    String[] command =
        plus(
            tiny("rosenbrock-10", "adam,lion"),
            "--gradients",
            "50",
            "--range",
            "Adam.step size=0.01",
            "--range",
            "lion.step size = linear 0.015..0.025");

    Answer answer = ask(command);

    assertThat(answer.code).as(answer.err).isZero();
    ProblemReport problem = ReportReader.read(folder.resolve("results.json")).problems().get(0);
    assertThat(problem.budget()).as("not a fifth of it").isEqualTo(50);
    OptimizerReport adam = problem.optimizers().get(0);
    assertThat(adam.hyperparameters()).endsWith("; step size 0.01");
    assertThat(adam.tuning()).isEqualTo(Tuning.NONE);
    // the middle of the interval, and a quarter
    assertThat(problem.optimizers().get(1).hyperparameters())
        .containsPattern("; step size 0\\.0(2|175) \\(best of 2 tried");
  }

  private String[] tiny(String problems, String optimizers) {
    return new String[] {
      "compare",
      "--quick",
      "--seeds",
      "1",
      "--trials",
      "2",
      "--problems",
      problems,
      "--optimizers",
      optimizers,
      "--out",
      folder.toString()
    };
  }

  private static String[] plus(String[] command, String... more) {
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return all;
  }

  @Test
  void freshForgetsWhatIsThere() throws IOException {
    Path log = folder.resolve("runs.jsonl");
    Files.writeString(log, "something else\n");
    String[] command = {
      "compare",
      "--quick",
      "--problems",
      "rosenbrock-10",
      "--optimizers",
      "sgd",
      "--seeds",
      "1",
      "--out",
      folder.toString()
    };

    assertThat(ask(command).err).contains("1 line without a result, left out");

    String[] fresh = Arrays.copyOf(command, command.length + 1);
    fresh[command.length] = "--fresh";
    assertThat(ask(fresh).err).startsWith("0 of 6 runs done");
    assertThat(log).content().doesNotContain("something else");
  }

  @Test
  void aReportFolderThatCannotBeUsedIsRefusedBeforeAnythingRuns() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    for (Path out : List.of(file, file.resolve("below"))) {
      Answer answer = ask("compare", "--quick", "--out", out.toString());

      assertThat(answer.code).isEqualTo(2);
      assertThat(answer.err.lines()).hasSize(1);
      assertThat(answer.err).startsWith("optim compare: cannot use the report folder " + out);
      assertThat(answer.out).isEmpty();
    }
  }

  private record Answer(int code, String out, String err) {}

  private static Answer ask(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine optim = Main.commandLine();
    optim.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int code = optim.execute(args);
    return new Answer(code, out.toString(), err.toString());
  }
}
