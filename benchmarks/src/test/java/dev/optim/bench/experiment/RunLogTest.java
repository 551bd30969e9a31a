package dev.optim.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.optim.bench.report.Curve;
import dev.optim.bench.report.Spent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {

  private static final TrialKey FIRST = key(1);
  private static final TrialKey SECOND = key(2);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("runs.jsonl");
  }

  @Test
  void outcomesComeBackWithAllTheirDigits() throws IOException {
    Curve curve =
        Curve.builder(2)
            .add(Spent.NONE, 1.0 / 3, Double.NaN)
            .add(new Spent(Long.MAX_VALUE, 3, 4, 7, 5), Double.MIN_VALUE, Double.POSITIVE_INFINITY)
            .build();
    append(FIRST, new Outcome.Completed("ENOUGH", curve));
    append(SECOND, diverged("\"value\" is NaN\nor so"));

    try (RunLog log = RunLog.open(file)) {
      Outcome.Completed read = (Outcome.Completed) log.find(FIRST).orElseThrow();
      assertThat(read.reason()).isEqualTo("ENOUGH");
      assertThat(read.curve().size()).isEqualTo(2);
      assertThat(read.curve().spent(1)).isEqualTo(new Spent(Long.MAX_VALUE, 3, 4, 7, 5));
      assertThat(read.curve().value(0, 0)).isEqualTo(1.0 / 3);
      assertThat(read.curve().value(0, 1)).isEqualTo(Double.MIN_VALUE);
      assertThat(read.curve().value(1, 0)).isNaN();
      assertThat(read.curve().value(1, 1)).isEqualTo(Double.POSITIVE_INFINITY);
      assertThat(log.find(SECOND)).contains(diverged("\"value\" is NaN\nor so"));
      assertThat(log.find(key(3))).isEmpty();
      assertThat(log.unreadable()).isZero();
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void aLineTornAnywhereIsCutOff() throws IOException {
    append(FIRST, diverged("first"));
    byte[] first = Files.readAllBytes(file);
    append(SECOND, diverged("second"));
    byte[] both = Files.readAllBytes(file);

    for (int length = first.length; length < both.length; length++) {
      Files.write(file, Arrays.copyOf(both, length));
      try (RunLog log = RunLog.open(file)) {
        assertThat(log.find(FIRST)).isPresent();
        assertThat(log.find(SECOND)).isEmpty();
        assertThat(log.unreadable()).isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
        log.append(SECOND, diverged("second"));
      }
      assertThat(Files.readAllBytes(file)).isEqualTo(both);
    }
  }

  @Test
  void theLaterOfTwoLinesCounts() throws IOException {
    append(FIRST, diverged("earlier"));
    append(FIRST, diverged("later"));

    try (RunLog log = RunLog.open(file)) {
      assertThat(log.find(FIRST)).contains(diverged("later"));
    }
  }

  @Test
  void aFailureIsWrittenButNotFound() throws IOException {
    append(FIRST, new Outcome.Failed("no memory"));

    try (RunLog log = RunLog.open(file)) {
      assertThat(log.find(FIRST)).isEmpty();
      assertThat(log.unreadable()).isZero();
    }
    assertThat(Files.readString(file)).contains("\"failed\"").contains("no memory");
  }

  @Test
  void linesThatAreNoResultsAreCountedAndKept() throws IOException {
    append(FIRST, diverged("first"));
    String good = Files.readString(file);
    String bad =
        """
        not json at all

        []
        {"key":"x"}
        {"key":"x","outcome":"marvellous","reason":""}
        {"key":"x","outcome":"completed","reason":"","spent":[],"metrics":[[1]]}
        {"key":"x","outcome":"completed","reason":"","spent":[[2,0,0,1,0],[1,0,0,1,0]],"metrics":[[1,1]]}
        {"key":"x","outcome":"completed","reason":"","spent":[[1,0,0,1,0]],"metrics":[]}
        """;
    Files.writeString(file, bad + good);

    try (RunLog log = RunLog.open(file)) {
      assertThat(log.unreadable()).isEqualTo(8);
      assertThat(log.find(FIRST)).isPresent();
    }
    assertThat(Files.readString(file)).isEqualTo(bad + good);
  }

  @Test
  void runsFromElsewhereAreCounted() throws IOException {
    Environment here = new Environment("1", "17", "simd", "CPU", 2, "", "", Optional.empty());
    Environment later = new Environment("2", "17", "simd", "CPU", 2, "", "", Optional.empty());
    TrialKey own = new TrialKey("p", "o", 1, "b", here.identity());
    TrialKey foreign = new TrialKey("p", "o", 1, "b", later.identity());
    append(own, diverged("own"));
    append(foreign, diverged("foreign"));
    append(foreign, diverged("again"));

    try (RunLog log = RunLog.open(file)) {
      assertThat(log.fromElsewhere(here)).isEqualTo(1);
      log.append(new TrialKey("q", "o", 1, "b", here.identity()), diverged("new"));
      assertThat(log.fromElsewhere(later)).isEqualTo(2);
      log.clear();
      assertThat(log.fromElsewhere(here)).isZero();
    }
  }

  @Test
  void clearingForgetsEverything() throws IOException {
    append(FIRST, diverged("first"));

    try (RunLog log = RunLog.open(file)) {
      log.clear();
      assertThat(log.find(FIRST)).isEmpty();
      log.append(SECOND, diverged("second"));
    }
    assertThat(Files.readString(file)).doesNotContain("first").contains("second");
  }

  @Test
  void twoAtATimeAreRefused() throws IOException {
    try (RunLog log = RunLog.open(file)) {
      assertThatIOException()
          .isThrownBy(() -> RunLog.open(file))
          .withMessage(log + " is in use by another comparison");
    }
    RunLog.open(file).close();
  }

  @Test
  void keysDifferInEveryField() {
    Map<String, String> here = Map.of("library", "1", "jdk", "17");
    TrialKey key = new TrialKey("p", "o", 1, "b", here);

    assertThat(key.hash()).hasSize(32).isEqualTo(new TrialKey("p", "o", 1, "b", here).hash());
    assertThat(
            new String[] {
              key.hash(),
              new TrialKey("q", "o", 1, "b", here).hash(),
              new TrialKey("p", "n", 1, "b", here).hash(),
              new TrialKey("p", "o", 2, "b", here).hash(),
              new TrialKey("p", "o", 1, "c", here).hash(),
              new TrialKey("p", "o", 1, "b", Map.of("library", "2", "jdk", "17")).hash()
            })
        .doesNotHaveDuplicates();
  }

  @Test
  void theHashIsTheSameInEveryProcess() {
    assertThat(FIRST.hash()).isEqualTo("3a18909a1e249df197c656c88b43cfb1");
  }

  private static Outcome diverged(String reason) {
    return new Outcome.Diverged(reason, Spent.of(3, 4));
  }

  private void append(TrialKey key, Outcome outcome) throws IOException {
    try (RunLog log = RunLog.open(file)) {
      log.append(key, outcome);
    }
    assertThat(Files.readString(file, StandardCharsets.UTF_8)).endsWith("\n");
  }

  private static TrialKey key(long seed) {
    return new TrialKey("bowl", "Sgd[0.1]", seed, "20 gradients", Map.of("library", "1"));
  }
}
