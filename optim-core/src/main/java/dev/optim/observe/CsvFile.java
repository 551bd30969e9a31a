package dev.optim.observe;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.Iterate;
import dev.optim.Observer;
import dev.optim.Result;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run as a CSV file: a line for the start and for every so many iterations, with the
 * columns iteration, values, gradients, terms, rankings, value and the method's metrics in
 * alphabetical order. Numbers are written so that they read back exactly. Each line is handed to
 * the operating system at once: a process that is killed leaves a readable file. An existing file
 * is replaced. One instance watches one run.
 */
public final class CsvFile implements Observer {

  private final Path file;
  private final long every;
  private List<String> metrics = List.of();
  private @Nullable BufferedWriter writer;

  /**
   * Prepares the file; it is created when the run starts.
   *
   * @param file where to; its directory must exist
   * @param every iterations from one line to the next, at least 1
   */
  public CsvFile(Path file, long every) {
    this.file = requireNonNull(file, "file");
    this.every = Checks.atLeastOne("every", every);
  }

  @Override
  public void started(Iterate start) {
    metrics = start.metrics().stream().sorted().toList();
    try {
      BufferedWriter opened = Files.newBufferedWriter(file);
      writer = opened;
      opened.write("iteration,values,gradients,terms,rankings,value");
      for (String name : metrics) {
        opened.write(",\"" + name.replace("\"", "\"\"") + "\"");
      }
      opened.newLine();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    line(start);
  }

  @Override
  public void iterated(Iterate iterate) {
    if (iterate.iteration() % every == 0) {
      line(iterate);
    }
  }

  @Override
  public void finished(Result result) {
    BufferedWriter open = writer;
    writer = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private void line(Iterate iterate) {
    BufferedWriter open = writer;
    if (open == null) {
      throw new IllegalStateException("the run has not started");
    }
    var counts = iterate.evaluations();
    StringBuilder line = new StringBuilder();
    line.append(iterate.iteration()).append(',').append(counts.values());
    line.append(',').append(counts.gradients()).append(',').append(counts.terms());
    line.append(',').append(counts.rankings()).append(',').append(iterate.value());
    for (String name : metrics) {
      line.append(',').append(iterate.metric(name));
    }
    try {
      open.write(line.toString());
      open.newLine();
      open.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
