package dev.optim.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optim.Iterate;
import dev.optim.Minimizer;
import dev.optim.Observer;
import dev.optim.Result;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.testing.HeavyBall;
import dev.optim.testing.Quadratic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObserversTest {

  private static Result run(Observer observer) {
    return Minimizer.until(Stop.iterations(7))
        .observedBy(observer)
        .minimize(HeavyBall.of(0.1), new Quadratic(3), Start.at(1, 5));
  }

  @Test
  void aTraceKeepsStartEveryFewAndTheLast() {
    Trace trace = new Trace(3);
    Result result = run(trace);
    assertThat(trace.iterates()).extracting(Iterate::iteration).containsExactly(0L, 3L, 6L, 7L);
    assertThat(trace.iterates().get(0).point()).containsExactly(1, 5);
    assertThat(trace.iterates().get(3).evaluations()).isEqualTo(result.evaluations());
    assertThatThrownBy(() -> new Trace(0)).hasMessageContaining("every is 0");
  }

  @Test
  void aCsvFileReadsBackExactly(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("run.csv");
    Trace trace = new Trace();
    Minimizer.until(Stop.iterations(7))
        .observedBy(new CsvFile(file, 1))
        .observedBy(trace)
        .minimize(HeavyBall.of(0.1), new Quadratic(3), Start.at(1, 5));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0))
        .isEqualTo("iteration,values,gradients,terms,rankings,value,\"gradient norm\"");
    assertThat(lines).hasSize(9);
    for (int k = 0; k <= 7; k++) {
      String[] fields = lines.get(k + 1).split(",");
      Iterate iterate = trace.iterates().get(k);
      assertThat(Long.parseLong(fields[0])).isEqualTo(k);
      assertThat(Double.parseDouble(fields[5])).isEqualTo(iterate.value());
      assertThat(Double.parseDouble(fields[6])).isEqualTo(iterate.metric(Iterate.GRADIENT_NORM));
    }
  }

  @Test
  void aCsvFileIsReadableWhileTheRunGoesOn(@TempDir Path dir) {
    Path file = dir.resolve("run.csv");
    List<Integer> lines = new ArrayList<>();
    Minimizer.until(Stop.iterations(3))
        .observedBy(new CsvFile(file, 1))
        .observedBy(
            new Observer() {
              @Override
              public void iterated(Iterate iterate) {
                try {
                  lines.add(Files.readAllLines(file).size());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            })
        .minimize(HeavyBall.of(0.1), new Quadratic(3), Start.at(1, 5));
    assertThat(lines).containsExactly(3, 4, 5);
  }

  @Test
  void aCsvFileThatCannotBeWrittenIsAWarning(@TempDir Path dir) {
    Result result = run(new CsvFile(dir.resolve("no").resolve("run.csv"), 1));
    assertThat(result.iterations()).isEqualTo(7);
    assertThat(result.warnings())
        .singleElement()
        .satisfies(e -> assertThat(e).hasMessageContaining("run.csv"));
  }

  @Test
  void theLogIsToldOfStartProgressAndEnd() {
    List<String> messages = new ArrayList<>();
    run(new Log(new ListLogger(messages), 5));
    assertThat(messages).hasSize(3);
    assertThat(messages.get(0)).startsWith("start: iteration 0, value ");
    assertThat(messages.get(1)).startsWith("iteration 5, value ").contains("gradient norm");
    assertThat(messages.get(2)).startsWith("finished: ITERATION_BUDGET after 7 iterations");
  }

  @Test
  void progressTellsShareAndTimeLeft() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long[] now = {0};
    PrintStream terminal = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    run(
        new Progress(
            terminal,
            14,
            () -> {
              now[0] += 1_000_000_000L;
              return now[0];
            }));
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertThat(text).contains("0 of 14 iterations (0 %), --:-- left");
    assertThat(text).contains("7 of 14 iterations (50 %), 00:07 left");
    assertThat(text.stripTrailing()).endsWith("ITERATION_BUDGET");
  }

  private record ListLogger(List<String> messages) implements System.Logger {

    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      messages.add(message);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      messages.add(format);
    }
  }
}
