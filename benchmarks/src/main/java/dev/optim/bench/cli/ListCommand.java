package dev.optim.bench.cli;

import dev.optim.bench.experiment.Catalogue;
import dev.optim.bench.experiment.Method;
import dev.optim.bench.experiment.ProblemFamilies;
import dev.optim.bench.experiment.Track;
import dev.optim.bench.problem.Problem;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code optim list}. */
@Command(
    name = "list",
    description = "Names the optimizers and problems there are.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ListCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    Map<String, String> methods = new LinkedHashMap<>();
    Map<String, String> problems = new LinkedHashMap<>();
    for (Track<?> track : tracks()) {
      for (Method<?> method : track.methods()) {
        methods.putIfAbsent(method.name(), method.summary());
      }
      for (Problem<?> problem : track.problems()) {
        problems.put(problem.name(), problem.summary());
      }
    }
    print("Optimizers", methods);
    print("Problems", problems);
    print(
        "Problems with --data DIR, a folder with mnist or fashion-mnist",
        ProblemFamilies.withData());
    print("Problems with known answers, not among all unless named", ProblemFamilies.forms());
  }

  private List<Track<?>> tracks() {
    try {
      return Catalogue.tracks();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void print(String heading, Map<String, String> entries) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(heading);
    entries.forEach((name, text) -> out.printf("  %-16s %s%n", name, text));
    out.flush();
  }
}
