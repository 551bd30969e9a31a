package dev.optim.bench.report;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes a report as a page to look at and as files to compute with. */
public final class ReportWriter {

  private ReportWriter() {}

  /**
   * Writes these files, replacing what an earlier report left under these names:
   *
   * <ul>
   *   <li>{@code index.html}: the whole report as one page that needs no network and no other file
   *   <li>{@code results.json}: everything in the report, with all digits
   *   <li>{@code curves.csv}: every measured value of every run, with what had been spent by then
   *   <li>{@code summary.csv}: per problem, optimizer and metric the spread of the final values
   *   <li>{@code ranking.csv}: the mean ranks with their intervals
   *   <li>{@code tests.csv}: every two optimizers compared
   *   <li>{@code running-times.csv}: expected evaluations to each target
   *   <li>{@code profiles.csv}: every step of the performance and data profiles and the
   *       distributions over targets
   * </ul>
   *
   * <p>All are written aside first and then moved into place, the page last: whoever looks, and
   * however the writing ends, each file is whole.
   *
   * @param report what to write
   * @param directory where to; created if it does not exist
   * @throws IOException if the directory cannot be written to; the message names it
   */
  public static void write(Report report, Path directory) throws IOException {
    requireNonNull(report, "report");
    requireNonNull(directory, "directory");
    List<Standings> standings = Standings.of(report);
    try {
      Files.createDirectories(directory);
      Path aside = Files.createTempDirectory(directory, ".report-");
      try {
        for (Part part : PARTS) {
          try (Writer out = Files.newBufferedWriter(aside.resolve(part.file))) {
            part.content.write(report, standings, out);
          }
        }
        for (Part part : PARTS) {
          replace(aside.resolve(part.file), directory.resolve(part.file));
        }
      } finally {
        for (Part part : PARTS) {
          Files.deleteIfExists(aside.resolve(part.file));
        }
        Files.deleteIfExists(aside);
      }
    } catch (IOException e) {
      throw new IOException(
          "cannot write the report to %s: %s"
              .formatted(directory.toAbsolutePath(), FileFailure.inWords(e)),
          e);
    }
  }

  private interface Content {
    void write(Report report, List<Standings> standings, Writer out) throws IOException;
  }

  private record Part(String file, Content content) {}

  private static final List<Part> PARTS =
      List.of(
          new Part(
              "results.json",
              (report, standings, out) ->
                  ReportJson.write(report, standings, ReportJson.EXACT, out)),
          new Part("curves.csv", (report, standings, out) -> ReportCsv.writeCurves(report, out)),
          new Part("summary.csv", (report, standings, out) -> ReportCsv.writeSummary(report, out)),
          new Part(
              "ranking.csv", (report, standings, out) -> StandingsCsv.writeRanking(standings, out)),
          new Part(
              "tests.csv", (report, standings, out) -> StandingsCsv.writeTests(standings, out)),
          new Part("running-times.csv", StandingsCsv::writeRunningTimes),
          new Part(
              "profiles.csv",
              (report, standings, out) -> StandingsCsv.writeProfiles(standings, out)),
          new Part("index.html", ReportPage::write));

  private static void replace(Path source, Path target) throws IOException {
    try {
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
