package dev.optim.state;

import static dev.optim.state.CheckpointException.Reason.CORRUPT;
import static dev.optim.state.CheckpointException.Reason.FOREIGN;
import static dev.optim.state.CheckpointException.Reason.TRUNCATED;
import static dev.optim.state.CheckpointException.Reason.VERSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read and what is refused. */
class ReadTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("run.safetensors");
  }

  @Test
  void readsAFileMadeByHand() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("by-hand.safetensors"))) {
      Files.write(file, in.readAllBytes());
    }
    Checkpoint checkpoint = Checkpoint.read(file);
    assertThat(checkpoint.metadata()).containsOnlyKeys("rule", "ünï \"q\"");
    assertThat(checkpoint.meta("rule")).isEqualTo("AdamW");
    assertThat(checkpoint.meta("ünï \"q\"")).isEqualTo("a\nb\u0001");
    assertThat(checkpoint.tensorNames()).containsExactly("bf", "m", "v", "steps", "i", "e");
    assertThat(checkpoint.doubles("v", new long[0])).containsExactly(-0.0);
    assertThat(checkpoint.longs("steps", 1)).containsExactly(-5);
    float[] m = checkpoint.floats("m", 2, 2);
    assertThat(new int[] {bits(m[0]), bits(m[1]), bits(m[2]), bits(m[3])})
        .containsExactly(0x3F800000, 0x7FC00001, 1, 0xFF800000);
    assertThat(checkpoint.ints("i", 1)).containsExactly(-7);
    assertThat(checkpoint.bfloat16s("bf", 2)).containsExactly((short) 0x3F80, (short) 0x8000);
    assertThat(checkpoint.floats("e", 0, 7)).isEmpty();
  }

  private static int bits(float value) {
    return Float.floatToRawIntBits(value);
  }

  @Test
  void readsTensorsLongerThanABlock() throws IOException {
    int n = SafetensorsWriter.BLOCK_BYTES / Double.BYTES;
    for (int length : new int[] {n - 1, n, n + 1, 3 * n + 7}) {
      double[] data = new Random(1).doubles(length).toArray();
      Checkpoint.builder().tensor("x", new int[1], 1).tensor("d", data, length).write(file);
      assertThat(Checkpoint.read(file).doubles("d", length)).isEqualTo(data);
    }
  }

  @Test
  void refusesEveryFlippedBit() throws IOException {
    byte[] bytes = sample();
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, bytes, StandardOpenOption.WRITE);
      assertThatExceptionOfType(CheckpointException.class)
          .as("bit %d", bit)
          .isThrownBy(() -> Checkpoint.read(file));
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    byte[] bytes = sample();
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      refuses(TRUNCATED, "");
    }
  }

  @Test
  void refusesDamageOfManyBytes() throws IOException {
    byte[] bytes = sample();
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = bytes.clone();
      int from = random.nextInt(bytes.length);
      int to = from + 1 + random.nextInt(bytes.length - from);
      for (int k = from; k < to; k++) {
        damaged[k] = i % 2 == 0 ? 0 : (byte) random.nextInt();
      }
      if (Arrays.equals(damaged, bytes)) {
        continue;
      }
      Files.write(file, damaged, StandardOpenOption.WRITE);
      assertThatExceptionOfType(CheckpointException.class).isThrownBy(() -> Checkpoint.read(file));
    }
  }

  @Test
  void refusesMoreThanThereShouldBe() throws IOException {
    byte[] bytes = sample();
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
    refuses(CORRUPT, "it should have " + bytes.length + " bytes and has " + (bytes.length + 1));
  }

  private byte[] sample() throws IOException {
    Checkpoint.builder()
        .meta("rule", "Lion \"ü\"")
        .tensor("m", new float[] {1, Float.NaN, 3}, 3)
        .tensor("w", new short[] {1}, 1)
        .tensor("steps", new long[] {4}, 1)
        .write(file);
    return Files.readAllBytes(file);
  }

  @Test
  void refusesOtherFiles() throws IOException {
    Files.write(file, RawFile.join("{}"));
    refuses(FOREIGN, "another program");
    Files.write(
        file,
        RawFile.join(
            "{\"a\":{\"dtype\":\"F8_E5M2\",\"shape\":[2],\"data_offsets\":[0,2]},"
                + "\"__metadata__\":{\"format\":\"pt\"}}  ",
            new byte[2]));
    refuses(FOREIGN, "with tensors [a]");
    Files.writeString(file, "PK\3\4 some other kind of file");
    refuses(CORRUPT, "another kind of file");
  }

  @Test
  void refusesOtherVersions() throws IOException {
    Files.write(file, RawFile.signed(",\"optim.format\":\"2\",\"optim.version\":\"7.1\"", ""));
    refuses(VERSION, "format '2', written by library version '7.1'");
    Files.write(file, RawFile.signed("", ""));
    refuses(CORRUPT, "no 'optim.format'");
  }

  @Test
  void refusesCheckpointsRewrittenElsewhere() throws IOException {
    Files.write(
        file,
        RawFile.join("{\"__metadata__\":{\"optim.format\":\"1\",\"optim.crc32c\":\"00000000\"}}"));
    refuses(CORRUPT, "rewritten by another program");
  }

  @Test
  void understandsTheFilesTheOtherTestsAreMadeOf() throws IOException {
    Files.write(file, RawFile.signed(""));
    assertThat(Checkpoint.read(file)).isEqualTo(Checkpoint.builder().build());
    Files.write(file, RawFile.signed(tensor("I32", "[2]", 0, 8), new byte[8]));
    assertThat(Checkpoint.read(file).ints("t", 2)).containsExactly(0, 0);
    Files.write(file, RawFile.signed(tensor("I32", "[2]", 0, 8) + "  ", new byte[8]));
    assertThat(Checkpoint.read(file).ints("t", 2)).containsExactly(0, 0);
  }

  @Test
  void refusesImpossibleLayouts() throws IOException {
    String[] layouts = {
      tensor("I32", "[2]", 0, 7),
      tensor("I32", "[3]", 0, 8),
      tensor("I32", "[2]", 8, 0),
      tensor("I32", "[1]", 4, 8),
      tensor("F16", "[4]", 0, 8),
      tensor("i32", "[2]", 0, 8),
      tensor("I32", "[4294967298]", 0, 8),
      tensor("I32", "[4611686018427387904,4]", 0, 8),
      tensor("I32", "[1]", 0, 4) + tensor("I32", "[1]", 0, 4).replace("\"t\"", "\"u\""),
      tensor("I32", "[1]", 0, 4) + tensor("BF16", "[1]", 6, 8).replace("\"t\"", "\"u\""),
    };
    for (String layout : layouts) {
      Files.write(file, RawFile.signed(layout, new byte[8]));
      refuses(CORRUPT, "tensor '");
    }
  }

  @Test
  void allocatesNothingForDataThatIsNotThere() throws IOException {
    Files.write(file, RawFile.signed(tensor("F64", "[2147483647]", 0, 17179869176L)));
    refuses(TRUNCATED, "it should have 17179869");
    byte[] bytes = RawFile.join("{}");
    bytes[3] = 5;
    Files.write(file, bytes);
    refuses(TRUNCATED, "its header should have 83886082 bytes, 2 are there");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 100_000_001, Long.MAX_VALUE, Long.MIN_VALUE, -1})
  void refusesHeaderLengthsOutOfBounds(long length) throws IOException {
    byte[] bytes = RawFile.join("{}      ");
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[i] = (byte) (length >>> 8 * i);
    }
    Files.write(file, bytes);
    refuses(CORRUPT, "first 8 bytes");
  }

  @Test
  void saysWhatCannotBeOpened() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> Checkpoint.read(file))
        .withMessageContaining("run.safetensors");
    assertThatIOException()
        .isThrownBy(() -> Checkpoint.read(directory))
        .withMessage("cannot read checkpoint " + directory + ": not a regular file");
  }

  private static String tensor(String dtype, String shape, long begin, long end) {
    return ",\"t\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(dtype, shape, begin, end);
  }

  private void refuses(CheckpointException.Reason reason, String message) {
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> Checkpoint.read(file))
        .withMessageStartingWith("cannot read checkpoint " + file + " [" + reason + "]: ")
        .withMessageContaining(message)
        .returns(reason, CheckpointException::reason);
  }
}
