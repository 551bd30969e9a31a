package dev.optim.bench.cli;

import dev.optim.bench.rank.BrowserDialogue;
import dev.optim.bench.rank.Ranking;
import dev.optim.bench.rank.TerminalDialogue;
import dev.optim.bench.report.FileFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code optim rank}. */
@Command(
    name = "rank",
    description = {
      "Finds the flower you like best from nothing but your rankings of pictures.",
      "",
      "The pictures are shown in the browser, on this machine only, or as lines in the terminal."
          + " Every answer is saved; a search that was stopped, by whatever means, goes on at the"
          + " question where it was when the same command is given again.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  optim rank",
      "  optim rank --terminal --questions 6",
      "",
      "Exit codes: 0 done or stopped by you; 1 an answer could not be saved;",
      "2 the command line, the folder or the port is not usable."
    })
final class RankCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--terminal", description = "Ask in the terminal instead of in the browser.")
  private boolean terminal;

  @Option(
      names = "--questions",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Questions in all, those answered before included; ${DEFAULT-VALUE} unless" + " given.")
  private int questions;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "ranking",
      description = "Where the search and the flower are kept; '${DEFAULT-VALUE}' unless given.")
  private Path out = Path.of("ranking");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8017",
      description = "Where the page is; ${DEFAULT-VALUE} unless given, 0 for any free port.")
  private int port;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Another number is another search; 0 unless given, or that of the search in the folder.")
  private Optional<Long> seed = Optional.empty();

  @Option(names = "--fresh", description = "Forget the search in the folder and begin again.")
  private boolean fresh;

  @Override
  public Integer call() throws InterruptedException {
    if (questions < 1) {
      throw refused("--questions is " + questions + ", must be at least 1");
    }
    if (port < 0 || port > 65_535) {
      throw refused("--port is " + port + ", must be from 0 to 65535");
    }
    Ranking ranking = open();
    try {
      if (terminal) {
        askInTheTerminal(ranking);
      } else {
        askInTheBrowser(ranking);
      }
    } catch (IOException e) {
      spec.commandLine()
          .getErr()
          .println("optim rank: the answer cannot be saved: " + FileFailure.inWords(e));
      return ExitCode.SOFTWARE;
    }
    PrintWriter screen = spec.commandLine().getOut();
    screen.println(
        ranking.done()
            ? "Your flower: " + ranking.picture()
            : "Stopped after %d of %d questions; the same command goes on. So far: %s"
                .formatted(ranking.answered(), ranking.questions(), ranking.picture()));
    screen.flush();
    return ExitCode.OK;
  }

  private Ranking open() {
    try {
      return Ranking.open(out, questions, seed, fresh);
    } catch (IOException | IllegalArgumentException e) {
      throw refused("cannot use the folder " + out + ": " + e.getMessage());
    }
  }

  private void askInTheTerminal(Ranking ranking) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    boolean colours = Boolean.getBoolean(Display.TERMINAL) && System.getenv("NO_COLOR") == null;
    new TerminalDialogue(ranking, in, spec.commandLine().getOut(), colours).run();
  }

  private void askInTheBrowser(Ranking ranking) throws InterruptedException {
    PrintWriter console = spec.commandLine().getErr();
    try (BrowserDialogue dialogue = new BrowserDialogue(ranking, port, console)) {
      PrintWriter screen = spec.commandLine().getOut();
      screen.printf(
          "Open %s in a browser. Ctrl-C stops; the same command goes on.%n", dialogue.address());
      screen.flush();
      dialogue.await();
    } catch (IOException e) {
      throw refused("cannot use port " + port + ": " + e.getMessage());
    }
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
