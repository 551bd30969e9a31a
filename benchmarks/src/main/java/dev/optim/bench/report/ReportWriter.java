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
   * Writes four files, replacing what an earlier report left under these names:
   *
   * <ul>
   *   <li>{@code index.html}: the whole report as one page that needs no network and no other file
   *   <li>{@code results.json}: everything in the report, with all digits
   *   <li>{@code curves.csv}: problem, optimizer, seed, evaluations, elapsed_ns, metric, value
   *   <li>{@code summary.csv}: per problem, optimizer and metric the spread of the final values
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
    try {
      Files.createDirectories(directory);
      Path aside = Files.createTempDirectory(directory, ".report-");
      try {
        for (Part part : PARTS) {
          try (Writer out = Files.newBufferedWriter(aside.resolve(part.file))) {
            part.content.write(report, out);
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
          "cannot write the report to " + directory.toAbsolutePath() + ": " + e, e);
    }
  }

  private interface Content {
    void write(Report report, Writer out) throws IOException;
  }

  private record Part(String file, Content content) {}

  private static final List<Part> PARTS =
      List.of(
          new Part(
              "results.json", (report, out) -> ReportJson.write(report, ReportJson.EXACT, out)),
          new Part("curves.csv", ReportCsv::writeCurves),
          new Part("summary.csv", ReportCsv::writeSummary),
          new Part("index.html", ReportPage::write));

  private static void replace(Path source, Path target) throws IOException {
    try {
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
