package dev.optim.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random contents survive the file, and the file keeps the rules of its format. */
class RoundTripTest {
  private static final String AWKWARD =
      "\" \\ / \b\f\n\r\t \0 \u001f \u007f \u2028 ü 漢 \ud83d\ude00 {}[]:, __metadata__";

  @Property(tries = 100, seed = "20261101")
  void bitsNamesAndOrderSurvive(@ForAll("texts") Set<String> names, @ForAll Random random)
      throws IOException {
    Checkpoint checkpoint = random(names, random);
    Path file = Files.createTempFile("round-trip", ".safetensors");
    try {
      checkpoint.write(file);
      Checkpoint loaded = Checkpoint.read(file);
      assertThat(loaded).isEqualTo(checkpoint);
      assertThat(loaded.metadata().keySet())
          .containsExactlyElementsOf(checkpoint.metadata().keySet());
      assertThat(loaded.tensorNames()).containsExactlyElementsOf(checkpoint.tensorNames());

      byte[] bytes = Files.readAllBytes(file);
      requireFormat(bytes, checkpoint);
      loaded.write(file);
      assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<Set<String>> texts() {
    Arbitrary<String> text =
        Arbitraries.strings()
            .ofMaxLength(12)
            .filter(candidate -> UTF_8.newEncoder().canEncode(candidate));
    return Arbitraries.oneOf(text, Arbitraries.of(AWKWARD, "m", "v", "steps", "data_offsets"))
        .filter(candidate -> !candidate.equals("__metadata__"))
        .set()
        .ofMaxSize(8);
  }

  /** Elements are random bits, so NaN payloads, subnormals and infinities are among them. */
  private static Checkpoint random(Set<String> names, Random random) {
    CheckpointBuilder builder = Checkpoint.builder();
    for (String name : names) {
      builder.meta(name, name + random.nextInt());
      long[] shape = random.ints(random.nextInt(4), 0, 4).asLongStream().toArray();
      int length = 1;
      for (long dimension : shape) {
        length *= (int) dimension;
      }
      switch (random.nextInt(5)) {
        case 0 -> builder.tensor(name, floats(length, random), shape);
        case 1 -> builder.tensor(name, doubles(length, random), shape);
        case 2 -> builder.tensor(name, random.longs(length).toArray(), shape);
        case 3 -> builder.tensor(name, random.ints(length).toArray(), shape);
        default -> builder.tensor(name, shorts(length, random), shape);
      }
    }
    return builder.build();
  }

  private static float[] floats(int length, Random random) {
    int[] odd = {0x80000000, 0x00000001, 0x7F800001, 0xFFC12345, 0x7F800000};
    float[] array = new float[length];
    for (int i = 0; i < length; i++) {
      array[i] =
          Float.intBitsToFloat(random.nextBoolean() ? random.nextInt() : odd[random.nextInt(5)]);
    }
    return array;
  }

  private static double[] doubles(int length, Random random) {
    long[] odd = {Long.MIN_VALUE, 1, 0x7FF0000000000001L, 0xFFF8000000012345L, 0x7FFL << 52};
    double[] array = new double[length];
    for (int i = 0; i < length; i++) {
      array[i] =
          Double.longBitsToDouble(
              random.nextBoolean() ? random.nextLong() : odd[random.nextInt(5)]);
    }
    return array;
  }

  private static short[] shorts(int length, Random random) {
    short[] array = new short[length];
    for (int i = 0; i < length; i++) {
      array[i] = (short) random.nextInt();
    }
    return array;
  }

  /** The rules of the format, checked by another parser. */
  private static void requireFormat(byte[] file, Checkpoint checkpoint) throws IOException {
    int headerLength = RawFile.headerLength(file);
    assertThat(headerLength % 8).isZero();
    assertThat(file[Long.BYTES]).isEqualTo((byte) '{');
    JsonNode header = RawFile.header(file);
    Set<String> expected = new LinkedHashSet<>(checkpoint.tensorNames());
    expected.add("__metadata__");
    assertThat(header.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(expected);
    assertThat(header.get("__metadata__")).allMatch(JsonNode::isTextual);
    checkpoint
        .metadata()
        .forEach(
            (key, value) ->
                assertThat(header.get("__metadata__").get(key).textValue()).isEqualTo(value));

    List<JsonNode> layout = new ArrayList<>();
    for (String name : checkpoint.tensorNames()) {
      JsonNode tensor = header.get(name);
      layout.add(tensor.get("data_offsets"));
      assertThat(tensor.fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder("dtype", "shape", "data_offsets");
      DType dtype = checkpoint.dtype(name);
      assertThat(tensor.get("dtype").textValue()).isEqualTo(dtype.name());
      assertThat(tensor.get("data_offsets").get(0).asLong() % dtype.bytes()).isZero();
      requireData(RawFile.data(file, name), dtype, name, checkpoint);
    }
    layout.sort(
        Comparator.comparingLong((JsonNode offsets) -> offsets.get(0).asLong())
            .thenComparingLong(offsets -> offsets.get(1).asLong()));
    long end = 0;
    for (JsonNode offsets : layout) {
      assertThat(offsets.get(0).asLong()).isEqualTo(end);
      end = offsets.get(1).asLong();
    }
    assertThat(file.length).isEqualTo(Long.BYTES + headerLength + end);
  }

  private static void requireData(
      ByteBuffer data, DType dtype, String name, Checkpoint checkpoint) {
    switch (dtype) {
      case F64 -> {
        for (double element : checkpoint.doubles(name)) {
          assertThat(data.getLong()).isEqualTo(Double.doubleToRawLongBits(element));
        }
      }
      case F32 -> {
        for (float element : checkpoint.floats(name)) {
          assertThat(data.getInt()).isEqualTo(Float.floatToRawIntBits(element));
        }
      }
      case BF16 -> {
        for (short element : checkpoint.bfloat16s(name)) {
          assertThat(data.getShort()).isEqualTo(element);
        }
      }
      case I64 -> {
        for (long element : checkpoint.longs(name)) {
          assertThat(data.getLong()).isEqualTo(element);
        }
      }
      case I32 -> {
        for (int element : checkpoint.ints(name)) {
          assertThat(data.getInt()).isEqualTo(element);
        }
      }
    }
    assertThat(data.hasRemaining()).isFalse();
  }
}
