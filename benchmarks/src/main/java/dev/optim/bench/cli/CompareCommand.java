package dev.optim.bench.cli;

import dev.optim.bench.experiment.Catalogue;
import dev.optim.bench.experiment.Comparison;
import dev.optim.bench.experiment.Environment;
import dev.optim.bench.experiment.Method;
import dev.optim.bench.experiment.ProblemFamilies;
import dev.optim.bench.experiment.RunLog;
import dev.optim.bench.experiment.Track;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.report.Report;
import dev.optim.bench.report.ReportWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code optim compare}. */
@Command(
    name = "compare",
    description = {
      "Runs every optimizer on every problem it can take and writes a report.",
      "",
      "All optimizers spend the same budget on a problem. Each one's step size is chosen first,"
          + " from as many candidates for each, on a seed of its own.",
      "Results are kept in the report folder: a comparison that was stopped, by whatever means,"
          + " goes on where it was when the same command is given again.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  optim compare --quick",
      "  optim compare --problems digits-mlp,rosenbrock-10 --seeds 10",
      "  optim compare --optimizers adam,lion --out /tmp/adam-or-lion",
      "",
      "Exit codes: 0 done; 1 a run failed or the report could not be written;",
      "2 the command line or the report folder is not usable, and nothing was run."
    })
final class CompareCommand implements Callable<Integer> {

  private static final int QUICK_PARTS = 5;
  private static final int QUICK_SEEDS = 3;
  private static final int SEEDS = 5;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--quick",
      description = "A fifth of the budget and 3 seeds: half a minute on two cores.")
  private boolean quick;

  @Option(
      names = "--problems",
      split = ",",
      paramLabel = "NAME",
      description = "Only these problems; all unless given.")
  private List<String> problems = new ArrayList<>();

  @Option(
      names = "--optimizers",
      split = ",",
      paramLabel = "NAME",
      description = "Only these optimizers; all unless given.")
  private List<String> optimizers = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder of data sets that do not ship with the program; adds their problems.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Runs of each optimizer on each problem; 5 unless given, 3 with --quick.")
  private Optional<Integer> seeds = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "report",
      description = "The report folder; '${DEFAULT-VALUE}' unless given.")
  private Path out = Path.of("report");

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Runs at a time; as many as there are cores unless given. Changes no result.")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--fresh",
      description = "Forget the results kept in the report folder and run everything again.")
  private boolean fresh;

  @Override
  public Integer call() throws InterruptedException {
    List<Track<?>> tracks = tracks();
    int runs = atLeastOne("--seeds", seeds.orElse(quick ? QUICK_SEEDS : SEEDS));
    int atATime =
        atLeastOne("--threads", threads.orElse(Runtime.getRuntime().availableProcessors()));
    try (RunLog log = openLog()) {
      return compare(tracks, runs, atATime, log);
    } catch (IOException e) {
      spec.commandLine().getErr().println("optim compare: " + e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private int compare(List<Track<?>> tracks, int runs, int atATime, RunLog log)
      throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    if (log.unreadable() > 0) {
      err.printf("%s: %d lines are not results, left out%n", log, log.unreadable());
    }
    Display display = Display.on(err);
    Comparison comparison =
        new Comparison(tracks, runs, atATime, Environment.capture(), log, display);
    Farewell farewell = new Farewell(display, err, out);
    Report report;
    try {
      report = comparison.run();
    } finally {
      farewell.withdraw();
      display.close();
    }
    ReportWriter.write(report, out);
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.print(ResultTable.of(report));
    terminal.println("Report: " + out.resolve("index.html").toAbsolutePath().normalize());
    terminal.flush();
    if (comparison.failed() > 0) {
      err.println(
          comparison.failed() + " runs failed, see the report; the same command tries them again");
      return ExitCode.SOFTWARE;
    }
    return ExitCode.OK;
  }

  private List<Track<?>> tracks() {
    List<String> names = ProblemFamilies.expand(problems);
    List<Track<?>> all = everything(names);
    check("problem", all.stream().flatMap(t -> t.problems().stream().map(Problem::name)), names);
    check(
        "optimizer", all.stream().flatMap(t -> t.methods().stream().map(Method::name)), optimizers);
    List<Track<?>> asked = new ArrayList<>();
    for (Track<?> track : all) {
      Track<?> part =
          track.only(name -> Names.asked(names, name), name -> Names.asked(optimizers, name));
      if (!part.problems().isEmpty() && !part.methods().isEmpty()) {
        asked.add(quick ? part.withBudgets(budget -> budget.dividedBy(QUICK_PARTS)) : part);
      }
    }
    if (asked.isEmpty()) {
      throw refused("none of these optimizers can take one of these problems");
    }
    return asked;
  }

  private List<Track<?>> everything(List<String> names) {
    try {
      List<Track<?>> all = new ArrayList<>(Catalogue.tracks(data));
      all.addAll(ProblemFamilies.tracks(names));
      return all;
    } catch (IllegalArgumentException e) {
      throw refused("--data: " + e.getMessage());
    }
  }

  private void check(String kind, Stream<String> known, List<String> asked) {
    new Names(kind, known.distinct().toList())
        .complaint(asked)
        .ifPresent(
            complaint -> {
              throw refused(complaint);
            });
  }

  private int atLeastOne(String option, int value) {
    if (value < 1) {
      throw refused(option + " is " + value + ", must be at least 1");
    }
    return value;
  }

  /** Opens the log, and makes sure on the way that the report can be written. */
  private RunLog openLog() {
    try {
      Files.createDirectories(out);
      Files.delete(Files.createTempFile(out, ".writable-", ""));
      RunLog log = RunLog.open(out.resolve("runs.jsonl"));
      if (fresh) {
        log.clear();
      }
      return log;
    } catch (IOException e) {
      throw refused("cannot use the report folder " + out + ": " + inWords(e));
    }
  }

  static String inWords(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is not a folder";
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " cannot be created";
    }
    if (e instanceof FileSystemException named && named.getReason() != null) {
      return named.getReason();
    }
    return String.valueOf(e.getMessage());
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
