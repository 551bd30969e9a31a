package dev.optim.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON of safetensors headers: an object of tensor descriptions and one {@code __metadata__}.
 * Anything else JSON can say is refused.
 */
final class HeaderJson {
  private static final String DTYPE = "dtype";
  private static final String SHAPE = "shape";
  private static final String OFFSETS = "data_offsets";
  private static final int ALIGNMENT = Long.BYTES;

  private final CharsetEncoder encoder = UTF_8.newEncoder();
  private final String text;
  private int at;

  private HeaderJson(String text) {
    this.text = text;
  }

  /** Returns the header as UTF-8, padded with spaces to a multiple of eight bytes. */
  static byte[] write(Header header) {
    StringBuilder json = new StringBuilder("{");
    quote(Header.METADATA, json).append(":{");
    String comma = "";
    for (Map.Entry<String, String> line : header.metadata().entrySet()) {
      quote(line.getKey(), json.append(comma)).append(':');
      quote(line.getValue(), json);
      comma = ",";
    }
    json.append('}');
    header.tensors().forEach((name, entry) -> describe(name, entry, json.append(',')));
    byte[] bytes = json.append('}').toString().getBytes(UTF_8);
    byte[] padded = Arrays.copyOf(bytes, (bytes.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
    return padded;
  }

  private static void describe(String name, Header.Entry entry, StringBuilder json) {
    quote(name, json).append(":{\"").append(DTYPE).append("\":");
    quote(entry.dtype(), json).append(",\"").append(SHAPE).append("\":[");
    String comma = "";
    for (long dimension : entry.shape()) {
      json.append(comma).append(dimension);
      comma = ",";
    }
    json.append("],\"").append(OFFSETS).append("\":[");
    json.append(entry.begin()).append(',').append(entry.end()).append("]}");
  }

  private static StringBuilder quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"');
  }

  /** Reads a header; the exception's offset counts characters. */
  static Header parse(byte[] bytes) throws ParseException {
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ParseException("not UTF-8", 0);
    }
    return new HeaderJson(text).header();
  }

  private Header header() throws ParseException {
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Header.Entry> tensors = new LinkedHashMap<>();
    if (!text.startsWith("{")) {
      throw error("no '{' at the beginning");
    }
    boolean hasMetadata = false;
    at++;
    for (boolean more = !skip('}'); more; more = another('}')) {
      String name = string();
      expect(':');
      if (name.equals(Header.METADATA)) {
        if (hasMetadata) {
          throw error("a second " + name);
        }
        hasMetadata = true;
        metadata(metadata);
      } else if (tensors.putIfAbsent(name, entry()) != null) {
        throw error("a second tensor '" + name + "'");
      }
    }
    if (!text.substring(at).chars().allMatch(c -> c == ' ')) {
      throw error("something after the end");
    }
    return new Header(metadata, tensors);
  }

  private void metadata(Map<String, String> metadata) throws ParseException {
    expect('{');
    for (boolean more = !skip('}'); more; more = another('}')) {
      String key = string();
      expect(':');
      if (metadata.putIfAbsent(key, string()) != null) {
        throw error("a second metadata key '" + key + "'");
      }
    }
  }

  private Header.Entry entry() throws ParseException {
    String dtype = null;
    long[] shape = null;
    long[] offsets = null;
    expect('{');
    for (boolean more = !skip('}'); more; more = another('}')) {
      String key = string();
      expect(':');
      if (key.equals(DTYPE) && dtype == null) {
        dtype = string();
      } else if (key.equals(SHAPE) && shape == null) {
        shape = numbers();
      } else if (key.equals(OFFSETS) && offsets == null) {
        offsets = numbers();
      } else {
        throw error("unknown or repeated key '" + key + "'");
      }
    }
    if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
      throw error("a tensor needs " + DTYPE + ", " + SHAPE + " and two " + OFFSETS);
    }
    return new Header.Entry(dtype, shape, offsets[0], offsets[1]);
  }

  private long[] numbers() throws ParseException {
    List<Long> numbers = new ArrayList<>();
    expect('[');
    for (boolean more = !skip(']'); more; more = another(']')) {
      numbers.add(number());
    }
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private long number() throws ParseException {
    blanks();
    int begin = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    String digits = text.substring(begin, at);
    if (digits.isEmpty() || (digits.startsWith("0") && digits.length() > 1)) {
      throw error("no integer");
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw error("an integer above 2^63-1");
    }
  }

  private String string() throws ParseException {
    expect('"');
    StringBuilder string = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      if (c < ' ') {
        throw error("a control character in a string");
      }
      string.append(c == '\\' ? escaped() : c);
    }
    if (!encoder.canEncode(string)) {
      throw error("an unpaired surrogate in a string");
    }
    return string.toString();
  }

  private char escaped() throws ParseException {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(next(), 16);
          if (digit < 0) {
            throw error("a bad \\u escape");
          }
          code = 16 * code + digit;
        }
        yield (char) code;
      }
      default -> throw error("an unknown escape");
    };
  }

  private boolean another(char end) throws ParseException {
    if (skip(end)) {
      return false;
    }
    expect(',');
    return true;
  }

  private void expect(char c) throws ParseException {
    if (!skip(c)) {
      throw error("no '" + c + "'");
    }
  }

  private boolean skip(char c) {
    blanks();
    boolean found = at < text.length() && text.charAt(at) == c;
    if (found) {
      at++;
    }
    return found;
  }

  private void blanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char next() throws ParseException {
    if (at == text.length()) {
      throw error("the end inside a string");
    }
    return text.charAt(at++);
  }

  private ParseException error(String what) {
    return new ParseException(what, at);
  }
}
