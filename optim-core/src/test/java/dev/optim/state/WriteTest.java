package dev.optim.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is replaced as a whole or not at all. */
class WriteTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("run.safetensors");
  }

  @Test
  void replacesTheOldFileAndLeavesNothingElse() throws IOException {
    filled(1, 10).write(file);
    assertThat(filled(2, 5).write(file)).isSameAs(file);
    assertThat(Checkpoint.read(file)).isEqualTo(filled(2, 5));
    assertThat(files()).containsExactly(file);
  }

  @Test
  void writesTheLiveArraysAsTheyAreWhenWritten() throws IOException {
    float[] live = {1, 2};
    CheckpointBuilder builder = Checkpoint.builder().tensor("x", live, 2);
    live[0] = 5;
    builder.write(file);
    live[0] = 7;
    assertThat(Checkpoint.read(file).floats("x", 2)).containsExactly(5, 2);
    builder.write(file);
    assertThat(Checkpoint.read(file).floats("x", 2)).containsExactly(7, 2);
    assertThat(live).containsExactly(7, 2);
  }

  @Test
  void writesOnePartUnderTwoNames() throws IOException {
    Checkpoint part = filled(3, 4);
    Checkpoint twice = Checkpoint.builder().include("a.", part).include("b.", part).build();
    assertThat(Checkpoint.read(twice.write(file))).isEqualTo(twice);
  }

  @Test
  void anyFailureLeavesTheOldFileAndNoOther() throws IOException {
    filled(1, 10).write(file);
    assertThatIOException()
        .isThrownBy(() -> replaceAndThrow(new IOException("No space left on device")))
        .withMessage("cannot write checkpoint " + file + ": No space left on device")
        .withCauseInstanceOf(IOException.class);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> replaceAndThrow(new IllegalStateException()));
    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(() -> replaceAndThrow(new StackOverflowError()));
    assertThat(Checkpoint.read(file)).isEqualTo(filled(1, 10));
    assertThat(files()).containsExactly(file);
  }

  private void replaceAndThrow(Throwable failure) throws IOException {
    AtomicFile.replace(
        file,
        channel -> {
          channel.write(ByteBuffer.allocate(100));
          if (failure instanceof IOException e) {
            throw e;
          } else if (failure instanceof RuntimeException e) {
            throw e;
          }
          throw (Error) failure;
        });
  }

  @Test
  void refusesWhatIsNotAFile() throws IOException {
    assertThatIOException()
        .isThrownBy(() -> filled(1, 1).write(directory))
        .withMessage("cannot write checkpoint " + directory + ": it is a directory");
    assertThat(directory).isEmptyDirectory();

    Path nowhere = directory.resolve("nowhere");
    assertThatIOException()
        .isThrownBy(() -> filled(1, 1).write(nowhere.resolve("x")))
        .withMessageEndingWith(": there is no directory " + nowhere);

    Files.createFile(nowhere);
    assertThatIOException()
        .isThrownBy(() -> filled(1, 1).write(nowhere.resolve("x")))
        .withMessageEndingWith(": there is no directory " + nowhere);
  }

  @Test
  void saysThatADirectoryIsReadOnly() throws IOException {
    filled(1, 1).write(file);
    assertThat(directory.toFile().setWritable(false)).isTrue();
    try {
      assumeFalse(Files.isWritable(directory), "the superuser writes anywhere");
      assertThatIOException()
          .isThrownBy(() -> filled(2, 2).write(file))
          .withMessageContaining("cannot write checkpoint " + file)
          .withMessageContaining("AccessDenied");
      assertThat(Checkpoint.read(file)).isEqualTo(filled(1, 1));
    } finally {
      assertThat(directory.toFile().setWritable(true)).isTrue();
    }
  }

  @Test
  void refusesMoreNamesThanTheFormatAllows() throws IOException {
    filled(1, 1).write(file);
    Checkpoint talkative = Checkpoint.builder().meta("log", "x".repeat(100_000_000)).build();
    assertThatIOException()
        .isThrownBy(() -> talkative.write(file))
        .withMessageContaining("the format allows 100000000");
    assertThat(Checkpoint.read(file)).isEqualTo(filled(1, 1));
    assertThat(files()).containsExactly(file);
  }

  @Test
  void anInterruptedRunCanStillSave() throws IOException {
    Thread.currentThread().interrupt();
    try {
      filled(1, 10).write(file);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(Checkpoint.read(file)).isEqualTo(filled(1, 10));
  }

  @Test
  void anInterruptWhileWritingFailsTheWrite() throws IOException {
    filled(1, 10).write(file);
    try {
      assertThatIOException()
          .isThrownBy(
              () ->
                  AtomicFile.replace(
                      file,
                      channel -> {
                        Thread.currentThread().interrupt();
                        channel.write(ByteBuffer.allocate(1));
                      }))
          .withMessageContaining("Interrupt");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(Checkpoint.read(file)).isEqualTo(filled(1, 10));
    assertThat(files()).containsExactly(file);
  }

  @Test
  void concurrentWritersLeaveOneWholeFile() throws Exception {
    filled(0, 1_000).write(file);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 1; i <= 4; i++) {
        Checkpoint mine = filled(i, 1_000 * i);
        writers.add(
            pool.submit(
                () -> {
                  for (int k = 0; k < 25; k++) {
                    mine.write(file);
                  }
                  return null;
                }));
      }
      while (!writers.stream().allMatch(Future::isDone)) {
        requireWhole(Checkpoint.read(file));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    } finally {
      pool.shutdownNow();
    }
    requireWhole(Checkpoint.read(file));
    assertThat(files()).containsExactly(file);
  }

  private static void requireWhole(Checkpoint checkpoint) {
    assertThat(checkpoint)
        .isEqualTo(filled(checkpoint.metaLong("value"), checkpoint.floats("x").length));
  }

  @Test
  void aKilledWriterLeavesTheOldFile() throws Exception {
    filled(1, 10).write(file);
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                location(Checkpoint.class) + File.pathSeparator + location(Killed.class),
                Killed.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    try {
      InputStream out = writer.getInputStream();
      assertThat(out.read()).as("the writer is half way").isEqualTo('h');
    } finally {
      writer.destroyForcibly().waitFor();
    }
    assertThat(files()).hasSize(2);
    assertThat(Checkpoint.read(file)).isEqualTo(filled(1, 10));
    filled(2, 20).write(file);
    assertThat(Checkpoint.read(file)).isEqualTo(filled(2, 20));
  }

  private static Path location(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** Writes half a checkpoint, says so, and waits for its end. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] args) throws IOException {
      AtomicFile.replace(
          Path.of(args[0]),
          channel -> {
            channel.write(ByteBuffer.allocate(1 << 20));
            System.out.print('h');
            System.out.flush();
            System.in.read();
          });
    }
  }

  private static Checkpoint filled(long value, int length) {
    float[] x = new float[length];
    Arrays.fill(x, value);
    return Checkpoint.builder().meta("value", value).tensor("x", x, length).build();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
