package dev.optim.state;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of an optimisation run or of an update rule: ordered text metadata and named tensors.
 *
 * <p>A checkpoint is an immutable value. Arrays are copied in and copied out, so it may be shared
 * between threads and outlives the run it was taken from. Two checkpoints are equal if their
 * metadata and the bits of their tensors are.
 *
 * <pre>{@code
 * Checkpoint saved = Checkpoint.builder()
 *     .meta("rule", "AdamW").meta("lr", 1e-3).meta("step", step)
 *     .tensor("m", m, n)
 *     .tensor("v", v, n)
 *     .build();
 * saved.write(Path.of("run.safetensors"));
 *
 * Checkpoint loaded = Checkpoint.read(Path.of("run.safetensors")).require("rule", "AdamW");
 * float[] m = loaded.floats("m", n);
 * }</pre>
 *
 * <p>Every accessor refuses a missing name, another type or another shape with an {@link
 * IllegalArgumentException} that says what was found instead, before it writes anything. A restore
 * that fetches all it needs before it changes anything is therefore all or nothing.
 *
 * <p>Cost: building and every copying accessor take time and memory linear in the bytes copied;
 * {@link #write} and {@link #read} pass once over the data with a buffer of 256 KiB. A single
 * tensor has at most 2<sup>31</sup>-1 elements (a Java array), a file may be of any size. The
 * format is described with the {@linkplain dev.optim.state package}.
 */
public final class Checkpoint {
  final Map<String, String> metadata;
  final Map<String, Tensor> tensors;

  /** Takes ownership of both maps and of the tensors' arrays. */
  Checkpoint(Map<String, String> metadata, Map<String, Tensor> tensors) {
    this.metadata = Collections.unmodifiableMap(metadata);
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /** {@return a new empty builder} */
  public static CheckpointBuilder builder() {
    return new CheckpointBuilder();
  }

  /**
   * Reads a file written by {@link #write} or {@link CheckpointBuilder#write}. Everything is
   * checked, checksum included, before anything is handed out.
   *
   * @param file the file, not a directory or a device
   * @return its contents
   * @throws CheckpointException if the file is damaged, foreign or of an unknown format
   * @throws java.nio.file.NoSuchFileException if there is no file
   * @throws IOException if the file cannot be read
   */
  public static Checkpoint read(Path file) throws IOException {
    return SafetensorsReader.read(Objects.requireNonNull(file, "file"));
  }

  /**
   * Writes this checkpoint, replacing an older file in one step. See {@link
   * CheckpointBuilder#write} for what happens on failures; this method is the same, on this value.
   *
   * @param file where to; its directory must exist
   * @return {@code file}
   * @throws IOException naming the file and the cause; an older file is then unharmed
   */
  public Path write(Path file) throws IOException {
    return SafetensorsWriter.write(Objects.requireNonNull(file, "file"), metadata, tensors);
  }

  /** {@return the metadata in the order it was added; unmodifiable} */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** {@return the names of the tensors in the order they were added; unmodifiable} */
  public Set<String> tensorNames() {
    return tensors.keySet();
  }

  /**
   * {@return the element type of a tensor}
   *
   * @param name the tensor's name
   */
  public DType dtype(String name) {
    return tensor(name).dtype;
  }

  /**
   * {@return the dimensions of a tensor, none for a scalar; a copy}
   *
   * @param name the tensor's name
   */
  public long[] shape(String name) {
    return tensor(name).shape();
  }

  /**
   * {@return the value of a metadata key}
   *
   * @param key the key
   * @throws IllegalArgumentException if there is no such key
   */
  public String meta(String key) {
    String value = metadata.get(Objects.requireNonNull(key, "key"));
    if (value == null) {
      throw new IllegalArgumentException(
          "the checkpoint has no metadata '" + key + "'; it has " + metadata.keySet());
    }
    return value;
  }

  /**
   * {@return the value of a metadata key as an integer}
   *
   * @param key the key
   * @throws IllegalArgumentException if there is no such key or its value is not a {@code long}
   */
  public long metaLong(String key) {
    String value = meta(key);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "metadata '" + key + "' is not an integer: '" + value + "'", e);
    }
  }

  /**
   * {@return the value of a metadata key as a real number, exact if a builder was given a number}
   *
   * @param key the key
   * @throws IllegalArgumentException if there is no such key or its value is not a number
   */
  public double metaDouble(String key) {
    String value = meta(key);
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "metadata '" + key + "' is not a number: '" + value + "'", e);
    }
  }

  /**
   * Refuses a checkpoint of something else.
   *
   * @param key a metadata key such as {@code rule}
   * @param expected the value it must have
   * @return this
   * @throws IllegalArgumentException if the key is missing or has another value
   */
  public Checkpoint require(String key, String expected) {
    String found = meta(key);
    if (!found.equals(expected)) {
      throw new IllegalArgumentException(
          "the checkpoint has %s '%s', expected '%s'".formatted(key, found, expected));
    }
    return this;
  }

  /**
   * {@return what {@link CheckpointBuilder#include} put under a prefix, without the prefix; empty
   * if no name starts so} Copies no tensor.
   *
   * @param prefix the start of the names wanted, such as {@code "rule."}
   * @throws IllegalArgumentException if a shortened name is one that may not be used
   */
  public Checkpoint part(String prefix) {
    CheckpointBuilder part = builder();
    metadata.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            part.meta(key.substring(prefix.length()), value);
          }
        });
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            part.add(name.substring(prefix.length()), tensor);
          }
        });
    return part.buildWithoutCopy();
  }

  /**
   * {@return a copy of a tensor of type {@link DType#F32}, row-major}
   *
   * @param name the tensor's name
   * @param shape the shape it must have; the empty array stands for a scalar
   */
  public float[] floats(String name, long... shape) {
    return ((float[]) tensor(name, DType.F32, shape).array).clone();
  }

  /**
   * {@return a copy of a tensor of type {@link DType#F32}, whatever its shape}
   *
   * @param name the tensor's name
   */
  public float[] floats(String name) {
    return ((float[]) tensor(name, DType.F32).array).clone();
  }

  /**
   * {@return a copy of a tensor of type {@link DType#F64}, row-major}
   *
   * @param name the tensor's name
   * @param shape the shape it must have; the empty array stands for a scalar
   */
  public double[] doubles(String name, long... shape) {
    return ((double[]) tensor(name, DType.F64, shape).array).clone();
  }

  /**
   * {@return a copy of a tensor of type {@link DType#F64}, whatever its shape}
   *
   * @param name the tensor's name
   */
  public double[] doubles(String name) {
    return ((double[]) tensor(name, DType.F64).array).clone();
  }

  /**
   * {@return a copy of a tensor of type {@link DType#I64}, row-major}
   *
   * @param name the tensor's name
   * @param shape the shape it must have; the empty array stands for a scalar
   */
  public long[] longs(String name, long... shape) {
    return ((long[]) tensor(name, DType.I64, shape).array).clone();
  }

  /**
   * {@return a copy of a tensor of type {@link DType#I64}, whatever its shape}
   *
   * @param name the tensor's name
   */
  public long[] longs(String name) {
    return ((long[]) tensor(name, DType.I64).array).clone();
  }

  /**
   * {@return a copy of a tensor of type {@link DType#I32}, row-major}
   *
   * @param name the tensor's name
   * @param shape the shape it must have; the empty array stands for a scalar
   */
  public int[] ints(String name, long... shape) {
    return ((int[]) tensor(name, DType.I32, shape).array).clone();
  }

  /**
   * {@return a copy of a tensor of type {@link DType#I32}, whatever its shape}
   *
   * @param name the tensor's name
   */
  public int[] ints(String name) {
    return ((int[]) tensor(name, DType.I32).array).clone();
  }

  /**
   * {@return a copy of a tensor of type {@link DType#BF16}, row-major}
   *
   * @param name the tensor's name
   * @param shape the shape it must have; the empty array stands for a scalar
   */
  public short[] bfloat16s(String name, long... shape) {
    return ((short[]) tensor(name, DType.BF16, shape).array).clone();
  }

  /**
   * {@return a copy of a tensor of type {@link DType#BF16}, whatever its shape}
   *
   * @param name the tensor's name
   */
  public short[] bfloat16s(String name) {
    return ((short[]) tensor(name, DType.BF16).array).clone();
  }

  /**
   * Copies a tensor of type {@link DType#F32} into an existing array, whatever its shape.
   *
   * @param name the tensor's name
   * @param target as long as the tensor; written only if nothing is refused
   */
  public void copyTo(String name, float[] target) {
    copyTo(name, DType.F32, target);
  }

  /**
   * Copies a tensor of type {@link DType#F64} into an existing array, whatever its shape.
   *
   * @param name the tensor's name
   * @param target as long as the tensor; written only if nothing is refused
   */
  public void copyTo(String name, double[] target) {
    copyTo(name, DType.F64, target);
  }

  /**
   * Copies a tensor of type {@link DType#I64} into an existing array, whatever its shape.
   *
   * @param name the tensor's name
   * @param target as long as the tensor; written only if nothing is refused
   */
  public void copyTo(String name, long[] target) {
    copyTo(name, DType.I64, target);
  }

  /**
   * Copies a tensor of type {@link DType#I32} into an existing array, whatever its shape.
   *
   * @param name the tensor's name
   * @param target as long as the tensor; written only if nothing is refused
   */
  public void copyTo(String name, int[] target) {
    copyTo(name, DType.I32, target);
  }

  /**
   * Copies a tensor of type {@link DType#BF16} into an existing array, whatever its shape.
   *
   * @param name the tensor's name
   * @param target as long as the tensor; written only if nothing is refused
   */
  public void copyTo(String name, short[] target) {
    copyTo(name, DType.BF16, target);
  }

  private void copyTo(String name, DType dtype, Object target) {
    Tensor tensor = tensor(name, dtype);
    int length = Array.getLength(Objects.requireNonNull(target, "target"));
    if (tensor.length() != length) {
      throw new IllegalArgumentException(
          "tensor '%s' is %s and has %d element(s), target has room for %d"
              .formatted(name, tensor, tensor.length(), length));
    }
    System.arraycopy(tensor.array, 0, target, 0, length);
  }

  private Tensor tensor(String name, DType dtype, long[] shape) {
    Tensor tensor = tensor(name, dtype);
    if (!tensor.hasShape(shape)) {
      throw new IllegalArgumentException(
          "tensor '%s' is %s, expected shape %s".formatted(name, tensor, Arrays.toString(shape)));
    }
    return tensor;
  }

  private Tensor tensor(String name, DType dtype) {
    Tensor tensor = tensor(name);
    if (tensor.dtype != dtype) {
      throw new IllegalArgumentException(
          "tensor '%s' is %s, expected type %s".formatted(name, tensor, dtype));
    }
    return tensor;
  }

  private Tensor tensor(String name) {
    Tensor tensor = tensors.get(Objects.requireNonNull(name, "name"));
    if (tensor == null) {
      throw new IllegalArgumentException(
          "the checkpoint has no tensor '" + name + "'; it has " + tensors);
    }
    return tensor;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Checkpoint that
        && metadata.equals(that.metadata)
        && tensors.keySet().equals(that.tensors.keySet())
        && tensors.entrySet().stream()
            .allMatch(mine -> mine.getValue().sameBits(that.tensors.get(mine.getKey())));
  }

  @Override
  public int hashCode() {
    return 31 * metadata.hashCode() + tensors.keySet().hashCode();
  }

  /** Returns the metadata and the types and shapes of the tensors, not their elements. */
  @Override
  public String toString() {
    return "Checkpoint" + metadata + tensors;
  }
}
