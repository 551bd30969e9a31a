package dev.optim.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {

  private static final List<Metric> METRICS =
      List.of(Metric.loss("loss"), Metric.accuracy("test accuracy"));

  @TempDir Path folder;

  @Test
  void writesItsFilesAndNothingElse() throws IOException {
    Path target = folder.resolve("deep/report");

    ReportWriter.write(report("title"), target);

    assertThat(filesIn(target))
        .containsExactlyInAnyOrder(
            "index.html",
            "results.json",
            "curves.csv",
            "summary.csv",
            "ranking.csv",
            "tests.csv",
            "running-times.csv",
            "profiles.csv");
  }

  @Test
  void curvesHaveOneLinePerMeasuredValue() throws IOException {
    ReportWriter.write(report("title"), folder);

    assertThat(folder.resolve("curves.csv"))
        .hasContent(
            """
            problem,optimizer,seed,evaluations,values,gradients,elapsed_ns,allocated_bytes,metric,value
            "digits, ""small""\",Adam,1,0,0,0,0,0,loss,2.5
            "digits, ""small""\",Adam,1,10,0,0,1500000000,0,loss,0.1234567890123
            "digits, ""small""\",Adam,1,10,0,0,1500000000,0,test accuracy,0.75
            "digits, ""small""\",Adam,2,0,0,0,0,0,loss,2.5
            "digits, ""small""\",Adam,2,20,0,0,2500000000,0,loss,Infinity
            "digits, ""small""\",Adam,2,20,0,0,2500000000,0,test accuracy,0.25
            """);
  }

  @Test
  void theSummaryCountsFailuresButDoesNotAverageThem() throws IOException {
    ReportWriter.write(report("title"), folder);

    assertThat(Files.readAllLines(folder.resolve("summary.csv")))
        .containsExactly(
            "problem,optimizer,hyperparameters,metric,better,min,lower_quartile,median,"
                + "upper_quartile,max,completed,failed,median_evaluations,median_seconds,"
                + "stop_reasons,tuning_trials,tuning_failed,tuning_evaluations,tuning_seconds",
            "\"digits, \"\"small\"\"\",Adam,step size 0.001,loss,lower,0.1234567890123,Infinity,"
                + "Infinity,Infinity,Infinity,2,1,15.0,2.0,budget x1; tolerance x1,15,2,300,1.5",
            "\"digits, \"\"small\"\"\",Adam,step size 0.001,test accuracy,higher,0.25,0.375,0.5,"
                + "0.625,0.75,2,1,15.0,2.0,budget x1; tolerance x1,15,2,300,1.5");
  }

  @Test
  void theJsonKeepsEveryDigitAndTellsBadNumbersApart() throws IOException {
    ReportWriter.write(report("title"), folder);

    JsonNode json = new ObjectMapper().readTree(folder.resolve("results.json").toFile());
    JsonNode optimizer = json.at("/problems/0/optimizers/0");
    assertThat(json.at("/generatedAt").asText()).isEqualTo("2026-11-01T12:00:00Z");
    assertThat(json.at("/environment/JDK").asText()).isEqualTo("17");
    assertThat(optimizer.at("/runs/0/values/0/1").doubleValue()).isEqualTo(0.1234567890123);
    assertThat(optimizer.at("/runs/0/values/1/0").isNull()).isTrue();
    assertThat(optimizer.at("/runs/1/values/0/1").doubleValue()).isInfinite();
    assertThat(optimizer.at("/runs/0/seconds/1").doubleValue()).isEqualTo(1.5);
    assertThat(optimizer.at("/summary/metrics/1/median").doubleValue()).isEqualTo(0.5);
    assertThat(optimizer.at("/failures/0/seed").asText()).isEqualTo("9223372036854775807");
    assertThat(optimizer.at("/failures/0/reason").asText()).isEqualTo("out of memory");
  }

  @Test
  void whatWasWrittenCanBeReadWithEveryDigit() throws IOException {
    ReportWriter.write(report("title"), folder);

    Report read = ReportReader.read(folder.resolve("results.json"));

    Files.createDirectory(folder.resolve("again"));
    ReportWriter.write(read, folder.resolve("again"));
    for (String file : List.of("results.json", "curves.csv", "summary.csv", "ranking.csv")) {
      assertThat(folder.resolve("again").resolve(file))
          .hasSameTextualContentAs(folder.resolve(file));
    }
  }

  @Test
  void whatIsNoReportOfThisVersionIsNotRead() throws IOException {
    Path file = folder.resolve("results.json");
    for (String[] pair :
        List.of(
            new String[] {"{\"problems\": []}", " is of format 1, this version reads 2"},
            new String[] {
              "{\"format\": 3, \"problems\": []}", " is of format 3, this version reads 2"
            },
            new String[] {"{\"format\": 2, \"problems\": []}", ": 'environment' is missing"},
            new String[] {"{}", " holds no results of a comparison"},
            new String[] {"not json", " holds no results of a comparison: "})) {
      Files.writeString(file, pair[0]);

      assertThatIOException()
          .isThrownBy(() -> ReportReader.read(file))
          .withMessageStartingWith(file.toString())
          .withMessageContaining(pair[1])
          .withMessageNotContaining("\n");
    }
    assertThatIOException()
        .isThrownBy(() -> ReportReader.read(folder.resolve("none.json")))
        .withMessage("there is no file " + folder.resolve("none.json"));
  }

  @Test
  void thePageCarriesSixDigitsOfTheSameJson() throws IOException {
    ReportWriter.write(report("title"), folder);

    JsonNode json = new ObjectMapper().readTree(embeddedData());
    assertThat(json.at("/problems/0/optimizers/0/runs/0/values/0/1").doubleValue())
        .isEqualTo(0.123457);
  }

  @Test
  void hostileTextStaysText() throws IOException {
    String hostile = "</script><script>alert(1)</script><!-- & \u2028 \u2029 {{data}} $1 \\";

    ReportWriter.write(report(hostile), folder);

    String page = Files.readString(folder.resolve("index.html"));
    assertThat(page)
        .contains("<title>&lt;/script&gt;&lt;script&gt;alert(1)")
        .doesNotContain("<script>alert(1)");
    assertThat(embeddedData()).doesNotContain("<", "\u2028", "\u2029");
    assertThat(new ObjectMapper().readTree(embeddedData()).at("/title").asText())
        .isEqualTo(hostile);
    // the data, the library and our scripts: nobody has opened or closed another element
    assertThat(page.split("(?i)<script[ >]", -1)).hasSize(4);
    assertThat(page.split("(?i)</script", -1)).hasSize(4);
  }

  @Test
  void scriptsCannotEndTheirElement() {
    assertThat(ReportPage.escapeScript("a = '</SCRIPT>' + /<\\/script/"))
        .isEqualTo("a = '<\\/SCRIPT>' + /<\\/script/");
  }

  @Test
  void aNewReportReplacesTheOld() throws IOException {
    ReportWriter.write(report("the old one"), folder);

    ReportWriter.write(report("the new one"), folder);

    assertThat(folder.resolve("index.html")).content().contains("the new one");
    assertThat(filesIn(folder)).hasSize(8);
  }

  @Test
  void aReportThatCannotBePutInPlaceLeavesThePageThatWasThere() throws IOException {
    ReportWriter.write(report("the old one"), folder);
    Files.delete(folder.resolve("summary.csv"));
    Path obstacle = Files.createDirectories(folder.resolve("summary.csv/taken"));

    assertThatIOException()
        .isThrownBy(() -> ReportWriter.write(report("the new one"), folder))
        .withMessageStartingWith("cannot write the report to " + folder.toAbsolutePath() + ": ");

    assertThat(folder.resolve("index.html")).content().contains("the old one");
    assertThat(obstacle).exists();
    assertThat(filesIn(folder)).hasSize(8);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatIOException()
        .isThrownBy(() -> ReportWriter.write(report("title"), file.resolve("report")))
        .withMessageContaining("cannot write the report to " + file.resolve("report"));
  }

  private String embeddedData() throws IOException {
    String page = Files.readString(folder.resolve("index.html"));
    String opening = "<script type=\"application/json\" id=\"report-data\">";
    int start = page.indexOf(opening) + opening.length();
    return page.substring(start, page.indexOf("</script>", start));
  }

  private static List<String> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Report report(String title) {
    Curve converged =
        Curve.builder(2)
            .add(Spent.of(0, 0), 2.5, Double.NaN)
            .add(Spent.of(10, 1_500_000_000), 0.1234567890123, 0.75)
            .build();
    Curve overflowed =
        Curve.builder(2)
            .add(Spent.of(0, 0), 2.5, Double.NaN)
            .add(Spent.of(20, 2_500_000_000L), Double.POSITIVE_INFINITY, 0.25)
            .build();
    OptimizerReport adam =
        new OptimizerReport(
            "Adam",
            "step size 0.001",
            new Tuning(15, 2, 300, 1.5),
            List.of(
                new RunReport.Completed(1, "tolerance", converged),
                new RunReport.Completed(2, "budget", overflowed),
                new RunReport.Failed(Long.MAX_VALUE, "out of memory")));
    return new Report(
        title,
        Instant.parse("2026-11-01T12:00:00Z"),
        Map.of("JDK", "17"),
        List.of(1e-1, 1e-3),
        List.of(
            new ProblemReport(
                "digits, \"small\"",
                "handwritten",
                650,
                "gradient evaluations",
                20,
                OptionalDouble.of(0.1),
                METRICS,
                List.of(adam))));
  }
}
