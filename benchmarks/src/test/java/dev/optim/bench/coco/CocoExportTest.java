package dev.optim.bench.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.optim.bench.problem.bbob.Bbob;
import dev.optim.bench.report.Curve;
import dev.optim.bench.report.Metric;
import dev.optim.bench.report.OptimizerReport;
import dev.optim.bench.report.ProblemReport;
import dev.optim.bench.report.Report;
import dev.optim.bench.report.RunReport;
import dev.optim.bench.report.Spent;
import dev.optim.bench.report.Tuning;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CocoExportTest {

  private static final String VALUES = "function evaluations";

  /** With all that would end a quoted name, or the line, before its time. */
  private static final String NAME = "It's \"CMA\", \\ or\nso";

  @TempDir Path folder;

  /** Two functions, two instances, a late first measurement, a value that goes up, one missing. */
  private static Report results() {
    RunReport first = run(1, new long[] {0, 4, 8, 12}, 8, 2, 3, 0.5);
    RunReport second = run(1, new long[] {5, 6, 8, 10}, 80, Double.POSITIVE_INFINITY, 5, 5);
    RunReport third = run(2, new long[] {0, 1, 8, 10}, 7, 6, Double.NaN, 1e-9);
    RunReport failed = new RunReport.Failed(4, "diverged");
    return report(
        problem("bbob-f8-i2-d5", VALUES, NAME, second, failed),
        problem("bbob-f8-i1-d5", VALUES, NAME, first, third, failed),
        problem("bbob-f1-i1-d20", VALUES, "CBO", first, failed),
        problem("bbob-f1-i1-d20-gradient", "gradient evaluations", "Adam", first, failed),
        problem("rosenbrock-10", "gradient evaluations", "Adam", first, failed));
  }

  private static Report report(ProblemReport... problems) {
    return new Report(
        "title", Instant.EPOCH, Map.of("library", "1.0"), List.of(0.1), List.of(problems));
  }

  private static ProblemReport problem(
      String name, String unit, String optimizer, RunReport... runs) {
    return new ProblemReport(
        name,
        "description",
        5,
        unit,
        12,
        OptionalDouble.of(0),
        List.of(Metric.loss("best"), Metric.loss("other")),
        List.of(new OptimizerReport(optimizer, "", Tuning.NONE, List.of(runs))));
  }

  private static RunReport run(long seed, long[] evaluations, double... values) {
    Curve.Builder curve = Curve.builder(2);
    for (int i = 0; i < values.length; i++) {
      curve.add(Spent.of(evaluations[i], i), values[i], 9);
    }
    return new RunReport.Completed(seed, "budget", curve.build());
  }

  @Test
  void theFilesAreAsCocoDescribesThem() throws IOException {
    CocoExport.Written written = CocoExport.write(results(), folder.resolve("ex"));
    Path cma = folder.resolve("ex/It_s_CMA_or_so");
    double f1 = Bbob.ROSENBROCK.instance(1, 5).optimalValue();

    assertThat(written.folders()).containsExactly(cma, folder.resolve("ex/CBO"));
    assertThat(written.runs()).isEqualTo(4);
    assertThat(written.failed()).isEqualTo(3);
    assertThat(Files.readString(cma.resolve("bbobexp_f8.info")))
        .isEqualTo(
            """
            suite = 'bbob', funcId = 8, DIM = 5, Precision = 1.000e-08, algId = 'It s "CMA",   or so'
            % optim 1.0
            data_f8/bbobexp_f8_DIM5.dat, 1:12|5.0e-01, 1:10|1.0e-09, 2:10|5.0e+00
            """);
    List<String> dat = Files.readAllLines(cma.resolve("data_f8/bbobexp_f8_DIM5.dat"));
    assertThat(dat)
        .hasSize(4 + 3 + 3)
        .startsWith(
            "%% function evaluation | noise-free fitness - Fopt (%.12e) | best noise-free fitness -"
                    .formatted(f1)
                + " Fopt | measured fitness | best measured fitness | x1 | x2...",
            "1 +8.000000000e+00 +8.000000000e+00 %1$+.9e %1$+.9e".formatted(f1 + 8),
            "4 +2.000000000e+00 +2.000000000e+00 %1$+.9e %1$+.9e".formatted(f1 + 2),
            "12 +5.000000000e-01 +5.000000000e-01 %1$+.9e %1$+.9e".formatted(f1 + 0.5));
    assertThat(Files.readAllLines(cma.resolve("data_f8/bbobexp_f8_DIM5.tdat")))
        .hasSize(5 + 4 + 5)
        .contains("8 +2.000000000e+00 +2.000000000e+00 %1$+.9e %1$+.9e".formatted(f1 + 2));
    assertThat(folder.resolve("ex/CBO/bbobexp_f1.info"))
        .content()
        .contains("funcId = 1, DIM = 20", "algId = 'CBO'");
  }

  /**
   * What the reader of COCO's post-processing asks of data; it refuses, skips or misreads any
   * other.
   */
  @Test
  void thePostProcessingCanReadThem() throws IOException {
    CocoExport.write(results(), folder.resolve("ex"));

    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve("ex"))) {
      for (Path info : files.filter(f -> f.toString().endsWith(".info")).sorted().toList()) {
        List<String> lines = Files.readAllLines(info);
        assertThat(lines.size() % 3).as("three lines an entry").isZero();
        for (int i = 0; i < lines.size(); i += 3) {
          entries.add(Entry.parse(info.getParent(), lines.subList(i, i + 3)));
        }
      }
    }

    assertThat(entries).extracting(Entry::data).doesNotHaveDuplicates().hasSize(2);
    for (Entry entry : entries) {
      for (String extension : new String[] {".dat", ".tdat"}) {
        List<List<double[]>> runs = entry.runs(extension);
        assertThat(runs).hasSameSizeAs(entry.trials);
        for (int k = 0; k < runs.size(); k++) {
          List<double[]> run = runs.get(k);
          assertThat(run.get(0)[0]).as("begins with its first evaluation").isEqualTo(1);
          for (int i = 1; i < run.size(); i++) {
            assertThat(run.get(i)[0]).isGreaterThan(run.get(i - 1)[0]);
            assertThat(run.get(i)[2]).isLessThanOrEqualTo(run.get(i - 1)[2]);
          }
          double[] last = run.get(run.size() - 1);
          assertThat(last[2]).isCloseTo(entry.trials.get(k)[2], within(0.05 * last[2]));
          if (extension.equals(".tdat")) {
            assertThat(last[0]).as("evaluations as in the index").isEqualTo(entry.trials.get(k)[1]);
          }
        }
      }
    }
  }

  /** An entry of an info file, taken apart as the post-processing does. */
  private record Entry(Path data, List<double[]> trials) {

    private static final Pattern PAIR = Pattern.compile("(\\w+) = ('[^']+'|[^',]+)(?:, |$)");

    static Entry parse(Path folder, List<String> lines) {
      Map<String, String> header = new LinkedHashMap<>();
      Matcher pair = PAIR.matcher(lines.get(0));
      int end = 0;
      for (; end < lines.get(0).length(); end = pair.end()) {
        assertThat(pair.find(end) && pair.start() == end).as(lines.get(0)).isTrue();
        header.put(pair.group(1), pair.group(2));
      }
      // other keys are complained about, and without these there is no data set
      assertThat(header).containsOnlyKeys("suite", "funcId", "DIM", "Precision", "algId");
      assertThat(header).containsEntry("suite", "'bbob'").containsEntry("Precision", "1.000e-08");
      assertThat(Integer.parseInt(header.get("funcId"))).isBetween(1, 24);
      assertThat(Integer.parseInt(header.get("DIM"))).isPositive();
      assertThat(header.get("algId")).startsWith("'").endsWith("'").doesNotContain("\\");
      assertThat(lines.get(1)).startsWith("%");
      assertThat(lines.get(2)).as("= would make a header of it").doesNotContain("=");
      String[] parts = lines.get(2).split(", ");
      assertThat(parts[0]).endsWith("dat");
      List<double[]> trials = new ArrayList<>();
      for (String part : List.of(parts).subList(1, parts.length)) {
        assertThat(part).matches("\\d+:\\d+\\|[-+.e\\d]+"); // without :, a run was not ended
        trials.add(Stream.of(part.split("[:|]")).mapToDouble(Double::parseDouble).toArray());
      }
      return new Entry(folder.resolve(parts[0]), trials);
    }

    /** Lines of numbers, a new run after each header. */
    List<List<double[]>> runs(String extension) throws IOException {
      String name = data.getFileName().toString().replace(".dat", extension);
      List<List<double[]>> runs = new ArrayList<>();
      for (String line : Files.readAllLines(data.resolveSibling(name))) {
        if (line.startsWith("%")) {
          assertThat(line).as("= would be read").doesNotContain("=");
          runs.add(new ArrayList<>());
        } else {
          double[] row = Stream.of(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
          assertThat(row).hasSize(5);
          assertThat(DoubleStream.of(row)).allMatch(Double::isFinite);
          runs.get(runs.size() - 1).add(row);
        }
      }
      return runs;
    }
  }

  @Test
  void aFolderInUseIsRefusedAndLeftAsItWas() throws IOException {
    Report results = results();
    Path file = Files.createFile(folder.resolve("file"));
    Path used = Files.createDirectory(folder.resolve("used"));
    Files.writeString(used.resolve("mine.txt"), "mine");

    for (Path taken : List.of(used, file)) {
      assertThatExceptionOfType(FileAlreadyExistsException.class)
          .isThrownBy(() -> CocoExport.write(results, taken))
          .withMessage(taken + ": must be a new or an empty folder");
    }
    assertThat(used).isDirectoryNotContaining(path -> !path.endsWith("mine.txt"));
    assertThat(folder).isDirectoryNotContaining("glob:**/.coco-*");
  }

  @Test
  void anEmptyFolderIsTaken() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    CocoExport.write(results(), empty);

    assertThat(empty.resolve("CBO/bbobexp_f1.info")).isRegularFile();
    assertThat(folder).isDirectoryNotContaining("glob:**/.coco-*");
  }

  @Test
  void resultsWithoutSuchARunAreRefused() {
    Report results =
        report(problem("rosenbrock-10", "gradient evaluations", "Adam", run(1, new long[] {0}, 1)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CocoExport.write(results, folder.resolve("ex")))
        .withMessage("there is no complete run on a BBOB problem that offers values only");
    assertThat(folder.resolve("ex")).doesNotExist();
  }
}
