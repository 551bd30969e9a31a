package dev.optim.bench.coco;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.optim.bench.problem.CostUnit;
import dev.optim.bench.problem.bbob.BbobFunction;
import dev.optim.bench.problem.bbob.BbobProblems;
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

  private static final ObjectMapper JSON = new ObjectMapper();

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
   * @param results {@code results.json} of a comparison
   * @param directory where to; must not exist or be empty, since post-processing would take
   *     whatever it finds for data
   * @return what was written
   * @throws IllegalArgumentException if the results are none, or none of them is on a BBOB problem
   *     that offers values only
   * @throws FileAlreadyExistsException if the directory is in use or a file
   * @throws IOException if something cannot be read or written
   */
  public static Written write(Path results, Path directory) throws IOException {
    requireNonNull(directory, "directory");
    Collected collected = collect(read(results), results);
    if (collected.runs.isEmpty()) {
      throw new IllegalArgumentException(
          results + " holds no complete run on a BBOB problem that offers values only");
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

  private static JsonNode read(Path results) throws IOException {
    try {
      return JSON.readTree(results.toFile());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s is no results file: line %d, column %d: %s"
              .formatted(
                  results,
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  e.getOriginalMessage()),
          e);
    }
  }

  private static Collected collect(JsonNode report, Path file) {
    Map<String, List<CocoRun>> runs = new LinkedHashMap<>();
    int failed = 0;
    for (JsonNode problem : array(report, "problems", file)) {
      Optional<BbobFunction> function =
          BbobProblems.function(field(problem, "name", file).asText());
      boolean counted =
          field(problem, "evaluationUnit", file).asText().equals(CostUnit.VALUES.toString());
      if (function.isEmpty() || !counted) {
        continue;
      }
      for (JsonNode optimizer : array(problem, "optimizers", file)) {
        failed += array(optimizer, "failures", file).size();
        String name = field(optimizer, "name", file).asText();
        for (JsonNode node : array(optimizer, "runs", file)) {
          CocoRun run = run(function.get(), node, file);
          if (run.records().isEmpty()) {
            failed++;
          } else {
            runs.computeIfAbsent(name, unknown -> new ArrayList<>()).add(run);
          }
        }
      }
    }
    JsonNode environment = field(report, "environment", file);
    return new Collected(runs, failed, "optim " + environment.path("library").asText());
  }

  private static CocoRun run(BbobFunction function, JsonNode run, Path file) {
    JsonNode evaluations = array(run, "evaluations", file);
    JsonNode values = array(run, "values", file).path(0);
    int n = evaluations.size();
    if (n == 0 || values.size() != n) {
      throw new IllegalArgumentException(file + " is no results file: a run without measurements");
    }
    long[] counts = new long[n];
    double[] excess = new double[n];
    for (int i = 0; i < n; i++) {
      counts[i] = evaluations.get(i).asLong();
      excess[i] = values.get(i).asDouble(Double.NaN);
    }
    return CocoRun.of(function, counts, excess);
  }

  private static JsonNode array(JsonNode node, String name, Path file) {
    JsonNode array = field(node, name, file);
    if (!array.isArray()) {
      throw new IllegalArgumentException(file + " is no results file: " + name + " is no list");
    }
    return array;
  }

  private static JsonNode field(JsonNode node, String name, Path file) {
    JsonNode field = node.get(name);
    if (field == null) {
      throw new IllegalArgumentException(file + " is no results file: " + name + " is missing");
    }
    return field;
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
