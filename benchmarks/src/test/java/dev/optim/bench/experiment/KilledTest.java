package dev.optim.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A comparison in another process that is killed, or runs out of disk. */
class KilledTest {

  private static final int TRIALS = 5 + 2 * 10;

  @TempDir Path folder;

  @Test
  void whatWasRunBeforeAKillIsKeptAndNotRunAgain() throws Exception {
    Path log = folder.resolve("runs.jsonl");
    for (int kill = 0; kill < 3; kill++) {
      Process process = start(command(log, 20));
      awaitProgress(process, 6 * kill + 4);
      process.destroyForcibly().waitFor(); // SIGKILL
    }
    List<String> kept = wholeLines(log);
    assertThat(kept).hasSizeBetween(16, TRIALS - 1);

    assertThat(start(command(log, 0)).waitFor()).isZero();

    List<String> lines = wholeLines(log);
    assertThat(lines).hasSize(TRIALS).startsWith(kept.toArray(String[]::new));
    assertThat(lines.stream().map(line -> line.replaceAll(",\"problem.*", "")))
        .doesNotHaveDuplicates();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskEndsTheComparisonAndKeepsWhatFitted() throws Exception {
    Path log = folder.resolve("runs.jsonl");
    List<String> limited = new ArrayList<>(List.of("sh", "-c", "ulimit -f 8; exec \"$@\"", "sh"));
    limited.addAll(command(log, 0)); // a file may have 4 kB; the lines have about half a kB

    Process process = start(limited);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(said).contains("cannot write " + log + ": ");
    List<String> kept = wholeLines(log);
    assertThat(kept).isNotEmpty();
    assertThat(Files.readString(log)).endsWith("\n");

    assertThat(start(command(log, 0)).waitFor()).isZero();
    assertThat(wholeLines(log)).hasSize(TRIALS).startsWith(kept.toArray(String[]::new));
  }

  private static List<String> command(Path log, long millisPerRun) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-cp",
        System.getProperty("java.class.path"),
        ForkedComparison.class.getName(),
        log.toString(),
        Long.toString(millisPerRun));
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static void awaitProgress(Process process, int trials) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    while (line != null && !(line.matches("\\d+") && Integer.parseInt(line) >= trials)) {
      line = out.readLine();
    }
    assertThat(line).isNotNull();
  }

  private static List<String> wholeLines(Path log) throws IOException {
    String text = Files.readString(log);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }
}
