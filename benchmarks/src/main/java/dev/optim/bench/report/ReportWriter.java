package dev.optim.bench.report;

import java.io.IOException;
import java.nio.file.Path;

/** Writes a report as a page to look at and as files to compute with. */
public final class ReportWriter {

  private ReportWriter() {}

  /**
   * Writes {@code index.html}, {@code results.json}, {@code curves.csv} and {@code summary.csv}.
   *
   * @param report what to write
   * @param directory where to; created if it does not exist
   * @throws IOException if the directory cannot be written to; the message names it
   */
  public static void write(Report report, Path directory) throws IOException {
    throw new IOException("not written yet: " + report.title() + " to " + directory);
  }
}
