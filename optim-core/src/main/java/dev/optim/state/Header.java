package dev.optim.state;

import java.util.Map;

/**
 * What the JSON header of a safetensors file says, as it stands there.
 *
 * @param metadata the {@code __metadata__}, in the file's order
 * @param tensors the descriptions of the tensors by name, in the file's order
 */
record Header(Map<String, String> metadata, Map<String, Entry> tensors) {
  static final int MAX_BYTES = 100_000_000;
  static final String METADATA = "__metadata__";

  static final String RESERVED = "optim.";
  static final String FORMAT_KEY = "optim.format";
  static final String FORMAT = "1";
  static final String VERSION_KEY = "optim.version";
  static final String CHECKSUM_KEY = "optim.crc32c";
  static final String NO_CHECKSUM = "00000000";

  /** How every header of a checkpoint begins: the checksum has a fixed place in the file. */
  static final String START = "{\"" + METADATA + "\":{\"" + CHECKSUM_KEY + "\":\"";

  /** Where the checksum's digits are, from the beginning of the file. */
  static final int CHECKSUM_POSITION = Long.BYTES + START.length();

  /**
   * One tensor's description.
   *
   * @param dtype the name of the element type, possibly one unknown to {@link DType}
   * @param shape the dimensions, not negative
   * @param begin the first byte, from the end of the header, not negative
   * @param end one past the last byte, not negative
   */
  record Entry(String dtype, long[] shape, long begin, long end) {}
}
