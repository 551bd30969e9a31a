package dev.optim.bench.cli;

import dev.optim.bench.pruning.PruningMethod;
import dev.optim.bench.pruning.PruningStudy;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code optim prune}. */
@Command(
    name = "prune",
    description = {
      "Prunes networks for handwritten digits by magnitude and by M-FAC, without fine-tuning:",
      "test accuracy by the part of the weights that went, means over the seeds.",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {"", "Examples:", "  optim prune", "  optim prune --seeds 10"})
final class PruneCommand implements Runnable {

  private static final List<Double> SPARSITIES = List.of(0.5, 0.6, 0.7, 0.8, 0.9, 0.95);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Networks to prune; 3 unless given, two or three minutes.")
  private int seeds = 3;

  @Override
  public void run() {
    if (seeds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--seeds is " + seeds + ", must be at least 1");
    }
    PrintWriter out = spec.commandLine().getOut();
    PruningStudy study = new PruningStudy(seeds);
    out.printf(
        Locale.ROOT,
        "64-32-10 networks, %d weights, %d seeds; dense %.3f%n%n",
        study.candidates(),
        seeds,
        study.accuracy());
    out.printf("%-38s", "pruned");
    SPARSITIES.forEach(sparsity -> out.printf(Locale.ROOT, "%7.0f %%", 100 * sparsity));
    out.println();
    for (PruningMethod method : PruningMethod.all()) {
      out.printf("%-38s", method.name());
      for (double sparsity : SPARSITIES) {
        out.printf(Locale.ROOT, "%9.3f", study.accuracy(method, sparsity));
        out.flush();
      }
      out.println();
    }
    out.flush();
  }
}
