package dev.optim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
        .contains("--fresh", "Examples:", "optim compare --quick");
    assertThat(ask("--help").out).contains("compare", "list", "Examples:");
    assertThat(ask("--version").out).startsWith("optim ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compare --problems digit-mpl | unknown problem 'digit-mpl'; did you mean digits-mlp?",
        "compare --optimizers adma    | unknown optimizer 'adma'; did you mean Adam?",
        "compare --seeds 0            | --seeds is 0, must be at least 1",
        "compare --threads -2         | --threads is -2, must be at least 1",
        "prune --seeds 0              | --seeds is 0, must be at least 1",
        "compare --seeds many         | 'many' is not an int",
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
    assertThat(first.err).startsWith("0 of 36 runs done").endsWith("36 of 36 runs done\n");
    assertThat(out).isDirectoryContaining("glob:**index.html");
    assertThat(out.resolve("summary.csv")).content().contains("Adam");
    List<String> lines = Files.readAllLines(out.resolve("runs.jsonl"));
    assertThat(lines).hasSize(36);

    Answer second = ask(command);

    assertThat(second.code).isZero();
    assertThat(second.out).isEqualTo(first.out);
    assertThat(second.err).isEqualTo("28 of 36 runs done\n36 of 36 runs done\n");
    assertThat(Files.readAllLines(out.resolve("runs.jsonl"))).isEqualTo(lines);
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

    assertThat(ask(command).err).contains("1 lines are not results, left out");

    String[] fresh = Arrays.copyOf(command, command.length + 1);
    fresh[command.length] = "--fresh";
    assertThat(ask(fresh).err).startsWith("0 of 8 runs done");
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
