package dev.optim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExportCommandTest {

  @TempDir Path folder;

  @Test
  void whatACompareFoundIsWrittenForCoco() {
    Path report = folder.resolve("report");
    Answer compared =
        ask(
            "compare",
            "--problems=bbob-f1-d2,bbob-f1-i2-d2,bbob-f8-d3",
            "--optimizers=CMA-ES",
            "--quick",
            "--seeds=2",
            "--out=" + report);
    assertThat(compared.code).as(compared.err).isZero();

    Answer answer = ask("export", "--coco", folder.resolve("ex").toString(), "--from=" + report);

    assertThat(answer.code).as(answer.err).isZero();
    assertThat(answer.out.lines())
        .containsExactly(
            "6 runs written. Post-process them with", "  cocopp " + folder.resolve("ex/CMA-ES"));
    assertThat(folder.resolve("ex/CMA-ES/bbobexp_f1.info"))
        .content()
        .matches(
            "(?s)suite = 'bbob', funcId = 1, DIM = 2, .*"
                + "data_f1/bbobexp_f1_DIM2\\.dat(, 1:\\d+\\|\\S+){2}(, 2:\\d+\\|\\S+){2}\n");
    assertThat(folder.resolve("ex/CMA-ES/data_f8/bbobexp_f8_DIM3.tdat")).isNotEmptyFile();
  }

  @Test
  void withoutResultsItSaysWhatToDo() {
    Answer answer = ask("export", "--coco", folder.resolve("ex").toString(), "--from=" + folder);

    assertThat(answer.code).isEqualTo(2);
    assertThat(answer.err)
        .contains(folder.resolve("results.json") + " does not exist: run optim compare first")
        .hasLineCount(1);
  }

  @Test
  void whatIsNoResultsFileIsRefusedInALine() throws IOException {
    Files.writeString(folder.resolve("results.json"), "{");

    Answer answer = ask("export", "--coco", folder.resolve("ex").toString(), "--from=" + folder);

    assertThat(answer.code).isEqualTo(2);
    assertThat(answer.err).contains("results.json").hasLineCount(1);
    assertThat(folder.resolve("ex")).doesNotExist();
  }

  @Test
  void whereToIsNeeded() {
    Answer answer = ask("export");

    assertThat(answer.code).isEqualTo(2);
    assertThat(answer.err).contains("Missing required option: '--coco=DIR'");
    assertThat(ask("export", "--help").out).contains("--coco", "--from", "cocopp", "Exit codes");
  }

  private record Answer(int code, String out, String err) {}

  private static Answer ask(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine program = Main.commandLine();
    program.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return new Answer(program.execute(args), out.toString(), err.toString());
  }
}
