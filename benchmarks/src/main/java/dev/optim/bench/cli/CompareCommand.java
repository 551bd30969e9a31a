package dev.optim.bench.cli;

import dev.optim.bench.experiment.Catalogue;
import dev.optim.bench.experiment.Comparison;
import dev.optim.bench.experiment.Environment;
import dev.optim.bench.experiment.Experiment;
import dev.optim.bench.experiment.ExperimentException;
import dev.optim.bench.experiment.ExperimentFile;
import dev.optim.bench.experiment.Request;
import dev.optim.bench.experiment.RunLog;
import dev.optim.bench.report.Counted;
import dev.optim.bench.report.Gate;
import dev.optim.bench.report.Report;
import dev.optim.bench.report.ReportReader;
import dev.optim.bench.report.ReportWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code optim compare}. */
@Command(
    name = "compare",
    description = {
      "Runs optimizers on the problems they can take and writes a report.",
      "",
      "All optimizers spend the same budget on a problem. Each one's hyper-parameters are chosen"
          + " first, from as many settings for each, on seeds of their own.",
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
      "  optim compare --problems 'digits-*,rosenbrock-10' --seeds 10",
      "  optim compare --optimizers adam,lion --out /tmp/adam-or-lion",
      "  optim compare --problems bbob-d5 --evaluations 2000 --range 'CBO.sigma=1..16'",
      "  optim compare experiment.yaml",
      "  optim compare --against results.json --fail-if-worse 5%%",
      "",
      "Exit codes: 0 done; 1 a run failed, the report could not be written, or something got worse;",
      "2 the command line, a file or the report folder is not usable, and nothing was run."
    })
final class CompareCommand implements Callable<Integer> {

  private static final int QUICK_PARTS = 5;
  private static final int QUICK_SEEDS = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "An experiment in YAML (docs/comparison.md); options go before what it says.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "An experiment that ships: first-order, second-order, derivative-free, bilevel or all.")
  private Optional<String> preset = Optional.empty();

  @Option(
      names = "--quick",
      description = "A fifth of the budget, 3 seeds, tuned once: half a minute.")
  private boolean quick;

  @Option(
      names = "--problems",
      split = ",",
      paramLabel = "NAME",
      description = "Only these problems; a * stands for any letters.")
  private List<String> problems = new ArrayList<>();

  @Option(
      names = "--optimizers",
      split = ",",
      paramLabel = "NAME",
      description = "Only these optimizers.")
  private List<String> optimizers = new ArrayList<>();

  @Option(
      names = "--range",
      paramLabel = "RANGE",
      description =
          "What a hyper-parameter may be: 'Adam.step size=1e-4..1e-1', searched over decades,"
              + " 'Adam.step size=linear 0.01..0.1', evenly, or 'Adam.batch size=32', fixed; as often"
              + " as needed.")
  private List<String> ranges = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "A folder with mnist or fashion-mnist, data sets that do not ship with the program; adds"
              + " their problems.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Runs of each optimizer on each problem; 6 unless given, 3 with --quick.")
  private Optional<Integer> seeds = Optional.empty();

  @Option(
      names = "--studies",
      paramLabel = "N",
      description = "How often hyper-parameters are chosen; 3 unless given, 1 with --quick.")
  private Optional<Integer> studies = Optional.empty();

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Settings each study tries; 5 unless given.")
  private Optional<Integer> trials = Optional.empty();

  @Mixin private BudgetOptions budgets = new BudgetOptions();

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "What a run may take, e.g. '30 s'; 5 min unless given.")
  private Optional<String> time = Optional.empty();

  @Option(
      names = "--targets",
      split = ",",
      paramLabel = "PART",
      description =
          "What may be left of the way from the start to the lowest value, decreasing;"
              + " 1e-1,1e-3,1e-5 unless given.")
  private List<Double> targets = new ArrayList<>();

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

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description = "The results.json of an earlier comparison to compare with.")
  private Optional<Path> against = Optional.empty();

  @Option(
      names = "--fail-if-worse",
      paramLabel = "PERCENT",
      description =
          "With --against: by how much a median may be worse, like 5%% or 0.05; 5%% unless given.")
  private Optional<String> failIfWorse = Optional.empty();

  private int failed;

  @Override
  public Integer call() throws InterruptedException {
    Experiment experiment = experiment();
    int atATime =
        atLeastOne("--threads", threads.orElse(Runtime.getRuntime().availableProcessors()));
    double tolerance = tolerance();
    Optional<Report> before = Optional.empty();
    if (against.isPresent()) {
      before = Optional.of(read(against.get()));
    }
    Environment here = Environment.capture();
    ReportFolder folder = new ReportFolder(out, fresh);
    try (RunLog log = folder.open()) {
      Optional<Report> kept = folder.kept(experiment, here);
      Report report = run(experiment, atATime, here, log);
      ReportWriter.write(kept.map(report::including).orElse(report), out);
      tell(report);
      boolean passes = before.isEmpty() || passes(report, before.get(), tolerance);
      return failed == 0 && passes ? ExitCode.OK : ExitCode.SOFTWARE;
    } catch (ReportFolder.UnusableException e) {
      throw refused(e.getMessage());
    } catch (IOException e) {
      spec.commandLine().getErr().println("optim compare: " + e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private Report run(Experiment experiment, int atATime, Environment here, RunLog log)
      throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    if (log.unreadable() > 0) {
      err.printf("%s: %s without a result, left out%n", log, Counted.of(log.unreadable(), "line"));
    }
    int elsewhere = log.fromElsewhere(here);
    if (elsewhere > 0) {
      err.printf(
          "%s: %s of another version, JDK or machine, left out%n",
          log, Counted.of(elsewhere, "run"));
    }
    Display display = Display.on(err);
    Farewell farewell = new Farewell(display, err, out);
    try {
      Comparison comparison = new Comparison(experiment, atATime, here, log, display);
      Report report = comparison.run();
      failed = comparison.failed();
      return report;
    } finally {
      farewell.withdraw();
      display.close();
    }
  }

  /** Prints the result. */
  private void tell(Report report) {
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.print(ResultTable.of(report));
    terminal.println("Report: " + out.resolve("index.html").toAbsolutePath().normalize());
    terminal.flush();
    if (failed > 0) {
      spec.commandLine()
          .getErr()
          .println(
              Counted.of(failed, "run")
                  + " failed, see the report; the same command tries again what failed");
    }
  }

  /** Prints what has become worse; returns whether that is nothing, among something compared. */
  private boolean passes(Report now, Report before, double tolerance) {
    Gate gate = Gate.judge(now, before, tolerance);
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "against %s of %s, %s: %d compared, %d worse, %d better by more than %s %%%n",
        against.orElseThrow(),
        before.environment().getOrDefault("library", "an unknown version"),
        before.generatedAt(),
        gate.compared(),
        gate.worse().size(),
        gate.better(),
        percent(tolerance));
    gate.notes().forEach(note -> err.println("not compared: " + note));
    gate.worse().forEach(line -> err.println("worse: " + line));
    return gate.worse().isEmpty() && gate.compared() > 0;
  }

  private Experiment experiment() {
    int parts = quick ? QUICK_PARTS : 1;
    try {
      List<Request.Ranged> wishes = ranges.stream().map(RangeOption::parse).toList();
      Request asked =
          new Request(
              Optional.empty(),
              problems.stream().map(CompareCommand::name).toList(),
              optimizers.stream().map(CompareCommand::name).toList(),
              wishes,
              seeds.or(() -> quick ? Optional.of(QUICK_SEEDS) : Optional.empty()),
              studies.or(() -> quick ? Optional.of(1) : Optional.empty()),
              trials,
              timeLimit(),
              targets,
              budgets.asked(parts),
              parts);
      Experiment experiment = asked.orElse(base()).resolve(Catalogue.tracks(data));
      wishes.forEach(wish -> checkConcerns(wish, experiment));
      return experiment;
    } catch (ExperimentException e) {
      throw refused(e.getMessage());
    } catch (IllegalArgumentException e) {
      throw refused(e.getMessage());
    }
  }

  private Request base() throws ExperimentException {
    if (file.isPresent()) {
      Request request = ExperimentFile.read(file.get());
      return preset.isPresent() ? request.orElse(ExperimentFile.preset(preset.get())) : request;
    }
    return preset.isPresent()
        ? ExperimentFile.preset(preset.get())
        : ExperimentFile.standard().including(Catalogue.added(data));
  }

  private static Request.Name name(String text) {
    return new Request.Name(text, "");
  }

  /** Refuses a range that nothing compared has: it would be left out without a word. */
  private void checkConcerns(Request.Ranged wish, Experiment experiment) {
    if (experiment.tracks().stream()
        .flatMap(track -> track.methods().stream())
        .noneMatch(wish::concerns)) {
      throw refused(
          wish.where()
              + wish.optimizer().text()
              + " with a "
              + wish.range().name()
              + " is not among what is compared");
    }
  }

  private Report read(Path results) {
    try {
      return ReportReader.read(results);
    } catch (IOException e) {
      throw refused(e.getMessage());
    }
  }

  private double tolerance() {
    if (failIfWorse.isPresent() && against.isEmpty()) {
      throw refused("--fail-if-worse needs --against FILE");
    }
    String text = failIfWorse.orElse("5%").strip();
    boolean inPercent = text.endsWith("%");
    try {
      double number = Double.parseDouble(inPercent ? text.substring(0, text.length() - 1) : text);
      double part = inPercent ? number / 100 : number;
      if (part >= 0 && part < Double.POSITIVE_INFINITY && (inPercent || part < 1)) {
        return part;
      }
      if (part >= 1 && part < Double.POSITIVE_INFINITY) {
        throw refused(
            "--fail-if-worse is '%s', which is %s %%; write %s%%"
                    .formatted(text, percent(part), text)
                + (part < 100 ? " or " + rounded(part / 100) : ""));
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw refused("--fail-if-worse is '" + text + "', must be like 5% or 0.05");
  }

  private static String percent(double part) {
    return rounded(100 * part);
  }

  private static String rounded(double number) {
    return new BigDecimal(number).round(MathContext.DECIMAL32).stripTrailingZeros().toPlainString();
  }

  private Optional<Duration> timeLimit() {
    Optional<Duration> limit = time.flatMap(ExperimentFile::time);
    if (time.isPresent() && limit.isEmpty()) {
      throw refused("--time is '" + time.get() + "', must be like 30 s, 5 min or 1 h");
    }
    return limit;
  }

  private int atLeastOne(String option, int value) {
    if (value < 1) {
      throw refused(option + " is " + value + ", must be at least 1");
    }
    return value;
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
