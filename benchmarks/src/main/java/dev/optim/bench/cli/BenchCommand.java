package dev.optim.bench.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.optim.bench.experiment.Environment;
import dev.optim.bench.experiment.Names;
import dev.optim.bench.report.FileFailure;
import dev.optim.bench.speed.Allowance;
import dev.optim.bench.speed.Bench;
import dev.optim.bench.speed.Goal;
import dev.optim.bench.speed.Goals;
import dev.optim.bench.speed.Measurement;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code optim bench}. */
@Command(
    name = "bench",
    description = {
      "Measures the speed goals, a line for each: figure, ratio with its 95 %% error, goal, outcome.",
      "",
      "A ratio is between two things timed in turns in one JVM. Leave the machine alone meanwhile.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  optim bench --quick",
      "  optim bench lion adamw-10m --json speed.json",
      "  optim --peers bench      with goals against libraries with native code",
      "  optim --torch bench      with goals against libtorch",
      "  optim --smile bench      with goals against Smile (under the GPL) and Breeze",
      "",
      "Exit codes: 0 measured, whatever was met; 1 the benchmarks could not be run;",
      "2 the command line or the file is not usable."
    })
final class BenchCommand implements Callable<Integer> {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** What a quick run of all goals may take, less than the five minutes it is said to. */
  private static final Duration QUICK = Duration.ofSeconds(275);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Only these goals, or those whose names begin so; all unless given.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--quick",
      description =
          "Fewer repetitions, and unless goals are named, of a part of them what five minutes allow.")
  private boolean quick;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the outcomes to this file, too.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Write them to this file as a table, too.")
  private Optional<Path> markdown = Optional.empty();

  @Option(names = "--list", description = "Name the goals and measure nothing.")
  private boolean list;

  @Override
  public Integer call() {
    List<Goal> asked = asked();
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      asked.forEach(goal -> out.println(goal.inWords()));
      out.flush();
      return ExitCode.OK;
    }
    write(List.of()); // before an hour is spent
    try {
      out.println(where());
      measure(asked, out);
      out.flush();
      return ExitCode.OK;
    } catch (RunnerException e) {
      spec.commandLine().getErr().println("optim bench: " + e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private void measure(List<Goal> asked, PrintWriter out) throws RunnerException {
    boolean look = quick && names.isEmpty();
    Bench effort = quick ? Bench.quick() : Bench.thorough();
    Allowance time = look ? Allowance.of(QUICK) : Allowance.unlimited();
    Map<Goal, Measurement> outcomes = new HashMap<>();
    for (Goal goal : look ? Goals.forALook(asked) : asked) {
      if (!time.begins()) {
        break;
      }
      Measurement outcome = effort.measure(goal);
      time.ends();
      outcomes.put(goal, outcome);
      out.println(outcome.line());
      out.flush();
      write(asked.stream().filter(outcomes::containsKey).map(outcomes::get).toList());
    }
    out.println(summary(outcomes.values(), time.used()));
    List<String> left =
        asked.stream().filter(goal -> !outcomes.containsKey(goal)).map(Goal::name).toList();
    if (!left.isEmpty()) {
      out.printf(
          "left out of --quick, measured by optim bench or by their names (%d): %s%n",
          left.size(), String.join(" ", left));
    }
  }

  private List<Goal> asked() {
    List<Goal> all = Goals.all();
    for (String name : names) {
      if (all.stream().noneMatch(goal -> goal.isCalled(name))) {
        Names known = new Names("goal", all.stream().map(Goal::name).toList());
        throw new ParameterException(
            spec.commandLine(),
            "unknown goal '%s'; did you mean %s? --list names them all"
                .formatted(name, known.nearest(name)));
      }
    }
    return all.stream()
        .filter(goal -> names.isEmpty() || names.stream().anyMatch(goal::isCalled))
        .toList();
  }

  private static String summary(Collection<Measurement> outcomes, Duration taken) {
    long met = outcomes.stream().filter(Measurement::met).count();
    long unsteady = outcomes.stream().filter(Measurement::unsteady).count();
    return "%d of %d goals met%s; %d min %d s"
        .formatted(
            met,
            outcomes.size(),
            unsteady == 0 ? "" : ", " + unsteady + " unsteady",
            taken.toMinutes(),
            taken.toSecondsPart());
  }

  private static String where() {
    Environment here = Environment.capture();
    return "%s, %s kernels, %d cores of %s"
        .formatted(here.jdk(), here.kernels(), here.cores(), here.cpu());
  }

  private void write(List<Measurement> outcomes) {
    if (json.isPresent()) {
      write(json.get(), () -> JSON.writeValueAsString(outcomes) + "\n");
    }
    if (markdown.isPresent()) {
      write(markdown.get(), () -> Measurement.markdown(outcomes));
    }
  }

  private void write(Path file, Callable<String> text) {
    try {
      Files.writeString(file, text.call());
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "cannot write " + file + ": " + FileFailure.inWords(e));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
