package dev.optim.bench.cli;

import dev.optim.bench.experiment.Names;
import dev.optim.bench.problem.bilevel.KnownBilevel;
import dev.optim.bench.problem.bilevel.KnownBilevels;
import dev.optim.bench.problem.bilevel.Reach;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code optim bilevel}. */
@Command(
    name = "bilevel",
    description = {
      "Runs every bilevel method on every small problem whose solution is known.",
      "",
      "Each method tries a grid of settings from the problem's stated start. The table has the"
          + " partial gradients of the cheapest setting that reaches the solution: F within 1e-2"
          + " (1e-3 near zero), constraints and lower level within 1e-3. 'no': none reaches it in"
          + " 20,000 iterations. '-': the method does not take the constraints.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  optim bilevel",
      "  optim bilevel --problems Bard1988Ex1,FalkLiu1995 --settings"
    })
final class BilevelCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--problems",
      split = ",",
      paramLabel = "NAME",
      description = "Only these problems; all unless given.")
  private List<String> problems = new ArrayList<>();

  @Option(names = "--settings", description = "Below each line, the settings that got there.")
  private boolean settings;

  @Override
  public void run() {
    List<String> known = KnownBilevels.all().map(KnownBilevel::name).toList();
    new Names("problem", known)
        .complaint(problems)
        .ifPresent(
            complaint -> {
              throw new ParameterException(spec.commandLine(), complaint);
            });
    PrintWriter out = spec.commandLine().getOut();
    StringBuilder heading = new StringBuilder("| problem | F* |");
    StringBuilder rule = new StringBuilder("|---|---|");
    for (Reach.Family family : Reach.Family.values()) {
      heading.append(' ').append(family).append(" |");
      rule.append("---|");
    }
    out.println(heading);
    out.println(rule);
    KnownBilevels.all()
        .filter(problem -> Names.asked(problems, problem.name()))
        .forEach(problem -> print(problem, out));
  }

  private void print(KnownBilevel problem, PrintWriter out) {
    StringBuilder line = new StringBuilder();
    line.append("| ").append(problem).append(" | ").append(number(problem.best())).append(" |");
    List<String> notes = new ArrayList<>();
    List<Optional<Reach>> reached =
        Stream.of(Reach.Family.values())
            .parallel()
            .map(f -> f.takes(problem) ? Reach.of(f, problem) : Optional.<Reach>empty())
            .toList();
    for (Reach.Family family : Reach.Family.values()) {
      Optional<Reach> reach = reached.get(family.ordinal());
      String cell = reach.map(r -> count(r.gradients())).orElse("no");
      line.append(' ').append(family.takes(problem) ? cell : "-").append(" |");
      reach.ifPresent(
          r ->
              notes.add(
                  "  " + family + ": " + r.setting() + ", " + r.iterations() + " iterations"));
    }
    out.println(line);
    if (settings) {
      notes.forEach(out::println);
    }
    out.flush();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value).replaceFirst("\\.?0+$", "");
  }

  private static String count(long gradients) {
    return gradients < 10_000
        ? String.format(Locale.ROOT, "%.1f k", gradients / 1000.0)
        : String.format(Locale.ROOT, "%.0f k", gradients / 1000.0);
  }
}
