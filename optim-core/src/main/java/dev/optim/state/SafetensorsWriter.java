package dev.optim.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;

/** Streams tensors into a file: one pass over the data, the checksum patched in at the end. */
final class SafetensorsWriter {
  static final int BLOCK_BYTES = 1 << 18;

  private static final String LIBRARY_VERSION =
      Objects.requireNonNullElse(
          Checkpoint.class.getPackage().getImplementationVersion(), "unknown");

  private final FileChannel channel;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C checksum = new CRC32C();

  private SafetensorsWriter(FileChannel channel) {
    this.channel = channel;
  }

  /** Writes a checkpoint as {@link CheckpointBuilder#write} promises. */
  static Path write(Path file, Map<String, String> metadata, Map<String, Tensor> tensors)
      throws IOException {
    List<Map.Entry<String, Tensor>> order = new ArrayList<>(tensors.entrySet());
    order.sort(Comparator.comparingInt(entry -> -entry.getValue().dtype.bytes()));
    byte[] header = HeaderJson.write(new Header(lines(metadata), entries(tensors.keySet(), order)));
    AtomicFile.replace(
        file,
        channel -> {
          SafetensorsWriter writer = new SafetensorsWriter(channel);
          writer.writeHeader(header);
          for (Map.Entry<String, Tensor> entry : order) {
            writer.writeData(entry.getValue());
          }
          writer.writeChecksum();
        });
    return file;
  }

  private static Map<String, String> lines(Map<String, String> metadata) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put(Header.CHECKSUM_KEY, Header.NO_CHECKSUM);
    lines.put(Header.FORMAT_KEY, Header.FORMAT);
    lines.put(Header.VERSION_KEY, LIBRARY_VERSION);
    lines.putAll(metadata);
    return lines;
  }

  /** Lays the data out in one order and describes it in the other, the caller's. */
  private static Map<String, Header.Entry> entries(
      Iterable<String> names, List<Map.Entry<String, Tensor>> order) {
    Map<String, Header.Entry> layout = new HashMap<>();
    long begin = 0;
    for (Map.Entry<String, Tensor> entry : order) {
      Tensor tensor = entry.getValue();
      long end = begin + tensor.byteLength();
      layout.put(entry.getKey(), new Header.Entry(tensor.dtype.name(), tensor.shape(), begin, end));
      begin = end;
    }
    Map<String, Header.Entry> entries = new LinkedHashMap<>();
    names.forEach(name -> entries.put(name, layout.get(name)));
    return entries;
  }

  private void writeHeader(byte[] header) throws IOException {
    if (header.length > Header.MAX_BYTES) {
      throw new IOException(
          "names and metadata take %d bytes, the format allows %d"
              .formatted(header.length, Header.MAX_BYTES));
    }
    block.clear().putLong(header.length);
    writeBlock();
    write(ByteBuffer.wrap(header));
  }

  private void writeData(Tensor tensor) throws IOException {
    int step = BLOCK_BYTES / tensor.dtype.bytes();
    for (int from = 0, count; from < tensor.length(); from += count) {
      count = Math.min(step, tensor.length() - from);
      tensor.dtype.encode(tensor.array, from, count, block.clear());
      writeBlock();
    }
  }

  private void writeBlock() throws IOException {
    write(block.flip());
  }

  private void write(ByteBuffer bytes) throws IOException {
    checksum.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void writeChecksum() throws IOException {
    String digits = checksumText(checksum);
    ByteBuffer bytes = ByteBuffer.wrap(digits.getBytes(US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes, Header.CHECKSUM_POSITION + bytes.position());
    }
  }

  static String checksumText(CRC32C checksum) {
    return HexFormat.of().toHexDigits(checksum.getValue(), Header.NO_CHECKSUM.length());
  }
}
