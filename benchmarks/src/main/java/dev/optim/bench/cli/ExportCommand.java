package dev.optim.bench.cli;

import dev.optim.bench.coco.CocoExport;
import dev.optim.bench.report.Report;
import dev.optim.bench.report.ReportReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code optim export}. */
@Command(
    name = "export",
    description = {
      "Writes the results of a comparison for other programs.",
      "",
      "--coco takes the runs on BBOB problems that offer values only and writes, for each"
          + " optimizer, a folder that COCO's post-processing reads: cocopp DIR/*",
      ""
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  optim compare --problems bbob-f1-d5,bbob-f8-i2-d10",
      "  optim export --coco exdata",
      "",
      "Exit codes: 0 done; 1 the data could not be written;",
      "2 the command line, the results or the folder is not usable, and nothing was written."
    })
final class ExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--coco",
      paramLabel = "DIR",
      required = true,
      description = "Where to: a folder that does not exist or is empty.")
  private Path coco = Path.of("exdata");

  @Option(
      names = "--from",
      paramLabel = "DIR",
      defaultValue = "report",
      description = "The report folder of the comparison; '${DEFAULT-VALUE}' unless given.")
  private Path from = Path.of("report");

  @Override
  public Integer call() {
    try {
      say(CocoExport.write(report(), coco));
      return ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw refused(from + ": " + e.getMessage());
    } catch (FileAlreadyExistsException e) {
      throw refused(e.getMessage());
    } catch (IOException e) {
      spec.commandLine().getErr().println("optim export: cannot write " + coco + ": " + e);
      return ExitCode.SOFTWARE;
    }
  }

  private Report report() {
    Path results = from.resolve("results.json");
    if (!Files.isRegularFile(results)) {
      throw refused(results + " does not exist: run optim compare first, or name its folder");
    }
    try {
      return ReportReader.read(results);
    } catch (IOException e) {
      throw refused(e.getMessage());
    }
  }

  private void say(CocoExport.Written written) {
    PrintWriter out = spec.commandLine().getOut();
    if (written.failed() > 0) {
      spec.commandLine()
          .getErr()
          .println(written.failed() + " failed runs are left out: COCO has no place for them");
    }
    out.println(written.runs() + " runs written. Post-process them with");
    out.println(
        "  cocopp "
            + written.folders().stream().map(Path::toString).collect(Collectors.joining(" ")));
    out.flush();
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
