package dev.optim.state;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** One array and its row-major shape. Owns its array unless a builder still holds it. */
final class Tensor {
  private static final int BLOCK = 1 << 16;

  final DType dtype;
  final Object array;
  private final long[] shape;

  private Tensor(DType dtype, Object array, long[] shape) {
    this.dtype = dtype;
    this.array = array;
    this.shape = shape;
  }

  /** A tensor over {@code array} itself; refuses a shape that does not hold all its elements. */
  static Tensor over(String name, DType dtype, Object array, long[] shape) {
    long[] own = shape.clone();
    long elements;
    try {
      elements = elements(own);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "shape of tensor '" + name + "': " + Arrays.toString(own) + " has no valid size", e);
    }
    int length = Array.getLength(array);
    if (elements != length) {
      throw new IllegalArgumentException(
          "shape of tensor '%s': %s holds %d element(s), the array has %d"
              .formatted(name, Arrays.toString(own), elements, length));
    }
    return new Tensor(dtype, array, own);
  }

  /**
   * The number of elements of a shape; 1 for a scalar's empty shape.
   *
   * @throws ArithmeticException for a negative dimension or more than 2^63-1 elements
   */
  static long elements(long[] shape) {
    long elements = 1;
    for (long dimension : shape) {
      if (dimension < 0) {
        throw new ArithmeticException("negative dimension " + dimension);
      }
      elements = Math.multiplyExact(elements, dimension);
    }
    return elements;
  }

  Tensor copy() {
    Object copy = dtype.newArray(length());
    System.arraycopy(array, 0, copy, 0, length());
    return new Tensor(dtype, copy, shape);
  }

  int length() {
    return Array.getLength(array);
  }

  long byteLength() {
    return (long) length() * dtype.bytes();
  }

  long[] shape() {
    return shape.clone();
  }

  boolean hasShape(long[] other) {
    return Arrays.equals(shape, other);
  }

  /** Equality of type, shape and bits: NaN payloads and the sign of zero count. */
  boolean sameBits(Tensor other) {
    if (dtype != other.dtype || !hasShape(other.shape)) {
      return false;
    }
    ByteBuffer mine = ByteBuffer.allocate(BLOCK);
    ByteBuffer theirs = ByteBuffer.allocate(BLOCK);
    int step = BLOCK / dtype.bytes();
    for (int from = 0, count; from < length(); from += count) {
      count = Math.min(step, length() - from);
      dtype.encode(array, from, count, mine.clear());
      dtype.encode(other.array, from, count, theirs.clear());
      if (!mine.flip().equals(theirs.flip())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return dtype + Arrays.toString(shape);
  }
}
