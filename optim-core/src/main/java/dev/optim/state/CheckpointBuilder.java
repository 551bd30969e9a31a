package dev.optim.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Collects metadata and tensors for a {@link Checkpoint}. Made by {@link Checkpoint#builder}.
 *
 * <p>Two ways out: {@link #build} copies the arrays into an immutable value; {@link #write} streams
 * them to a file without a copy, for states too large to hold twice. Until either is called the
 * arrays are only remembered, not read, so change them before or after, never between. A builder
 * may be used for both, any number of times, by one thread.
 *
 * <p>Every method refuses null with a {@link NullPointerException} and a name used before, a key
 * that begins with {@code optim.} (the file's own) or text that is not well-formed Unicode with an
 * {@link IllegalArgumentException}; the builder is then unchanged.
 */
public final class CheckpointBuilder {
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  CheckpointBuilder() {}

  /**
   * Adds a line of metadata.
   *
   * @param key the key
   * @param value its value
   * @return this
   */
  public CheckpointBuilder meta(String key, String value) {
    requireText("key", key);
    requireText("value of metadata '" + key + "'", value);
    if (key.startsWith(Header.RESERVED)) {
      throw new IllegalArgumentException(
          "key '" + key + "': keys that begin with '" + Header.RESERVED + "' are reserved");
    }
    if (metadata.putIfAbsent(key, value) != null) {
      throw new IllegalArgumentException("metadata '" + key + "' was added before");
    }
    return this;
  }

  /**
   * Adds an integer as metadata, in decimal.
   *
   * @param key the key
   * @param value its value
   * @return this
   */
  public CheckpointBuilder meta(String key, long value) {
    return meta(key, Long.toString(value));
  }

  /**
   * Adds a real number as metadata, as {@link Double#toHexString} spells it: exact, and the same
   * text on every Java version ({@code float.fromhex} reads it in Python).
   *
   * @param key the key
   * @param value its value; NaN and infinities are allowed
   * @return this
   */
  public CheckpointBuilder meta(String key, double value) {
    return meta(key, Double.toHexString(value));
  }

  /**
   * Adds a tensor of type {@link DType#F32}.
   *
   * @param name the tensor's name
   * @param data its elements, row-major
   * @param shape its dimensions, whose product is {@code data.length}; the empty array makes one
   *     element a scalar
   * @return this
   */
  public CheckpointBuilder tensor(String name, float[] data, long... shape) {
    return add(name, DType.F32, data, shape);
  }

  /**
   * Adds a tensor of type {@link DType#F64}.
   *
   * @param name the tensor's name
   * @param data its elements, row-major
   * @param shape its dimensions, whose product is {@code data.length}; the empty array makes one
   *     element a scalar
   * @return this
   */
  public CheckpointBuilder tensor(String name, double[] data, long... shape) {
    return add(name, DType.F64, data, shape);
  }

  /**
   * Adds a tensor of type {@link DType#I64}.
   *
   * @param name the tensor's name
   * @param data its elements, row-major
   * @param shape its dimensions, whose product is {@code data.length}; the empty array makes one
   *     element a scalar
   * @return this
   */
  public CheckpointBuilder tensor(String name, long[] data, long... shape) {
    return add(name, DType.I64, data, shape);
  }

  /**
   * Adds a tensor of type {@link DType#I32}.
   *
   * @param name the tensor's name
   * @param data its elements, row-major
   * @param shape its dimensions, whose product is {@code data.length}; the empty array makes one
   *     element a scalar
   * @return this
   */
  public CheckpointBuilder tensor(String name, int[] data, long... shape) {
    return add(name, DType.I32, data, shape);
  }

  /**
   * Adds a tensor of type {@link DType#BF16}.
   *
   * @param name the tensor's name
   * @param bfloat16 the bits of its elements, row-major
   * @param shape its dimensions, whose product is {@code bfloat16.length}; the empty array makes
   *     one element a scalar
   * @return this
   */
  public CheckpointBuilder tensor(String name, short[] bfloat16, long... shape) {
    return add(name, DType.BF16, bfloat16, shape);
  }

  /**
   * Adds everything in a checkpoint under a prefix; {@link Checkpoint#part} takes it out again. So
   * the checkpoint of a run holds the checkpoints of its pieces. Shares the tensors.
   *
   * @param prefix put before every name and key, such as {@code "rule."}
   * @param part what to add
   * @return this
   */
  public CheckpointBuilder include(String prefix, Checkpoint part) {
    requireText("prefix", prefix);
    CheckpointBuilder both = new CheckpointBuilder();
    both.metadata.putAll(metadata);
    both.tensors.putAll(tensors);
    part.metadata.forEach((key, value) -> both.meta(prefix + key, value));
    part.tensors.forEach((name, tensor) -> both.add(prefix + name, tensor));
    metadata.putAll(both.metadata);
    tensors.putAll(both.tensors);
    return this;
  }

  /**
   * Copies the arrays and returns the checkpoint.
   *
   * @return an immutable value, independent of this builder and of the arrays
   */
  public Checkpoint build() {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> copies.put(name, tensor.copy()));
    return new Checkpoint(new LinkedHashMap<>(metadata), copies);
  }

  /** Like {@link #build}, for arrays nobody else holds. */
  Checkpoint buildWithoutCopy() {
    return new Checkpoint(new LinkedHashMap<>(metadata), new LinkedHashMap<>(tensors));
  }

  /**
   * Writes the arrays as they now are to a file, replacing an older one in one step.
   *
   * <p>The bytes go to a new file {@code .optim-*.tmp} in the same directory, are forced to the
   * device, and only then renamed to {@code file}; the directory is forced too where the platform
   * can. So whoever opens {@code file} at any time, after a crash or beside other writers, finds
   * one whole checkpoint, the old or the new. After a failure the older file is unharmed and the
   * temporary one removed; a killed process may leave a temporary file, which nobody reads. Where
   * the file system cannot rename in one step (none of the common ones), a plain replacing move is
   * used. A symbolic link is replaced, not followed.
   *
   * <p>A thread that was interrupted before can still write; an interrupt that arrives while
   * writing fails the write.
   *
   * @param file where to; its directory must exist
   * @return {@code file}
   * @throws IOException naming the file and the cause; an older file is then unharmed
   */
  public Path write(Path file) throws IOException {
    return SafetensorsWriter.write(Objects.requireNonNull(file, "file"), metadata, tensors);
  }

  private CheckpointBuilder add(String name, DType dtype, Object data, long[] shape) {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(shape, "shape");
    return add(name, Tensor.over(name, dtype, data, shape));
  }

  CheckpointBuilder add(String name, Tensor tensor) {
    requireText("name", name);
    if (name.equals(Header.METADATA)) {
      throw new IllegalArgumentException("name '" + name + "' is reserved by the file format");
    }
    if (tensors.putIfAbsent(name, tensor) != null) {
      throw new IllegalArgumentException("tensor '" + name + "' was added before");
    }
    return this;
  }

  private static void requireText(String what, String text) {
    Objects.requireNonNull(text, what);
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(what + " has an unpaired surrogate: not valid Unicode");
    }
  }
}
