package dev.optim.bench.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program {@code optim}. Exit codes: 0 all went well, 1 something failed while it ran, 2 it was
 * not started because the command line or the report folder is not usable.
 */
@Command(
    name = "optim",
    description =
        "Compares optimizers on real problems, under equal budgets, and measures their speed.",
    subcommands = {
      CompareCommand.class,
      ListCommand.class,
      ExportCommand.class,
      BenchCommand.class,
      PruneCommand.class,
      BilevelCommand.class,
      RankCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Examples:",
      "  optim list",
      "  optim compare --quick",
      "  optim compare --problems digits-mlp --optimizers adam,lion --seeds 10",
      "  optim rank",
      "  optim bench --quick"
    })
public final class Main implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** The program without a command: explains itself. */
  public Main() {}

  /**
   * Runs the program and ends the JVM with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /**
   * The program, to be run by {@link CommandLine#execute}.
   *
   * @return the command line
   */
  public static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setParameterExceptionHandler((exception, args) -> refuse(exception));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  /** One line that says what is wrong, and one where to look: a page of usage would hide it. */
  private static int refuse(ParameterException exception) {
    CommandLine command = exception.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String message = exception.getMessage();
    if (exception instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        message += "; did you mean " + suggestions.get(0) + "?";
      }
    }
    command.getErr().println(name + ": " + message + " (" + name + " --help explains)");
    return CommandLine.ExitCode.USAGE;
  }
}
