package dev.optim.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code optim bilevel}. */
class BilevelCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine program = Main.commandLine();
    program.setOut(new PrintWriter(out, true));
    program.setErr(new PrintWriter(err, true));
    return program.execute(args);
  }

  @Test
  void printsALineForEachProblemThatWasAskedFor() {
    assertThat(run("bilevel", "--problems", "lamparielloSagratella2017ex32", "--settings"))
        .isZero();
    assertThat(out.toString().lines())
        .startsWith(
            "| problem | F* | LV-HBA | BiC-GAFFA | penalty | implicit |",
            "|---|---|---|---|---|---|")
        .anyMatch(
            line ->
                line.matches("\\| LamparielloSagratella2017Ex32 \\| 0.5 \\|( \\d[.\\d]* k \\|){4}"))
        .anyMatch(line -> line.matches("  LV-HBA: alpha .*, \\d+ iterations"));
  }

  @Test
  void suggestsANameForOneThatItDoesNotKnow() {
    assertThat(run("bilevel", "--problems", "Bard1984b")).isEqualTo(2);
    assertThat(err.toString()).contains("unknown problem 'Bard1984b'; did you mean Bard1984a?");
    assertThat(out.toString()).isEmpty();
  }
}
