package dev.optim.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Files taken apart and put together without the code under test. */
final class RawFile {
  private static final String START = "{\"__metadata__\":{\"optim.crc32c\":\"";

  private RawFile() {}

  /** Length, header and data as they are, right or wrong. */
  static byte[] join(String header, byte... data) {
    byte[] json = header.getBytes(UTF_8);
    return ByteBuffer.allocate(Long.BYTES + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }

  /** A checkpoint with a true checksum whose header ends in {@code tensors}, right or wrong. */
  static byte[] signed(String metadata, String tensors, byte... data) {
    byte[] file = join(START + "00000000\"" + metadata + "}" + tensors + "}", data);
    CRC32C crc = new CRC32C();
    crc.update(file);
    byte[] digits = "%08x".formatted(crc.getValue()).getBytes(UTF_8);
    System.arraycopy(digits, 0, file, Long.BYTES + START.length(), digits.length);
    return file;
  }

  /** A checkpoint of format 1 with a true checksum. */
  static byte[] signed(String tensors, byte... data) {
    return signed(",\"optim.format\":\"1\"", tensors, data);
  }

  static int headerLength(byte[] file) {
    return Math.toIntExact(littleEndian(file).getLong(0));
  }

  static JsonNode header(byte[] file) throws IOException {
    return new ObjectMapper().readTree(new String(file, Long.BYTES, headerLength(file), UTF_8));
  }

  /** The data of one tensor. */
  static ByteBuffer data(byte[] file, String tensor) throws IOException {
    JsonNode offsets = header(file).get(tensor).get("data_offsets");
    int begin = offsets.get(0).asInt();
    return littleEndian(file)
        .slice(Long.BYTES + headerLength(file) + begin, offsets.get(1).asInt() - begin)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer littleEndian(byte[] file) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }
}
