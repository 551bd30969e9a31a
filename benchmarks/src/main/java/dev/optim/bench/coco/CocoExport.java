package dev.optim.bench.coco;

import static java.util.Objects.requireNonNull;

import dev.optim.bench.problem.CostUnit;
import dev.optim.bench.problem.bbob.BbobFunction;
import dev.optim.bench.problem.bbob.BbobProblems;
import dev.optim.bench.report.Curve;
import dev.optim.bench.report.OptimizerReport;
import dev.optim.bench.report.ProblemReport;
import dev.optim.bench.report.Report;
import dev.optim.bench.report.RunReport;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Turns a comparison's results into data for COCO's post-processing, {@code cocopp}: of every run
 * on a BBOB problem that offers values only, what it reached after how many evaluations.
 *
 * <p>A value is known to have been reached at the next measurement of the comparison, which is
 * every other evaluation for each variable unless the budget was changed; so are COCO's figures.
 */
public final class CocoExport {

  private CocoExport() {}

  /**
   * What was written.
   *
   * @param folders one for each algorithm
   * @param runs how many are in them
   * @param failed how many runs on the same problems failed, and are not
   */
  public record Written(List<Path> folders, int runs, int failed) {}

  /**
   * Writes one folder for each optimizer. All are written aside and then moved into place: they are
   * there as a whole or not at all.
   *
   * @param report the results of a comparison
   * @param directory where to; must not exist or be empty, since post-processing would take
   *     whatever it finds for data
   * @return what was written
   * @throws IllegalArgumentException if none of the runs is on a BBOB problem that offers values
   *     only
   * @throws FileAlreadyExistsException if the directory is in use or a file
   * @throws IOException if something cannot be written
   */
  public static Written write(Report report, Path directory) throws IOException {
    requireNonNull(directory, "directory");
    Collected collected = collect(report);
    if (collected.runs.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no complete run on a BBOB problem that offers values only");
    }
    requireFree(directory);
    Path target = directory.toAbsolutePath().normalize();
    Files.createDirectories(target.getParent());
    Path aside = Files.createTempDirectory(target.getParent(), ".coco-");
    try {
      List<Path> folders = new ArrayList<>();
      int runs = 0;
      for (Map.Entry<String, List<CocoRun>> entry : collected.runs.entrySet()) {
        String folder = folderName(entry.getKey(), folders);
        CocoFolder.write(
            entry.getKey(), collected.comment, entry.getValue(), aside.resolve(folder));
        folders.add(directory.resolve(folder));
        runs += entry.getValue().size();
      }
      Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
      return new Written(List.copyOf(folders), runs, collected.failed);
    } catch (DirectoryNotEmptyException e) {
      throw inUse(directory);
    } finally {
      delete(aside);
    }
  }

  /** The runs of each optimizer, in the order of the report. */
  private record Collected(Map<String, List<CocoRun>> runs, int failed, String comment) {}

  private static Collected collect(Report report) {
    Map<String, List<CocoRun>> runs = new LinkedHashMap<>();
    int failed = 0;
    for (ProblemReport problem : report.problems()) {
      Optional<BbobFunction> function = BbobProblems.function(problem.name());
      if (function.isEmpty() || !problem.evaluationUnit().equals(CostUnit.VALUES.toString())) {
        continue;
      }
      for (OptimizerReport optimizer : problem.optimizers()) {
        failed += optimizer.failed().size();
        for (RunReport.Completed completed : optimizer.completed()) {
          CocoRun run = run(function.get(), completed.curve());
          if (run.records().isEmpty()) {
            failed++;
          } else {
            runs.computeIfAbsent(optimizer.name(), unknown -> new ArrayList<>()).add(run);
          }
        }
      }
    }
    String library = report.environment().getOrDefault("library", "");
    return new Collected(runs, failed, ("optim " + library).strip());
  }

  private static CocoRun run(BbobFunction function, Curve curve) {
    long[] evaluations = new long[curve.size()];
    double[] excess = new double[curve.size()];
    for (int i = 0; i < excess.length; i++) {
      evaluations[i] = curve.spent(i).evaluations();
      excess[i] = curve.value(0, i);
    }
    return CocoRun.of(function, evaluations, excess);
  }

  /** Letters, digits and a few signs; another name for another algorithm. */
  private static String folderName(String algorithm, List<Path> taken) {
    String plain = algorithm.replaceAll("[^A-Za-z0-9._+-]+", "_").replaceAll("^\\.+", "_");
    String name = plain;
    for (int i = 2; isTaken(name, taken); i++) {
      name = plain + "_" + i;
    }
    return name;
  }

  /** Whatever the letters' case, which some file systems do not keep. */
  private static boolean isTaken(String name, List<Path> taken) {
    return taken.stream().anyMatch(path -> path.getFileName().toString().equalsIgnoreCase(name));
  }

  private static void requireFree(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      try (Stream<Path> entries = Files.list(directory)) {
        if (entries.findAny().isEmpty()) {
          return;
        }
      }
    }
    if (Files.exists(directory)) {
      throw inUse(directory);
    }
  }

  private static FileAlreadyExistsException inUse(Path directory) {
    return new FileAlreadyExistsException(
        directory.toString(), null, "must be a new or an empty folder");
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
