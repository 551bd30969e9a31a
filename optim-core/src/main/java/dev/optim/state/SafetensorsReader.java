package dev.optim.state;

import static dev.optim.state.CheckpointException.Reason.CORRUPT;
import static dev.optim.state.CheckpointException.Reason.FOREIGN;
import static dev.optim.state.CheckpointException.Reason.TRUNCATED;
import static dev.optim.state.CheckpointException.Reason.VERSION;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Reads a checkpoint: whose file it is, then its layout, then its data, then its checksum. */
final class SafetensorsReader {
  private final Path file;
  private final FileChannel channel;
  private final long size;
  private final CRC32C checksum = new CRC32C();

  private SafetensorsReader(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.size = channel.size();
  }

  static Checkpoint read(Path file) throws IOException {
    // Opening a pipe would wait for its other end.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("cannot read checkpoint " + file + ": not a regular file");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new SafetensorsReader(file, channel).read();
    } catch (CheckpointException | FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("cannot read checkpoint " + file + ": " + e, e);
    }
  }

  private Checkpoint read() throws IOException {
    byte[] bytes = readHeader();
    Header header = parse(bytes);
    requireOurs(header);
    String storedChecksum = takeChecksum(bytes);
    List<Map.Entry<String, Header.Entry>> layout = layout(header);
    requireSize(bytes.length, layout);

    Map<String, Tensor> data = new HashMap<>();
    ByteBuffer block =
        ByteBuffer.allocate(SafetensorsWriter.BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Map.Entry<String, Header.Entry> entry : layout) {
      data.put(entry.getKey(), readTensor(entry.getKey(), entry.getValue(), block));
    }
    requireChecksum(storedChecksum);

    Map<String, String> metadata = new LinkedHashMap<>(header.metadata());
    metadata.keySet().removeIf(key -> key.startsWith(Header.RESERVED));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    header.tensors().keySet().forEach(name -> tensors.put(name, data.get(name)));
    return new Checkpoint(metadata, tensors);
  }

  private byte[] readHeader() throws IOException {
    if (size < Long.BYTES) {
      throw refusal(TRUNCATED, "it has only " + size + " byte(s); take another copy");
    }
    ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    fill(prefix);
    long length = prefix.getLong(0);
    if (length < 2 || length > Header.MAX_BYTES) {
      throw refusal(
          CORRUPT,
          "its first 8 bytes are not the length of a safetensors header (%d, allowed 2 to %d); it"
              + " is damaged or another kind of file",
          length,
          Header.MAX_BYTES);
    }
    if (length > size - Long.BYTES) {
      throw refusal(
          TRUNCATED,
          "its header should have %d bytes, %d are there; take another copy",
          length,
          size - Long.BYTES);
    }
    ByteBuffer header = ByteBuffer.allocate((int) length);
    fill(header);
    checksum.update(prefix.flip());
    return header.array();
  }

  private Header parse(byte[] bytes) throws CheckpointException {
    try {
      return HeaderJson.parse(bytes);
    } catch (ParseException e) {
      throw refusal(
          CORRUPT,
          "its header is not that of a safetensors file, at byte %d: %s; take another copy",
          Long.BYTES + e.getErrorOffset(),
          e.getMessage());
    }
  }

  private void requireOurs(Header header) throws CheckpointException {
    Map<String, String> metadata = header.metadata();
    if (metadata.keySet().stream().noneMatch(key -> key.startsWith(Header.RESERVED))) {
      throw refusal(
          FOREIGN,
          "a safetensors file of another program, with tensors %s; only files written by Checkpoint"
              + " or CheckpointBuilder can be read",
          header.tensors().keySet().stream().limit(10).toList());
    }
    String format = metadata.get(Header.FORMAT_KEY);
    if (format == null) {
      throw refusal(CORRUPT, "its metadata has no '%s'; take another copy", Header.FORMAT_KEY);
    }
    if (!format.equals(Header.FORMAT)) {
      throw refusal(
          VERSION,
          "it has format '%s', written by library version '%s'; this version reads format '%s': use"
              + " the version that wrote it or a newer one",
          format,
          metadata.get(Header.VERSION_KEY),
          Header.FORMAT);
    }
  }

  /** Returns the checksum the header states, and sums the header without it. */
  private String takeChecksum(byte[] header) throws CheckpointException {
    int at = Header.CHECKSUM_POSITION - Long.BYTES;
    int digits = Header.NO_CHECKSUM.length();
    if (header.length < at + digits || !new String(header, 0, at, US_ASCII).equals(Header.START)) {
      throw refusal(
          CORRUPT,
          "its header does not begin with a checksum: it is damaged or was rewritten by another"
              + " program; take the original");
    }
    String stored = new String(header, at, digits, US_ASCII);
    System.arraycopy(Header.NO_CHECKSUM.getBytes(US_ASCII), 0, header, at, digits);
    checksum.update(header);
    return stored;
  }

  /** Returns the tensors in the order of their data, which has neither holes nor overlaps. */
  private List<Map.Entry<String, Header.Entry>> layout(Header header) throws CheckpointException {
    List<Map.Entry<String, Header.Entry>> layout = new ArrayList<>(header.tensors().entrySet());
    layout.sort(
        Map.Entry.comparingByValue(
            Comparator.comparingLong(Header.Entry::begin).thenComparingLong(Header.Entry::end)));
    long end = 0;
    for (Map.Entry<String, Header.Entry> entry : layout) {
      Header.Entry tensor = entry.getValue();
      if (tensor.begin() != end || tensor.end() - tensor.begin() != byteLength(entry)) {
        throw refusal(
            CORRUPT,
            "the data of tensor '%s' does not fit its shape or leaves a hole or overlaps; take"
                + " another copy",
            entry.getKey());
      }
      end = tensor.end();
    }
    return layout;
  }

  private long byteLength(Map.Entry<String, Header.Entry> entry) throws CheckpointException {
    try {
      long elements = Tensor.elements(entry.getValue().shape());
      DType dtype = DType.valueOf(entry.getValue().dtype());
      return Math.toIntExact(elements) * (long) dtype.bytes();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw refusal(
          CORRUPT,
          "the type or shape of tensor '%s' is none a checkpoint has (%s); take another copy",
          entry.getKey(),
          e.getMessage());
    }
  }

  private void requireSize(int headerLength, List<Map.Entry<String, Header.Entry>> layout)
      throws CheckpointException {
    long data = layout.isEmpty() ? 0 : layout.get(layout.size() - 1).getValue().end();
    long expected = Long.BYTES + (long) headerLength + data;
    if (size != expected) {
      throw refusal(
          size < expected ? TRUNCATED : CORRUPT,
          "it should have %d bytes and has %d; take another copy",
          expected,
          size);
    }
  }

  private Tensor readTensor(String name, Header.Entry entry, ByteBuffer block) throws IOException {
    DType dtype = DType.valueOf(entry.dtype());
    int length = (int) ((entry.end() - entry.begin()) / dtype.bytes());
    Object array = dtype.newArray(length);
    int step = SafetensorsWriter.BLOCK_BYTES / dtype.bytes();
    for (int from = 0, count; from < length; from += count) {
      count = Math.min(step, length - from);
      fill(block.clear().limit(count * dtype.bytes()));
      checksum.update(block.flip());
      dtype.decode(block.rewind(), array, from, count);
    }
    return Tensor.over(name, dtype, array, entry.shape());
  }

  private void requireChecksum(String stored) throws CheckpointException {
    String actual = SafetensorsWriter.checksumText(checksum);
    if (!actual.equals(stored)) {
      throw refusal(
          CORRUPT,
          "its checksum is %s, the header says '%s': bytes have changed; take another copy",
          actual,
          stored);
    }
  }

  private void fill(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw refusal(TRUNCATED, "it became shorter while it was read; read it again");
      }
    }
  }

  private CheckpointException refusal(
      CheckpointException.Reason reason, String detail, Object... values) {
    return new CheckpointException(reason, file, detail.formatted(values));
  }
}
